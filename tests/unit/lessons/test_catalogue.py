"""What the lessons say about their runs is what the runs show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sslrefs.lessons import scenarios
from sslrefs.lessons.catalogue import broke_here, start_here
from sslrefs.lessons.questions import Question
from sslrefs.lessons.scenario import Bug
from sslrefs.studio.run import run
from tests.unit.lessons.claims import places, tallies, true_words, untrue

if TYPE_CHECKING:
    from sslrefs.lessons.questions import Question
from sslrefs.lessons.scenario import Scenario

NAMES = [
    "start_here.count",
    "start_here.clean",
    "start_here.lent",
    "start_here.client",
    "broke_here.clean",
    "broke_here.one_line_more",
    "broke_here.taken",
    "broke_here.another_way",
]


def test_every_scenario_has_its_name() -> None:
    assert list(scenarios()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_counts_and_holders_are_those_of_the_run(name: str) -> None:
    scenario = scenarios()[name]
    result = run(scenario.text)
    steps = {step.line: step for step in result.timeline.steps}
    objects = {str(which): which for which in result.timeline.objects()}

    assert scenario.expects.tallies
    for tally in scenario.expects.tallies:
        step, target = steps[tally.line], objects[tally.target]

        assert step.world.record(target).count == tally.count, tally
        assert result.ledger.holders(target, step.index) == tally.holders, tally


@pytest.mark.parametrize("name", NAMES)
def test_the_finding_is_the_one_the_lesson_speaks_of(name: str) -> None:
    scenario = scenarios()[name]

    found = [Bug(f.kind, f.wrong_line, f.shows_line) for f in run(scenario.text).findings]

    assert found == ([] if scenario.expects.bug is None else [scenario.expects.bug])


@pytest.mark.parametrize(
    ("questions", "texts"),
    [
        (start_here.QUESTIONS, start_here.SCENARIOS),
        (broke_here.QUESTIONS, broke_here.SCENARIOS),
    ],
    ids=["start_here", "broke_here"],
)
def test_questions_and_replies_claim_nothing_that_no_run_shows(
    questions: tuple[Question, ...], texts: dict[str, Scenario]
) -> None:
    words = [text for question in questions for text in true_words(question)]

    assert [claim for text in words for claim in untrue(text, texts.values())] == []
    assert any(tallies(text) for text in words)
    assert any(places(text) for text in words)


def test_every_reply_is_made_for_its_choice() -> None:
    questions = (*start_here.QUESTIONS, *broke_here.QUESTIONS)
    replies = [choice.reply for question in questions for choice in question.choices]

    assert len(set(replies)) == len(replies)
    assert len({question.prompt for question in questions}) == len(questions)


def test_the_variants_differ_from_the_clean_text_by_what_the_lesson_says() -> None:
    clean, more = broke_here.CLEAN.text, broke_here.ONE_LINE_MORE.text

    assert more.replace("SSL_SESSION_free(peek);\n", "") == clean
    assert broke_here.TAKEN.text.replace("get1", "get0") == more
    assert broke_here.ANOTHER_WAY.text.count("SSL_SESSION_free(peek);") == 2
    assert start_here.LENT.text.replace("get0", "get1") == start_here.CLEAN.text


def test_an_untrue_claim_is_found() -> None:
    texts = broke_here.SCENARIOS.values()

    assert untrue("After it, 3 = ssl + cache.", texts) == ["3 = ssl + cache"]
    assert untrue("Line 5, `SSL_free(ssl)`", texts) == [(5, "SSL_free")]
    assert untrue("Line 50 is `SSL_free(ssl)`", texts) == [(50, "SSL_free")]
