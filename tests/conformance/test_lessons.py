"""What the lessons show of a run, the machine's libssl does too."""

from __future__ import annotations

import pytest

from sslrefs.lessons import scenarios
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.scenario import Expected, Scenario
from sslrefs.oracle.compare import check

pytestmark = pytest.mark.libssl


def defined(scenario: Scenario) -> str:
    """The text up to the line where undefined behaviour begins.

    Nothing can be compared there, and seeing what libssl makes of it takes seconds. The
    lines of threads do not stand in the order in which they run, so these stay whole.
    """
    bug = scenario.expects.bug
    if bug is None or bug.shows_line is None or bug.kind == "race":
        return scenario.text
    end = bug.shows_line - 1
    return "".join(scenario.text.splitlines(keepends=True)[:end])


# The same text may stand in several lessons: it is run once.
TEXTS = {
    **{
        defined(Scenario(item.text, Expected(tallies=(), bug=item.bug))): item.name
        for item in ITEMS
        if item.text
    },
    **{defined(scenario): name for name, scenario in scenarios().items()},
}


@pytest.mark.parametrize("text", TEXTS, ids=TEXTS.get)
def test_every_step_of_a_lesson_agrees(text: str) -> None:
    comparison = check(text)

    differences = [str(one) for step in comparison.steps for one in step.differences]

    assert comparison.problem is None
    assert comparison.steps
    assert differences == []
