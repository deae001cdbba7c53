"""Cases about pointers and names: kept, copied, overwritten."""

from __future__ import annotations

from sslrefs.lessons.cases import Case
from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug

__all__ = [
    "CLOSED_TWICE",
    "HANDED_OVER",
    "HIDDEN_BY_SHARING",
    "ONE_REFERENCE_TOO_MANY",
    "RECONNECTED",
    "SAVED_FROM_A_GET",
]

_SAVED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *first = SSL_new(ctx);
SSL_connect(first);
SSL_SESSION *saved = SSL_get_session(first);
SSL_shutdown(first);
SSL_free(first);
SSL *second = SSL_new(ctx);
SSL_set_session(second, saved);
SSL_connect(second);
SSL_shutdown(second);
SSL_free(second);
SSL_CTX_free(ctx);
"""

SAVED_FROM_A_GET = Case(
    title="Saved for the next connection",
    sources=("cyrusimap/cyrus-imapd #3216",),
    reported="A mail server wanted its outgoing connections to resume, and remembered the session "
    "of "
    "the last one. It crashed when the next connection was made.",
    buggy=_SAVED,
    fixed=_SAVED.replace("SSL_get_session", "SSL_get1_session").replace(
        "SSL_connect(second)", "SSL_SESSION_free(saved);\nSSL_connect(second)"
    ),
    bug=Bug("use_after_free", 5, 9),
    question=Question(
        prompt="Who holds the session after line 5?",
        choices=(
            Choice(
                "1 = ssl: the first connection",
                "`SSL_get_session` lends, and a client's context caches nothing unless told to.",
            ),
            Choice(
                "2: the first connection and `saved`",
                "`saved` received a pointer and no reference: 1 = ssl. "
                "At line 7 the session goes with its connection.",
            ),
            Choice(
                "2: the first connection and the cache",
                "A client's context has no session in its cache unless `SSL_SESS_CACHE_CLIENT` is "
                "set: 1 = ssl.",
            ),
        ),
        answer=0,
        hint="Count the arrows that end at `session#1`.",
        misconception="get-gives",
    ),
    repair="Take a reference with `SSL_get1_session`; give it back when the second connection has "
    "its "
    "own.",
)

_HANDED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *old = SSL_new(ctx);
SSL_connect(old);
SSL_SESSION *restored = SSL_SESSION_dup(SSL_get0_session(old));
SSL_shutdown(old);
SSL_free(old);
SSL *ssl = SSL_new(ctx);
SSL_set_session(ssl, restored);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

HANDED_OVER = Case(
    title="Handed over to the connection, or not",
    sources=("oven-sh/bun #29882",),
    reported="A runtime made a session from stored bytes for each call of setSession and set it "
    "on the "
    "connection. After 20,000 calls it had grown by more than 100 MB.",
    buggy=_HANDED,
    fixed=_HANDED.replace("SSL_connect(ssl)", "SSL_SESSION_free(restored);\nSSL_connect(ssl)"),
    bug=Bug("leak", 5, None),
    question=Question(
        prompt="Would a `SSL_SESSION_free(restored)` right after line 9 be safe?",
        choices=(
            Choice(
                "No: the connection would be left with a dead session",
                "Line 9, `SSL_set_session(ssl, restored)`, took a reference of its own: "
                "2 = ssl#2 + restored. Your free leaves one.",
            ),
            Choice(
                "Yes: the connection has its own reference, and yours is owed",
                "2 = ssl#2 + restored after line 9. Without the free, 1 = restored is left for "
                "ever.",
            ),
            Choice(
                "It is not needed: the connection took it over",
                "It takes one of its own, and yours stays yours: 2 = ssl#2 + restored.",
            ),
        ),
        answer=1,
        hint="What does `SSL_set_session` do to the count?",
        misconception="set-session-takes-over",
    ),
    repair="Free your own reference as soon as the connection has taken one. (`SSL_SESSION_dup` "
    "stands "
    "for `d2i_SSL_SESSION` here: both make an object that is yours.)",
)

_TOO_MANY = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *main_ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX *host = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(main_ctx);
SSL_CTX_up_ref(host);
SSL_set_SSL_CTX(ssl, host);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(host);
SSL_CTX_free(main_ctx);
"""

ONE_REFERENCE_TOO_MANY = Case(
    title="A reference for the callee",
    sources=("oven-sh/bun #31155",),
    reported="A server picks a context by host name. A review found that each connection with a "
    "context "
    "made for it left that context behind.",
    buggy=_TOO_MANY,
    fixed=_TOO_MANY.replace("SSL_CTX_up_ref(host);\n", ""),
    bug=Bug("leak", 6, None),
    question=Question(
        prompt="What is the count of `host` after line 7?",
        choices=(
            Choice("1", "It was 2 before: line 6 counts up. Then line 7 counts one more."),
            Choice("2", "Line 7 counts for itself, so that line 6 is one too many: 3."),
            Choice("3", "One from line 4, one from line 6, and one the connection takes itself."),
        ),
        answer=2,
        hint="Line 7, `SSL_set_SSL_CTX`, takes a reference of its own.",
    ),
    repair="Leave the up_ref out: who takes a reference counts it.",
)

