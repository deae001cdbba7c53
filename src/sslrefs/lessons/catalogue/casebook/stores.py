"""Cases about callbacks that keep sessions."""

from __future__ import annotations

from sslrefs.lessons.cases import Case
from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug

__all__ = ["CURED_TOO_WELL", "GAVE_THE_ONLY_ONE", "SAID_YES", "TWO_PER_CONNECTION"]

_YES = """\
/* sslrefs: peer TLS 1.2 */
static unsigned char store[4096];
static int remember(SSL *ssl, SSL_SESSION *session) {
    unsigned char *end = store;
    i2d_SSL_SESSION(session, &end);
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, remember);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

SAID_YES = Case(
    title="Said yes, kept bytes",
    sources=("nodejs/node #33931",),
    reported="A runtime's callback turned each new session into bytes, and returned 1 because all "
    "had "
    "gone well. Each handshake left a session behind.",
    buggy=_YES,
    fixed=_YES.replace("return 1", "return 0"),
    bug=Bug("lost_pointer", 12, None),
    question=Question(
        prompt="Who owns the reference that was on offer, after the callback returned 1?",
        choices=(
            Choice(
                "The library: it made the session",
                "It offered one, and the callback took it: 2 = ssl + lost. The library counts on "
                "you.",
            ),
            Choice(
                "The program, which has no pointer for it",
                "2 = ssl + lost after line 12, and in the end 1 = lost.",
            ),
            Choice(
                "Nobody: only bytes were kept",
                "What was kept does not count; what was returned does. The 1 accepted a reference: "
                "2 = ssl + lost.",
            ),
        ),
        answer=1,
        hint="1 means: I keep it.",
        misconception="new-callback-return",
    ),
    repair="Return 0: nothing but bytes is kept, so the reference goes back.",
)

_TWO = """\
static unsigned char store[4096];
static int remember(SSL *ssl, SSL_SESSION *session) {
    unsigned char *end = store;
    i2d_SSL_SESSION(session, &end);
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, remember);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
char answer[64];
SSL_read(ssl, answer, sizeof answer);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

TWO_PER_CONNECTION = Case(
    title="Two for each connection, and both in a read",
    sources=("curl/curl #19717", "curl/curl #19718"),
    reported="A memory checker found two lost sessions for each connection of a transfer library, "
    "both "
    "made while application data was read.",
    buggy=_TWO,
    fixed=_TWO.replace("return 1", "return 0"),
    bug=Bug("lost_pointer", 13, None),
    question=Question(
        prompt="In TLS 1.3, which call makes the sessions that are lost?",
        choices=(
            Choice(
                "`SSL_connect`",
                "It makes one without a ticket, for which the callback does not run. The tickets "
                "come "
                "later.",
            ),
            Choice(
                "`SSL_read`",
                "A ticket is a message after the handshake. Each one makes a session and runs the "
                "callback: here twice.",
            ),
            Choice(
                "`SSL_free`",
                "It gives back what the connection held. The callback runs when a session is new.",
            ),
        ),
        answer=1,
        hint="Stop where the callback runs, and read which call it interrupts.",
        misconception="session-at-connect",
    ),
    repair="Return 0. In TLS 1.3 the wrong value costs one session per ticket, not one per "
    "connection.",
)

_CURED = """\
/* sslrefs: peer TLS 1.2 */
static SSL_SESSION *last = NULL;
static int remember(SSL *ssl, SSL_SESSION *session) {
    last = session;
    return 0;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, remember);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, last);
SSL_free(next);
SSL_CTX_free(ctx);
"""

CURED_TOO_WELL = Case(
    title="A leak cured too well",
    sources=("IndySockets/Indy #299",),
    reported="A tester saw that stored sessions were never freed, and proposed that the callback "
    "return "
    "0 instead of 1. The leak went, and the stored pointer became a lent one.",
    buggy=_CURED,
    fixed=_CURED.replace("return 0", "return 1").replace(
        "SSL_free(next)", "SSL_SESSION_free(last);\nSSL_free(next)"
    ),
    bug=Bug("use_after_free", 11, 15),
    question=Question(
        prompt="Just before line 13, `SSL_free(ssl)`: who holds the session?",
        choices=(
            Choice(
                "1 = ssl: the connection",
                "The 0 handed the reference back; `last` is a name and no holder.",
            ),
            Choice(
                "2: the connection and `last`",
                "With a 1 it would be so. The 0 handed the reference back: 1 = ssl.",
            ),
            Choice(
                "2: the connection and the cache",
                "This mode has no internal store: 1 = ssl.",
            ),
        ),
        answer=0,
        hint="What does a 0 do with the reference on offer?",
        misconception="zero-is-safe",
    ),
    repair="Return 1 and free the stored session when it is no longer needed.",
)

_GAVE = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
static SSL_SESSION *table = NULL;
static int put(SSL *ssl, SSL_SESSION *session) { table = session; return 1; }
static SSL_SESSION *find(SSL *ssl, const unsigned char *id, int length, int *copy) {
    *copy = 0;
    return table;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
SSL_CTX_sess_set_new_cb(ctx, put);
SSL_CTX_sess_set_get_cb(ctx, find);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *again = SSL_new(ctx);
SSL_accept(again); /* sslrefs: peer resumes */
SSL_shutdown(again);
SSL_free(again);
SSL_SESSION_free(table);
SSL_CTX_free(ctx);
"""

GAVE_THE_ONLY_ONE = Case(
    title="Gave its only reference away",
    sources=("wolfSSL/wolfssl #11460", "rust-openssl/rust-openssl #999"),
    reported="A library called the get callback with `*copy` at 0, where OpenSSL sets 1. "
    "Callbacks that "
    "never write it gave away the reference of their own table.",
    buggy=_GAVE,
    fixed=_GAVE.replace("*copy = 0", "*copy = 1"),
    bug=Bug("double_free", 21, 21),
    question=Question(
        prompt="While the second connection is open, who holds the session?",
        choices=(
            Choice(
                "The table and the second connection",
                "With `*copy = 1` it would be 2. With 0 the library takes the table's: 1 = ssl#2.",
            ),
            Choice(
                "The table alone",
                "The one reference moved to the connection, 1 = ssl#2, and goes with it at line "
                "20.",
            ),
            Choice(
                "The second connection alone",
                "1 = ssl#2: line 18 gave it the table's only reference, and `table` still points "
                "there.",
            ),
        ),
        answer=2,
        hint="Stop after line 18 and follow the arrows to `session#1`.",
        misconception="copy-of-get-callback",
    ),
    repair="Leave `*copy` at 1, or count one up before returning 0.",
)
