"""Cases about sessions that are offered again: alive, and of no use, or looked for elsewhere."""

from __future__ import annotations

from sslrefs.lessons.cases import Case
from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug

__all__ = ["ASKED_THE_OTHER", "GONE_AFTER_A_READ", "SPOILED_BY_LETTING_GO"]

_SPOILED = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *old = SSL_new(ctx);
SSL_connect(old);
SSL_SESSION *kept = SSL_get1_session(old);
SSL_set_session(old, NULL);
SSL *ssl = SSL_new(ctx);
SSL_set_session(ssl, kept);
SSL_SESSION_free(kept);
SSL_connect(ssl);
SSL_free(old);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

SPOILED_BY_LETTING_GO = Case(
    title="Spoiled by letting go",
    sources=("openssl/openssl #1550",),
    reported="While a language got support for sessions, a saved one stopped working as soon as "
    "the first "
    "connection was freed, or its session set to NULL.",
    buggy=_SPOILED,
    fixed=_SPOILED.replace("SSL_set_session(old, NULL)", "SSL_shutdown(old)"),
    bug=Bug("not_resumable", 7, 11),
    question=Question(
        prompt="What does line 7 change?",
        choices=(
            Choice(
                "The count only: 1 = kept",
                "The count does go to 1 = kept. But the connection was open, so its session is "
                "marked too.",
            ),
            Choice(
                "The count, and the session can no longer be resumed",
                "1 = kept, and the mark is set: letting go of the session of an open connection "
                "counts "
                "as breaking off.",
            ),
            Choice(
                "Nothing: `kept` holds the session",
                "It holds the memory, 1 = kept. The mark is in that memory.",
            ),
        ),
        answer=1,
        hint="Look at two things after line 7: the badge, and the mark.",
        misconception="owned-is-resumable",
    ),
    repair="Shut the connection down first.",
)

_READ = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *now = SSL_get_session(ssl);
char answer[64];
SSL_read(ssl, answer, sizeof answer);
SSL_SESSION_has_ticket(now);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

GONE_AFTER_A_READ = Case(
    title="Gone after a read",
    sources=("openssl/openssl #2259", "h2o/h2o #2088"),
    reported="With TLS 1.2 a lent session was good until its connection went. With TLS 1.3 it can "
    "go in "
    "the middle of a connection, where nobody calls a free.",
    buggy=_READ,
    fixed=_READ.replace("SSL_SESSION *now = SSL_get_session(ssl);\n", "").replace(
        "sizeof answer);\n", "sizeof answer);\nSSL_SESSION *now = SSL_get_session(ssl);\n"
    ),
    bug=Bug("use_after_free", 4, 7),
    question=Question(
        prompt="Can `now` dangle after line 6, although nothing was freed by the program?",
        choices=(
            Choice(
                "No: the connection is open and holds its session",
                "It holds a session: the one that came with the ticket. The old one was given "
                "back.",
            ),
            Choice(
                "Yes: `SSL_read` took in a ticket and replaced the session",
                "A ticket makes a session object of its own, and the old one lost its only holder.",
            ),
            Choice(
                "Only if the peer closes the connection",
                "The peer did what an OpenSSL server does by default: it sent two tickets.",
            ),
        ),
        answer=1,
        hint="Stop after line 6: which session does the connection lead to?",
        misconception="session-at-connect",
    ),
    repair="Ask for the session after the read, or take a reference with `SSL_get1_session`.",
)

_ASKED = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *one = SSL_CTX_new(TLS_server_method());
SSL_CTX *two = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(one);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *again = SSL_new(two);
SSL_accept(again); /* sslrefs: peer resumes */
SSL_shutdown(again);
SSL_free(again);
SSL_CTX_free(two);
SSL_CTX_free(one);
"""

ASKED_THE_OTHER = Case(
    title="Asked the other context",
    sources=("FreeRADIUS/freeradius-server #1493",),
    reported="A server kept several contexts and used whichever was free. Clients resumed now and "
    "then.",
    buggy=_ASKED,
    fixed=_ASKED.replace("SSL_new(two)", "SSL_new(one)"),
    bug=Bug("wrong_ctx", 9, 10),
    question=Question(
        prompt="The client offers its session at line 10. Is it resumed?",
        choices=(
            Choice(
                "Yes: the session is in the cache",
                "It is in the cache of `one`. The connection asks its own context, `two`.",
            ),
            Choice(
                "No: the context of the second connection has never seen it",
                "1 = cache, in `ctx#1`; asked is `ctx#2`. So the handshake makes a new session.",
            ),
            Choice(
                "No: the first connection is gone",
                "It was shut down, so its session stays in the cache. In the cache of `one`.",
            ),
        ),
        answer=1,
        hint="In which context's box is the row at line 8?",
        misconception="one-session-two-caches",
    ),
    repair="Use one context for all connections, or a store that all share.",
)
