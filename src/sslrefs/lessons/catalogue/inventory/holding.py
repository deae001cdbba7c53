"""Inventory: contexts, and resumption."""

from __future__ import annotations

from sslrefs.lessons.items import Item
from sslrefs.lessons.questions import Choice
from sslrefs.lessons.scenario import Bug

__all__ = ["ITEMS"]

ITEMS = (
    Item(
        name="the order of frees",
        topic="contexts",
        kind="why",
        misconception="order-of-frees",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_CTX_free(ctx);
SSL_shutdown(ssl);
SSL_free(ssl);
""",
        prompt="Is line 4 too early?",
        right=Choice(
            "No, because the connection has references of its own to the context",
            "After line 4 it is 2 = ssl#1.ctx + ssl#1.session_ctx.",
        ),
        wrong=(
            Choice(
                "Yes, because `SSL_shutdown` needs the context",
                "It does, and the connection keeps it: 2 = ssl#1.ctx + ssl#1.session_ctx.",
            ),
            Choice(
                "No, because nothing uses the context after a handshake",
                "The connection does, to its end. It is kept: 2 = ssl#1.ctx + ssl#1.session_ctx.",
            ),
        ),
    ),
    Item(
        name="left at the end",
        topic="contexts",
        kind="why",
        misconception="free-takes-along",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("leak", 2, None),
        prompt="The context outlives line 5, its own free. Why?",
        right=Choice(
            "The connection holds it, twice",
            "2 = ssl#1.ctx + ssl#1.session_ctx. Nobody freed the connection, so all three live.",
        ),
        wrong=(
            Choice(
                "It does not: line 5 frees it, and its connections with it",
                "It gives back one of three. A context does not own its connections.",
            ),
            Choice("The session holds it", "A session holds nothing. The connection holds both."),
        ),
    ),
    Item(
        name="looked for in vain",
        topic="contexts",
        kind="why",
        misconception="set-ctx-moves-all",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX *host_ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_set_SSL_CTX(ssl, host_ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_CTX_remove_session(host_ctx, SSL_get0_session(ssl));
SSL_free(ssl);
SSL_CTX_free(host_ctx);
SSL_CTX_free(ctx);
""",
        bug=Bug("wrong_ctx", 9, 9),
        prompt="Why does line 9 find nothing in the cache of `host_ctx`?",
        right=Choice(
            "Because sessions stay with the context the connection was made from",
            "`SSL_set_SSL_CTX` moves one reference of two: `ctx#1` is 2 = ssl#1.session_ctx + ctx.",
        ),
        wrong=(
            Choice(
                "Because `SSL_set_SSL_CTX` came before the handshake",
                "Before or after, the context for sessions stays the one given to `SSL_new`.",
            ),
            Choice(
                "Because `SSL_shutdown` took the session out of the cache",
                "A shutdown keeps the session good, and in its cache: that of `ctx`.",
            ),
        ),
    ),
    Item(
        name="four holders",
        topic="contexts",
        kind="why",
        misconception="one-session-two-caches",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX *spare = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_CTX_add_session(spare, SSL_get0_session(ssl));
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(spare);
SSL_CTX_free(ctx);
""",
        bug=Bug("wrong_ctx", 7, 11),
        prompt="Every reference is counted and given back. Why is line 7 still a bug?",
        right=Choice(
            "A session has the links of one list inside, and two lists now use them",
            "A count counts holders, not links. Give the other context a copy.",
        ),
        wrong=(
            Choice(
                "`SSL_get0_session` only lends",
                "The cache counts one for itself, so a lent pointer is good enough here.",
            ),
            Choice(
                "A session may be used by one context only, even outside of caches",
                "It may be offered from any. Only one cache may list it.",
            ),
        ),
    ),
    Item(
        name="a copy of a connection",
        topic="contexts",
        kind="repair",
        misconception="ssl-dup-copies",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL *copy = SSL_dup(ssl);
SSL_shutdown(copy);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("leak", 4, None),
        prompt="What is missing, and what does it free?",
        right=Choice(
            "`SSL_free(copy)`: the second reference to the one connection",
            "After the handshake `SSL_dup` counts up and returns the same: 2 = ssl + copy.",
        ),
        wrong=(
            Choice(
                "`SSL_free(copy)`: a second connection",
                "The line is right. But there is one connection only: 2 = ssl + copy.",
            ),
            Choice(
                "Nothing: the copy goes with the original",
                "1 = copy is left after line 6, with session and context.",
            ),
        ),
    ),
    Item(
        name="owned and of no use",
        topic="resumption",
        kind="why",
        misconception="owned-is-resumable",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_free(ssl);
SSL_SESSION_is_resumable(s);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
        prompt="Line 8 says no, although it is 1 = s. Why?",
        right=Choice(
            "The connection ended without `SSL_shutdown`, and the mark is in the object",
            "A reference keeps the memory. Whether a session is good is another thing.",
        ),
        wrong=(
            Choice(
                "It has too few references to be resumed",
                "The count has no say in it. Missing is `SSL_shutdown` before line 7.",
            ),
            Choice(
                "It is no longer in the cache",
                "A client never has it in a cache, and resumes. The mark was set by line 7.",
            ),
        ),
    ),
    Item(
        name="borrowed across a read",
        topic="resumption",
        kind="why",
        misconception="session-at-connect",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get_session(ssl);
char buf[16];
SSL_read(ssl, buf, sizeof buf);
SSL_SESSION_is_resumable(s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("use_after_free", 4, 7),
        prompt="Nobody called a free before line 7, and the connection is open. "
        "Why does `s` lead to freed memory there?",
        right=Choice(
            "`SSL_read` took in a ticket, and a new session took the place of the old one",
            "In TLS 1.3 each ticket is a session object. The old one lost its only holder.",
        ),
        wrong=(
            Choice(
                "A session from `SSL_get_session` is good for one call only",
                "It is good as long as somebody holds it. Here the connection let go, in "
                "`SSL_read`.",
            ),
            Choice(
                "The peer has ended the session",
                "The peer has sent a ticket. That is what a session in TLS 1.3 is completed by.",
            ),
        ),
    ),
)
