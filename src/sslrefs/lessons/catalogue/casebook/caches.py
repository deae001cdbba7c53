"""Cases about the cache of a context: what it keeps, and what it links."""

from __future__ import annotations

from sslrefs.lessons.cases import Case
from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug

__all__ = ["ADDED_TWICE", "GREW_AND_GREW", "HANGS_IN_THE_FLUSH", "IN_TWO_LISTS", "REMOVED_AND_LOST"]

_FLUSH = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *logged = SSL_get_session(ssl);
SSL_SESSION_get_time(logged);
SSL_SESSION_free(logged);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);
"""

HANGS_IN_THE_FLUSH = Case(
    title="It hangs in the flush",
    sources=("openssl/openssl #12814", "openssl/openssl #12898", "SSL_SESSION_free(3)"),
    reported="Servers died while libssl flushed its cache, on sessions that had been freed long "
    "before. "
    "The maintainers asked whether the application frees what it was lent.",
    buggy=_FLUSH,
    fixed=_FLUSH.replace("SSL_SESSION_free(logged);\n", ""),
    bug=Bug("borrowed_free", 8, 11),
    question=Question(
        prompt="At which line does the memory of the session go?",
        choices=(
            Choice(
                "Line 8",
                "There the count goes to 1 ≠ 2 = ssl + cache. Something is left for a while.",
            ),
            Choice("Line 10", "0 ≠ 1 = cache: the connection takes the last, under the cache."),
            Choice("Line 11", "The flush finds it gone: it has been so since line 10."),
        ),
        answer=1,
        hint="Two hold it after line 5. Count down.",
        misconception="library-crashed",
    ),
    repair="Leave the free out: `SSL_get_session` lends. The flush was only the first to look.",
)

_REMOVED = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *session = SSL_get1_session(ssl);
SSL_SESSION *copy = SSL_SESSION_dup(session);
SSL_CTX_remove_session(ctx, session);
session = copy;
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(session);
SSL_CTX_free(ctx);
"""

REMOVED_AND_LOST = Case(
    title="Removed, so it was thought freed",
    sources=("openssl/openssl #4126",),
    reported="A test of OpenSSL itself copied a session, removed the original from the cache and "
    "went on "
    "with the copy in the same variable.",
    buggy=_REMOVED,
    fixed=_REMOVED.replace("session = copy", "SSL_SESSION_free(session);\nsession = copy"),
    bug=Bug("lost_pointer", 9, None),
    question=Question(
        prompt="How many references has the original after line 8?",
        choices=(
            Choice("None: it was removed", "The cache gave back its own: 2 = ssl + session."),
            Choice("One", "Two are left, the connection's and yours: 2 = ssl + session."),
            Choice("Two", "2 = ssl + session. Line 9 then overwrites the name of yours."),
        ),
        answer=2,
        hint="Three held it at line 7. Who lets go at line 8?",
        misconception="remove-frees-mine",
    ),
    repair="Give back your own reference before the variable gets the copy.",
)

_GREW = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *own = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(own);
SSL_CTX_sess_number(ctx);
SSL_CTX_free(ctx);
"""

GREW_AND_GREW = Case(
    title="It grew, and nothing leaked",
    sources=("dotnet/runtime #101684", "bumptech/stud #107", "openssl/openssl #8993"),
    reported="A client kept a list of sessions of its own and threw old ones away. Memory grew "
    "all the "
    "same: the cache of its context kept each of them, too.",
    buggy=_GREW,
    fixed=_GREW.replace(
        "SSL_SESSION_free(own)", "SSL_CTX_remove_session(ctx, own);\nSSL_SESSION_free(own)"
    ),
    bug=None,
    question=Question(
        prompt="What does the ledger say after line 9?",
        choices=(
            Choice(
                "Nothing: the session is freed", "You gave back yours. The cache keeps: 1 = cache."
            ),
            Choice(
                "1 = cache: it is kept",
                "Kept, not lost: it goes with the context, or when 20,480 others have come.",
            ),
            Choice(
                "It is leaked",
                "Somebody holds it and will give it back: 1 = cache. No tool calls that a leak.",
            ),
        ),
        answer=1,
        hint="Line 3 switched the client's cache on.",
        misconception="growth-is-leak",
    ),
    repair="Nothing was wrong. Who keeps sessions elsewhere takes them out of the cache too, or "
    "switches "
    "the internal store off.",
)

_LISTS = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *red = SSL_CTX_new(TLS_client_method());
SSL_CTX *blue = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(red, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(red);
SSL_connect(ssl);
SSL_CTX_add_session(blue, SSL_get0_session(ssl));
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(blue);
SSL_CTX_free(red);
"""

IN_TWO_LISTS = Case(
    title="One session, two lists",
    sources=("curl/curl #14751", "SSL_set_session(3)"),
    reported="A transfer library shared session objects between contexts. Its author found the "
    "sentence "
    "in the manual that rules it out, and stores bytes now.",
    buggy=_LISTS,
    fixed=_LISTS.replace(
        "SSL_CTX_add_session(blue, SSL_get0_session(ssl));",
        "SSL_SESSION *copy = SSL_SESSION_dup(SSL_get0_session(ssl));\n"
        "SSL_CTX_add_session(blue, copy);\nSSL_SESSION_free(copy);",
    ),
    bug=Bug("wrong_ctx", 7, 11),
    question=Question(
        prompt="Each reference has a holder. What is wrong with line 7?",
        choices=(
            Choice(
                "Nothing", "Counts are right. Links are not: the session has those of one list."
            ),
            Choice(
                "The session has the links of one list inside, and now two use them",
                "A count counts holders, not links.",
            ),
            Choice(
                "`SSL_get0_session` only lends",
                "The cache takes one of its own, so that is enough.",
            ),
        ),
        answer=1,
        hint="What does a list need of each of its members?",
        misconception="one-session-two-caches",
    ),
    repair="Give the other context a copy.",
)

_ADDED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_add_session(ctx, s);
SSL_CTX_add_session(ctx, s);
SSL_SESSION_free(s);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
"""

ADDED_TWICE = Case(
    title="Added twice, freed twice",
    sources=("openssl/openssl #23189", "SSL_CTX_add_session(3)"),
    reported="A contributor saw a free inside `SSL_CTX_add_session` and feared for the session. "
    "It takes "
    "back what the call had counted: adding again changes nothing. These lines show what follows "
    "from "
    "the opposite belief.",
    buggy=_ADDED,
    fixed=_ADDED.replace("SSL_SESSION_free(s);\nSSL_SESSION_free(s);", "SSL_SESSION_free(s);"),
    bug=Bug("over_release", 11, 12),
    question=Question(
        prompt="What is the count after line 9?",
        choices=(
            Choice("1", "The cache does count what it lists: 2 = cache + s."),
            Choice("2", "2 = cache + s. The second call returns 0."),
            Choice("3", "A cache holds at most one reference to a session: 2 = cache + s."),
        ),
        answer=1,
        hint="How many arrows can lead from one row of a cache?",
        misconception="add-twice",
    ),
    repair="One free: one reference was taken, by get1.",
)
