"""The C texts of lesson 06, broke here, crashed there, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = ["ANOTHER_WAY", "CLEAN", "ONE_LINE_MORE", "SCENARIOS", "TAKEN"]

CLEAN = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *peek = SSL_get0_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(9, "session#1", 0),
        )
    ),
)

ONE_LINE_MORE = Scenario(
    CLEAN.text.replace("SSL_shutdown", "SSL_SESSION_free(peek);\nSSL_shutdown"),
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(7, "session#1", 1, ("ssl#1.session", "ctx#1.cache")),
            Tally(9, "session#1", 0, ("ctx#1.cache",)),
        ),
        bug=Bug("borrowed_free", 7, 10),
    ),
)

TAKEN = Scenario(
    ONE_LINE_MORE.text.replace("get0", "get1"),
    Expected(
        tallies=(
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "peek")),
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(9, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "session#1", 0),
        )
    ),
)

ANOTHER_WAY = Scenario(
    TAKEN.text.replace("SSL_shutdown", "SSL_SESSION_free(peek);\nSSL_shutdown"),
    Expected(
        tallies=(
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "peek")),
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 1, ("ssl#1.session", "ctx#1.cache")),
            Tally(10, "session#1", 0, ("ctx#1.cache",)),
        ),
        bug=Bug("over_release", 8, 11),
    ),
)

SCENARIOS = {
    "clean": CLEAN,
    "one_line_more": ONE_LINE_MORE,
    "taken": TAKEN,
    "another_way": ANOTHER_WAY,
}
