"""The C texts of lesson 07, alive is not resumable, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = ["CLEAN", "COPIED", "DETACHED", "EARLY", "LATE", "REMOVED", "SCENARIOS", "UNCLEAN"]

CLEAN = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_SESSION *s = SSL_get1_session(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_connect(ssl2);
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "session#1", 2, ("ssl#1.session", "s")),
            Tally(8, "session#1", 1, ("s",)),
            Tally(10, "session#1", 2, ("ssl#2.session", "s")),
            Tally(11, "session#1", 1, ("ssl#2.session",)),
            Tally(14, "session#1", 0),
        ),
    ),
)

UNCLEAN = Scenario(
    CLEAN.text.replace("SSL_shutdown(ssl1);\n", ""),
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "session#1", 2, ("ssl#1.session", "s")),
            Tally(7, "session#1", 1, ("s",)),
            Tally(9, "session#1", 2, ("ssl#2.session", "s")),
            Tally(10, "session#1", 1, ("ssl#2.session",)),
            Tally(11, "session#1", 0),
            Tally(11, "session#2", 1, ("ssl#2.session",)),
            Tally(13, "session#2", 0),
        ),
        bug=Bug("not_resumable", 7, 11),
    ),
)

REMOVED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_SESSION *s = SSL_get1_session(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL_CTX_remove_session(ctx, s);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_connect(ssl2);
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(7, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(9, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(10, "session#1", 1, ("s",)),
            Tally(12, "session#1", 2, ("ssl#2.session", "s")),
            Tally(13, "session#1", 1, ("ssl#2.session",)),
            Tally(14, "session#1", 0),
            Tally(14, "session#2", 2, ("ssl#2.session", "ctx#1.cache")),
            Tally(16, "session#2", 1, ("ctx#1.cache",)),
            Tally(17, "session#2", 0),
        ),
        bug=Bug("not_resumable", 10, 14),
    ),
)

COPIED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_SESSION *s = SSL_get1_session(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL_SESSION *copy = SSL_SESSION_dup(s);
SSL_CTX_remove_session(ctx, s);
SSL_SESSION_free(s);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, copy);
SSL_SESSION_free(copy);
SSL_connect(ssl2);
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(7, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(9, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(10, "session#2", 1, ("copy",)),
            Tally(11, "session#1", 1, ("s",)),
            Tally(12, "session#1", 0),
            Tally(14, "session#2", 2, ("ssl#2.session", "copy")),
            Tally(15, "session#2", 1, ("ssl#2.session",)),
            Tally(18, "session#2", 0),
        ),
    ),
)

DETACHED = Scenario(
    CLEAN.text.replace("SSL_shutdown(ssl1)", "SSL_set_session(ssl1, NULL);\nSSL_shutdown(ssl1)"),
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "session#1", 2, ("ssl#1.session", "s")),
            Tally(7, "session#1", 1, ("s",)),
            Tally(11, "session#1", 2, ("ssl#2.session", "s")),
            Tally(12, "session#1", 1, ("ssl#2.session",)),
            Tally(13, "session#1", 0),
            Tally(13, "session#2", 1, ("ssl#2.session",)),
            Tally(15, "session#2", 0),
        ),
        bug=Bug("not_resumable", 7, 13),
    ),
)

EARLY = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_SESSION *s = SSL_get1_session(ssl1);
char buf[16];
SSL_read(ssl1, buf, sizeof buf);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_connect(ssl2);
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(4, "session#1", 2, ("ssl#1.session", "s")),
            Tally(6, "session#1", 1, ("s",)),
            Tally(6, "session#2", 0),
            Tally(6, "session#3", 1, ("ssl#1.session",)),
            Tally(8, "session#3", 0),
            Tally(10, "session#1", 2, ("ssl#2.session", "s")),
            Tally(11, "session#1", 1, ("ssl#2.session",)),
            Tally(12, "session#1", 0),
            Tally(12, "session#4", 1, ("ssl#2.session",)),
            Tally(14, "session#4", 0),
        ),
        bug=Bug("not_resumable", 4, 12),
    ),
)

LATE = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
char buf[16];
SSL_read(ssl1, buf, sizeof buf);
SSL_SESSION *s = SSL_get1_session(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_connect(ssl2);
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(3, "session#1", 1, ("ssl#1.session",)),
            Tally(5, "session#1", 0),
            Tally(5, "session#2", 0),
            Tally(5, "session#3", 1, ("ssl#1.session",)),
            Tally(6, "session#3", 2, ("ssl#1.session", "s")),
            Tally(8, "session#3", 1, ("s",)),
            Tally(10, "session#3", 2, ("ssl#2.session", "s")),
            Tally(11, "session#3", 1, ("ssl#2.session",)),
            Tally(14, "session#3", 0),
        ),
    ),
)

SCENARIOS = {
    "clean": CLEAN,
    "unclean": UNCLEAN,
    "removed": REMOVED,
    "copied": COPIED,
    "detached": DETACHED,
    "early": EARLY,
    "late": LATE,
}
