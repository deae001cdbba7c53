"""The C texts of lesson 03, lent or given, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = ["BOTH", "BOTH_FREED", "KEPT", "OFFERED", "OFFERED_AND_FREED", "SCENARIOS", "USED_AFTER"]

BOTH = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *lent = SSL_get0_session(ssl);
SSL_SESSION *mine = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(mine);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "session#1", 2, ("ssl#1.session", "mine")),
            Tally(8, "session#1", 1, ("mine",)),
            Tally(9, "session#1", 0),
        )
    ),
)

KEPT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *kept = SSL_get_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, kept);
SSL_free(next);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(7, "session#1", 0),
        ),
        bug=Bug("use_after_free", 5, 9),
    ),
)

BOTH_FREED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *lent = SSL_get0_session(ssl);
SSL_SESSION *mine = SSL_get1_session(ssl);
SSL_SESSION_free(mine);
SSL_SESSION_free(lent);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "mine")),
            Tally(7, "session#1", 1, ("ssl#1.session",)),
            Tally(8, "session#1", 0, ("ssl#1.session",)),
        ),
        bug=Bug("borrowed_free", 8, 10),
    ),
)

OFFERED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *kept = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, kept);
SSL_connect(next);
SSL_shutdown(next);
SSL_free(next);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(7, "session#1", 1, ("kept",)),
            Tally(9, "session#1", 2, ("ssl#2.session", "kept")),
            Tally(12, "session#1", 1, ("kept",)),
            Tally(13, "session#1", 1, ("kept",)),
        ),
        bug=Bug("leak", 5, None),
    ),
)

OFFERED_AND_FREED = Scenario(
    OFFERED.text.replace("SSL_connect(next)", "SSL_SESSION_free(kept);\nSSL_connect(next)"),
    Expected(
        tallies=(
            Tally(9, "session#1", 2, ("ssl#2.session", "kept")),
            Tally(10, "session#1", 1, ("ssl#2.session",)),
            Tally(11, "session#1", 1, ("ssl#2.session",)),
            Tally(13, "session#1", 0),
        )
    ),
)

USED_AFTER = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer refuses resumption */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *kept = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, kept);
SSL_SESSION_free(kept);
SSL_connect(next);
SSL_SESSION_get_timeout(kept);
SSL_free(next);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(10, "session#1", 2, ("ssl#2.session", "kept")),
            Tally(11, "session#1", 1, ("ssl#2.session",)),
            Tally(12, "session#1", 0),
            Tally(12, "session#2", 1, ("ssl#2.session",)),
        ),
        bug=Bug("use_after_free", 11, 13),
    ),
)

SCENARIOS = {
    "both": BOTH,
    "kept": KEPT,
    "both_freed": BOTH_FREED,
    "offered": OFFERED,
    "offered_and_freed": OFFERED_AND_FREED,
    "used_after": USED_AFTER,
}
