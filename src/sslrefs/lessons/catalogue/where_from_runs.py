"""The C texts of lesson 02, where sessions come from, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = ["BYTES", "COPY", "HANDSHAKE", "OFFERED", "PEEKED", "SCENARIOS", "TICKETS"]

HANDSHAKE = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
SSL_SESSION_free(s);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(5, "session#1", 2, ("ssl#1.session", "s")),
            Tally(7, "session#1", 1, ("s",)),
            Tally(8, "session#1", 1, ("s",)),
            Tally(9, "session#1", 0),
        )
    ),
)

COPY = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_SESSION *copy = SSL_SESSION_dup(s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
SSL_SESSION_free(s);
SSL_SESSION_free(copy);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(7, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(7, "session#2", 1, ("copy",)),
            Tally(9, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(10, "session#1", 1, ("s",)),
            Tally(10, "session#2", 1, ("copy",)),
            Tally(11, "session#1", 0),
            Tally(11, "session#2", 1, ("copy",)),
            Tally(12, "session#2", 0),
        )
    ),
)

BYTES = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
unsigned char *bytes = NULL;
int length = i2d_SSL_SESSION(SSL_get0_session(ssl), &bytes);
SSL_shutdown(ssl);
SSL_free(ssl);
const unsigned char *p = bytes;
SSL_SESSION *again = d2i_SSL_SESSION(NULL, &p, length);
OPENSSL_free(bytes);
SSL_SESSION_free(again);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 1, ("ssl#1.session",)),
            Tally(8, "session#1", 0),
            Tally(10, "session#2", 1, ("again",)),
            Tally(12, "session#2", 0),
        )
    ),
)

TICKETS = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *early = SSL_get1_session(ssl);
char buf[64];
SSL_read(ssl, buf, sizeof(buf));
SSL_SESSION *late = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(early);
SSL_SESSION_free(late);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(4, "session#1", 2, ("ssl#1.session", "early")),
            Tally(6, "session#1", 1, ("early",)),
            Tally(6, "session#2", 0),
            Tally(6, "session#3", 1, ("ssl#1.session",)),
            Tally(7, "session#3", 2, ("ssl#1.session", "late")),
            Tally(9, "session#3", 1, ("late",)),
            Tally(10, "session#1", 0),
            Tally(11, "session#3", 0),
        )
    ),
)

PEEKED = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *peek = SSL_get0_session(ssl);
char buf[64];
SSL_read(ssl, buf, sizeof(buf));
SSL_SESSION_up_ref(peek);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "session#1", 0),
        ),
        bug=Bug("use_after_free", 4, 7),
    ),
)

OFFERED = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
ssl = SSL_new(ctx);
SSL_set_session(ssl, s);
SSL_SESSION_free(s);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 2, ("ssl#1.session", "s")),
            Tally(8, "session#1", 2, ("ssl#2.session", "s")),
            Tally(9, "session#1", 1, ("ssl#2.session",)),
            Tally(10, "session#1", 0),
            Tally(10, "session#2", 1, ("ssl#2.session",)),
        ),
        bug=Bug("not_resumable", 4, 10),
    ),
)

SCENARIOS = {
    "handshake": HANDSHAKE,
    "copy": COPY,
    "bytes": BYTES,
    "tickets": TICKETS,
    "peeked": PEEKED,
    "offered": OFFERED,
}
