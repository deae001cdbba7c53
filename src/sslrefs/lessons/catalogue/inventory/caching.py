"""Inventory: the cache."""

from __future__ import annotations

from sslrefs.lessons.items import Item
from sslrefs.lessons.questions import Choice
from sslrefs.lessons.scenario import Bug

__all__ = ["ITEMS"]

ITEMS = (
    Item(
        name="after a removal",
        topic="the cache",
        kind="count",
        misconception="remove-frees-mine",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_CTX_remove_session(ctx, s);
SSL_SESSION_free(s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        prompt="What is the count of the session after line 7?",
        right=Choice("2", "2 = ssl + s. The cache gave back its own, and no other."),
        wrong=(
            Choice("0", "A removal frees nothing that others hold: 2 = ssl + s."),
            Choice("1", "The cache's reference went, yours did not: 2 = ssl + s."),
            Choice("3", "The cache was one of three holders, and gave its reference back."),
        ),
    ),
    Item(
        name="hangs at the end",
        topic="the cache",
        kind="wrong step",
        misconception="library-crashed",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(s);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
        bug=Bug("over_release", 10, 11),
        prompt="The program hangs in `SSL_CTX_free`, with nothing but libssl on the stack. "
        "Which line is the first wrong one?",
        right=Choice(
            "Line 10", "The program had taken one. 0 ≠ 1 = cache: the memory goes under the cache."
        ),
        wrong=(
            Choice(
                "None: libssl must not hang",
                "It walks a list into memory that line 10 gave away: 0 ≠ 1 = cache.",
            ),
            Choice("Line 9", "It gives back the one from line 6, and leaves 1 = cache."),
            Choice("Line 11", "It stands there rightly, and finds what line 10 left."),
        ),
    ),
    Item(
        name="memory that grows",
        topic="the cache",
        kind="holder",
        misconception="growth-is-leak",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        prompt="With each connection made like this on one context, memory grows. "
        "Who holds a session after line 8?",
        right=Choice(
            "The cache, until the context goes",
            "1 = cache. It is kept, not lost. A smaller cache or no internal store is the answer.",
        ),
        wrong=(
            Choice(
                "Nobody: each is a leak",
                "Line 9 frees it. Until then somebody holds it: 1 = cache.",
            ),
            Choice("The connection", "It is gone since line 8. What is left is 1 = cache."),
            Choice(
                "Nobody: it is freed", "The client's cache is switched on by line 4: 1 = cache."
            ),
        ),
    ),
    Item(
        name="added twice",
        topic="the cache",
        kind="why",
        misconception="add-twice",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get0_session(ssl);
SSL_CTX_add_session(ctx, s);
SSL_CTX_add_session(ctx, s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        prompt="After line 8 the count is what it was after line 7. Why?",
        right=Choice(
            "A cache holds at most one reference to a session",
            "2 = ssl + cache. The second call returns 0 and changes nothing.",
        ),
        wrong=(
            Choice(
                "Adding never counts: the session is only linked",
                "A cache does count what it lists. Line 7 took it from 1 = ssl to 2 = ssl + cache.",
            ),
            Choice(
                "The second call replaces the first, and gives back its reference",
                "The same session is not replaced by itself; the call finds it, and returns 0.",
            ),
        ),
    ),
    Item(
        name="a copy and a flush",
        topic="the cache",
        kind="holder",
        misconception="dup-is-cached",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *copy = SSL_SESSION_dup(SSL_get0_session(ssl));
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_SESSION_free(copy);
SSL_CTX_free(ctx);
""",
        prompt="Who holds the copy before the flush of line 9?",
        right=Choice(
            "`copy` alone", "1 = copy: a new object, in no cache. The flush takes the original out."
        ),
        wrong=(
            Choice(
                "`copy` and the cache", "The cache lists the original only. The copy: 1 = copy."
            ),
            Choice(
                "The cache alone", "What dup returns is yours, 1 = copy, and no cache knows it."
            ),
        ),
    ),
)