_CLOSED = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_free(ssl);
if (ssl != NULL) {
    SSL_free(ssl);
}
SSL_CTX_free(ctx);
"""

CLOSED_TWICE = Case(
    title="Closed, and closed again",
    sources=("adobkin/libcapn #10", "pjsip/pjproject #3069"),
    reported="A push client frees its connection after an error. The common clean-up then checks "
    "the "
    "pointer for NULL, finds that it is not, and frees again.",
    buggy=_CLOSED,
    fixed=_CLOSED.replace("SSL_free(ssl);\nif", "SSL_free(ssl);\nssl = NULL;\nif"),
    bug=Bug("double_free", 6, 6),
    question=Question(
        prompt="What is the value of `ssl` at line 5?",
        choices=(
            Choice(
                "NULL: it was freed",
                "`SSL_free` gets a copy of the pointer. It cannot clear `ssl`.",
            ),
            Choice(
                "What it was at line 3",
                "The pointer is as it was, and the memory behind it is gone.",
            ),
        ),
        answer=1,
        hint="Can a C function change the variable whose value it is given?",
        misconception="null-check-protects",
    ),
    repair="Clear the variable after the free, and every other name for the same.",
)

_RECONNECTED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

RECONNECTED = Case(
    title="Connected again",
    sources=("aws/aws-iot-device-sdk-cpp #47",),
    reported="An IoT client makes a connection object at each connect. If it connects twice "
    "without a "
    "disconnect between, memory is lost each time.",
    buggy=_RECONNECTED,
    fixed=_RECONNECTED.replace(
        "ssl = SSL_new(ctx);\nSSL_connect(ssl);\nSSL_shutdown(ssl);\nSSL_free",
        "SSL_free(ssl);\nssl = SSL_new(ctx);\nSSL_connect(ssl);\nSSL_shutdown(ssl);\nSSL_free",
    ),
    bug=Bug("lost_pointer", 6, None),
    question=Question(
        prompt="Which objects are still alive after the last line?",
        choices=(
            Choice(
                "None: what is overwritten goes by itself",
                "C frees nothing by itself. The first connection is 1 = lost, with all it holds.",
            ),
            Choice(
                "The first connection",
                "It holds its session, and the context twice: three objects live.",
            ),
            Choice(
                "The first connection, its session and the context",
                "What a lost object holds is lost with it: 2 = ssl#1.ctx + ssl#1.session_ctx.",
            ),
        ),
        answer=2,
        hint="Follow the arrows that leave the first connection.",
        misconception="overwrite-frees",
    ),
    repair="Free the old connection before its variable gets the new one.",
)

_SHARED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *a = SSL_new(ctx);
SSL_connect(a);
SSL_SESSION *s = SSL_get0_session(a);
SSL *b = SSL_new(ctx);
SSL_set_session(b, s);
SSL_connect(b);
SSL_SESSION_free(s);
SSL_shutdown(a);
SSL_free(a);
SSL_shutdown(b);
SSL_free(b);
SSL_CTX_free(ctx);
"""

HIDDEN_BY_SHARING = Case(
    title="It had worked for years",
    sources=("openssl/openssl #15288",),
    reported="A web server that had run for years began to crash after the move to a library with "
    "TLS "
    "1.3. The maintainers pointed to a wrong count that fewer sharers no longer hid.",
    buggy=_SHARED,
    fixed=_SHARED.replace("SSL_SESSION_free(s);\n", ""),
    bug=Bug("borrowed_free", 9, 13),
    question=Question(
        prompt="Line 9 frees a session that was lent. Why does the program go on without harm to "
        "line 12?",
        choices=(
            Choice(
                "Because libssl knows that the session is in use",
                "It knows a number. It goes from 2 = ssl + ssl#2 to 1, and two still count on it.",
            ),
            Choice(
                "Because another connection still holds it",
                "1 ≠ 2 = ssl + ssl#2. The first connection gives back its own and takes the last; "
                "the second finds none.",
            ),
            Choice(
                "Because line 9 is right: a get needs a free",
                "get0 lends. Two connections hold, and after line 9 one reference is left for "
                "both: 1 ≠ 2 = ssl + ssl#2.",
            ),
        ),
        answer=1,
        hint="How many hold the session at line 8? In TLS 1.3 each connection would have had its "
        "own.",
        misconception="worked-for-years",
    ),
    repair="Leave the free out. Had the connections not shared the session, it would have shown "
    "at line 11.",
)
