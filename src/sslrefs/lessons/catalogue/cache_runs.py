"""The C texts of lesson 04, the cache holds too, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "ADDED_TWICE",
    "CACHE_OFF",
    "GROWING",
    "HIDDEN",
    "ONE_CLIENT",
    "REMOVED",
    "SCENARIOS",
]

ONE_CLIENT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
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

GROWING = Scenario(
    ONE_CLIENT.text.replace(
        "SSL_CTX_free",
        "ssl = SSL_new(ctx);\nSSL_accept(ssl);\nSSL_shutdown(ssl);\nSSL_free(ssl);\nSSL_CTX_free",
    ),
    Expected(
        tallies=(
            Tally(7, "session#1", 1, ("ctx#1.cache",)),
            Tally(9, "session#2", 2, ("ssl#2.session", "ctx#1.cache")),
            Tally(11, "session#1", 1, ("ctx#1.cache",)),
            Tally(11, "session#2", 1, ("ctx#1.cache",)),
            Tally(12, "session#1", 0),
            Tally(12, "session#2", 0),
        )
    ),
)

HIDDEN = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *kept = SSL_get_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_get_timeout(kept);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(9, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "session#1", 0),
        )
    ),
)

CACHE_OFF = Scenario(
    HIDDEN.text.replace(
        "SSL *ssl", "SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);\nSSL *ssl"
    ),
    Expected(
        tallies=(
            Tally(6, "session#1", 1, ("ssl#1.session",)),
            Tally(7, "session#1", 1, ("ssl#1.session",)),
            Tally(9, "session#1", 0),
        ),
        bug=Bug("use_after_free", 7, 10),
    ),
)

ADDED_TWICE = Scenario(
    """\
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
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(7, "session#1", 1, ("s",)),
            Tally(8, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(9, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(10, "session#1", 1, ("ctx#1.cache",)),
            Tally(11, "session#1", 0),
        )
    ),
)

REMOVED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_remove_session(ctx, s);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(8, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(9, "session#1", 1, ("s",)),
            Tally(10, "session#1", 1, ("s",)),
        ),
        bug=Bug("leak", 6, None),
    ),
)

SCENARIOS = {
    "one_client": ONE_CLIENT,
    "growing": GROWING,
    "hidden": HIDDEN,
    "cache_off": CACHE_OFF,
    "added_twice": ADDED_TWICE,
    "removed": REMOVED,
}
