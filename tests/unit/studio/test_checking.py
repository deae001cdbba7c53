"""What is told of a comparison, line by line."""

from __future__ import annotations

from sslrefs.oracle.comparison import Comparison, Difference, StepComparison
from sslrefs.studio.checking import comparison_text
from sslrefs.studio.run import run

TEXT = """void drop(SSL_SESSION *mine) {
    SSL_SESSION_free(mine);
}
SSL_SESSION *s = SSL_SESSION_new();
drop(s);
"""


def told(*steps: StepComparison) -> list[str]:
    """The lines about a comparison of the text."""
    found = Comparison("OpenSSL 3.0", "libssl", "OpenSSL 3", steps)
    return [
        " ".join(line.split())
        for line in comparison_text(run(TEXT).timeline, found).plain.split("\n")
    ]


def test_what_agrees_is_told_by_statements_of_the_text_alone() -> None:
    assert told(StepComparison(0), StepComparison(1), StepComparison(2))[2:6] == [
        "4 agrees SSL_SESSION *s = SSL_SESSION_new();",
        "session#1 1",
        "5 agrees drop(s);",
        "nothing is alive",
    ]


def test_a_difference_inside_a_function_has_its_place() -> None:
    differs = Difference("count of session#1", "0", "1")

    lines = told(StepComparison(0), StepComparison(1, (differs,)))

    assert lines[4:7] == [
        "2 DIFFERS SSL_SESSION_free(mine);",
        "count of session#1: the model says 0, libssl says 1",
        "5 not compared drop(s);",
    ]
    assert "model and libssl differ; please report this text" in lines


def test_undefined_behaviour_inside_a_function_has_its_place() -> None:
    lines = told(StepComparison(0), StepComparison(1, (), "ended by SIGSEGV"))

    assert "2 undefined SSL_SESSION_free(mine);" in lines
    assert "libssl, in a process of its own: ended by SIGSEGV" in lines
