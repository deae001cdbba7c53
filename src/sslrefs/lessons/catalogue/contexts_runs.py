"""The C texts of lesson 09, contexts and connections, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "CTX_FIRST",
    "LENT_CTX",
    "NEVER_FREED",
    "ONLY_CTX",
    "OVERWRITTEN",
    "SCENARIOS",
    "SHARED",
    "SSL_COPIED",
    "SWITCHED",
    "TWO_CACHES",
    "WRONG_CACHE",
]

CTX_FIRST = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX_free(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(2, "ssl#1", 1, ("ssl",)),
            Tally(3, "ctx#1", 2, ("ssl#1.ctx", "ssl#1.session_ctx")),
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "ctx#1", 0),
            Tally(6, "ssl#1", 0),
            Tally(6, "session#1", 0),
        ),
    ),
)

NEVER_FREED = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(2, "ssl#1", 1, ("ssl",)),
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(5, "ctx#1", 1, ("ctx",)),
            Tally(5, "ssl#1", 0),
            Tally(5, "session#1", 0),
        ),
        bug=Bug("leak", 1, None),
    ),
)

ONLY_CTX = Scenario(
    NEVER_FREED.text.replace("SSL_free(ssl)", "SSL_CTX_free(ctx)"),
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(2, "ssl#1", 1, ("ssl",)),
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(5, "ctx#1", 2, ("ssl#1.ctx", "ssl#1.session_ctx")),
        ),
        bug=Bug("leak", 2, None),
    ),
)

LENT_CTX = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX *same = SSL_get_SSL_CTX(ssl);
SSL_CTX_free(same);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(4, "ctx#1", 2, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(7, "ctx#1", 0, ("ctx",)),
        ),
        bug=Bug("borrowed_free", 4, 8),
    ),
)

SWITCHED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX *host_ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_set_SSL_CTX(ssl, host_ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(host_ctx);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(3, "ctx#1", 1, ("ctx",)),
            Tally(4, "ctx#2", 1, ("host_ctx",)),
            Tally(5, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(5, "ssl#1", 1, ("ssl",)),
            Tally(6, "ctx#1", 2, ("ssl#1.session_ctx", "ctx")),
            Tally(6, "ctx#2", 2, ("ssl#1.ctx", "host_ctx")),
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(9, "ctx#1", 1, ("ctx",)),
            Tally(9, "ctx#2", 1, ("host_ctx",)),
            Tally(9, "ssl#1", 0),
            Tally(9, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "ctx#2", 0),
            Tally(11, "ctx#1", 0),
            Tally(11, "session#1", 0),
        ),
    ),
)

WRONG_CACHE = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX *host_ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_set_SSL_CTX(ssl, host_ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_remove_session(host_ctx, s);
SSL_SESSION_free(s);
SSL_CTX_free(host_ctx);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(10, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(12, "session#1", 1, ("ctx#1.cache",)),
            Tally(14, "session#1", 0),
        ),
        bug=Bug("wrong_ctx", 11, 11),
    ),
)

TWO_CACHES = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx1 = SSL_CTX_new(TLS_client_method());
SSL_CTX *ctx2 = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx1, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx1);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_CTX_add_session(ctx2, s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(s);
SSL_CTX_free(ctx2);
SSL_CTX_free(ctx1);
""",
    Expected(
        tallies=(
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(9, "session#1", 4, ("ssl#1.session", "ctx#1.cache", "ctx#2.cache", "s")),
            Tally(11, "session#1", 3, ("ctx#1.cache", "ctx#2.cache", "s")),
            Tally(12, "session#1", 2, ("ctx#1.cache", "ctx#2.cache")),
            Tally(13, "session#1", 1, ("ctx#1.cache",)),
        ),
        bug=Bug("wrong_ctx", 9, 14),
    ),
)

SSL_COPIED = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL *copy = SSL_dup(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(2, "ssl#1", 1, ("ssl",)),
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(4, "ssl#1", 2, ("ssl", "copy")),
            Tally(6, "ssl#1", 1, ("copy",)),
            Tally(7, "ctx#1", 2, ("ssl#1.ctx", "ssl#1.session_ctx")),
        ),
        bug=Bug("leak", 4, None),
    ),
)

OVERWRITTEN = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(2, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(2, "ssl#1", 1, ("ssl",)),
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(
                4,
                "ctx#1",
                5,
                ("ssl#1.ctx", "ssl#1.session_ctx", "ssl#2.ctx", "ssl#2.session_ctx", "ctx"),
            ),
            Tally(4, "ssl#1", 1, ("lost",)),
            Tally(4, "ssl#2", 1, ("ssl",)),
            Tally(5, "session#2", 1, ("ssl#2.session",)),
            Tally(7, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(7, "ssl#2", 0),
            Tally(7, "session#2", 0),
            Tally(8, "ctx#1", 2, ("ssl#1.ctx", "ssl#1.session_ctx")),
        ),
        bug=Bug("lost_pointer", 4, None),
    ),
)

SHARED = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX *other = ctx;
SSL_CTX_up_ref(other);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_CTX_free(other);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(1, "ctx#1", 1, ("ctx",)),
            Tally(3, "ctx#1", 2, ("ctx", "other")),
            Tally(4, "ctx#1", 4, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx", "other")),
            Tally(7, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(8, "ctx#1", 1, ("ctx",)),
            Tally(9, "ctx#1", 0),
        ),
    ),
)

SCENARIOS = {
    "ctx_first": CTX_FIRST,
    "never_freed": NEVER_FREED,
    "only_ctx": ONLY_CTX,
    "lent_ctx": LENT_CTX,
    "switched": SWITCHED,
    "wrong_cache": WRONG_CACHE,
    "two_caches": TWO_CACHES,
    "ssl_copied": SSL_COPIED,
    "overwritten": OVERWRITTEN,
    "shared": SHARED,
}
