"""The C texts of lesson 05, flush and time, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "AUTOMATIC",
    "BOUNDARY",
    "FLUSHED",
    "FULL",
    "HELD",
    "LATE_TIMEOUT",
    "SCENARIOS",
]

FLUSHED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(7, "session#1", 1, ("ctx#1.cache",)),
            Tally(8, "session#1", 0),
        )
    ),
)

BOUNDARY = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_timeout(ctx, 100);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
sleep(100);
SSL_CTX_flush_sessions(ctx, time(NULL));
sleep(1);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "session#1", 1, ("ctx#1.cache",)),
            Tally(12, "session#1", 0),
        )
    ),
)

LATE_TIMEOUT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_CTX_set_timeout(ctx, 100);
SSL_shutdown(ssl);
SSL_free(ssl);
sleep(101);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "session#1", 1, ("ctx#1.cache",)),
            Tally(11, "session#1", 0),
        )
    ),
)

HELD = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL *next = SSL_new(ctx);
SSL_set_session(next, s);
SSL_SESSION_free(s);
SSL_connect(next);
SSL_free(next);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(8, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(9, "session#1", 1, ("s",)),
            Tally(11, "session#1", 2, ("ssl#2.session", "s")),
            Tally(12, "session#1", 1, ("ssl#2.session",)),
            Tally(13, "session#1", 0),
        ),
        bug=Bug("not_resumable", 9, 13),
    ),
)

FULL = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_cache_size(ctx, 2);
SSL *one = SSL_new(ctx);
SSL_accept(one);
sleep(1);
SSL *two = SSL_new(ctx);
SSL_accept(two);
SSL_shutdown(one);
SSL_free(one);
SSL_shutdown(two);
SSL_free(two);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(9, "session#1", 1, ("ssl#1.session",)),
            Tally(9, "session#2", 2, ("ssl#2.session", "ctx#1.cache")),
            Tally(11, "session#1", 0),
            Tally(13, "session#2", 1, ("ctx#1.cache",)),
            Tally(14, "session#2", 0),
        )
    ),
)

AUTOMATIC = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_set_timeout(ctx, 100);
SSL *old = SSL_new(ctx);
SSL_connect(old);
SSL_shutdown(old);
SSL_free(old);
sleep(200);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
for (int i = 3; i <= 256; i++) {
    SSL_shutdown(ssl);
    SSL_clear(ssl);
    SSL_connect(ssl);
}
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(11, "session#1", 1, ("ctx#1.cache",)),
            Tally(14, "session#1", 1, ("ctx#1.cache",)),
            Tally(15, "session#1", 0),
        )
    ),
)

SCENARIOS = {
    "flushed": FLUSHED,
    "boundary": BOUNDARY,
    "late_timeout": LATE_TIMEOUT,
    "held": HELD,
    "full": FULL,
    "automatic": AUTOMATIC,
}
