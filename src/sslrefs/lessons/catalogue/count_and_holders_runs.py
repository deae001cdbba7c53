"""The C texts of lesson 01, count and holders, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "CHECKED",
    "COUNTED_NAMES",
    "OVERWRITTEN",
    "SCENARIOS",
    "SETTLED",
    "TWO_NAMES",
    "UP_AND_DOWN",
]

UP_AND_DOWN = Scenario(
    """\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_up_ref(s);
SSL_SESSION_free(s);
SSL_SESSION_free(NULL);
SSL_SESSION_free(s);
""",
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("s",)),
            Tally(2, "session#1", 2, ("s", "s")),
            Tally(3, "session#1", 1, ("s",)),
            Tally(4, "session#1", 1, ("s",)),
            Tally(5, "session#1", 0),
        )
    ),
)

TWO_NAMES = Scenario(
    """\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION *t = s;
SSL_SESSION_free(s);
SSL_SESSION_free(t);
""",
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("s",)),
            Tally(2, "session#1", 1, ("s",)),
            Tally(3, "session#1", 0),
        ),
        bug=Bug("double_free", 4, 4),
    ),
)

COUNTED_NAMES = Scenario(
    TWO_NAMES.text.replace("SSL_SESSION *t", "SSL_SESSION_up_ref(s);\nSSL_SESSION *t"),
    Expected(
        tallies=(
            Tally(2, "session#1", 2, ("s", "s")),
            Tally(3, "session#1", 2, ("s", "t")),
            Tally(4, "session#1", 1, ("t",)),
            Tally(5, "session#1", 0),
        )
    ),
)

CHECKED = Scenario(
    """\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION *t = s;
SSL_SESSION_free(s);
s = NULL;
if (t != NULL) SSL_SESSION_free(t);
""",
    Expected(
        tallies=(
            Tally(2, "session#1", 1, ("s",)),
            Tally(3, "session#1", 0),
        ),
        bug=Bug("double_free", 5, 5),
    ),
)

OVERWRITTEN = Scenario(
    """\
SSL_SESSION *s = SSL_SESSION_new();
s = SSL_SESSION_new();
SSL_SESSION_free(s);
""",
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("s",)),
            Tally(2, "session#1", 1, ("lost",)),
            Tally(2, "session#2", 1, ("s",)),
            Tally(3, "session#1", 1, ("lost",)),
            Tally(3, "session#2", 0),
        ),
        bug=Bug("lost_pointer", 2, None),
    ),
)

SETTLED = Scenario(
    OVERWRITTEN.text.replace("\ns =", "\nSSL_SESSION_free(s);\ns ="),
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("s",)),
            Tally(2, "session#1", 0),
            Tally(3, "session#2", 1, ("s",)),
            Tally(4, "session#2", 0),
        )
    ),
)

SCENARIOS = {
    "up_and_down": UP_AND_DOWN,
    "two_names": TWO_NAMES,
    "counted_names": COUNTED_NAMES,
    "checked": CHECKED,
    "overwritten": OVERWRITTEN,
    "settled": SETTLED,
}
