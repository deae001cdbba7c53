"""What the lessons say about their runs is what the runs show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sslrefs.lessons import LESSONS, scenarios
from sslrefs.lessons.catalogue import broke_here, start_here
from sslrefs.lessons.misconceptions import MISCONCEPTIONS
from sslrefs.lessons.scenario import Bug
from sslrefs.studio.run import run
from tests.unit.lessons.claims import places, tallies, true_words, untrue

if TYPE_CHECKING:
    from sslrefs.lessons.lesson import Lesson

NAMES = list(scenarios())
each_scenario = pytest.mark.parametrize("name", NAMES)
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def test_every_lesson_is_numbered_and_has_its_texts_and_questions() -> None:
    notebooks = [lesson.notebook for lesson in LESSONS]

    assert notebooks == sorted(set(notebooks))
    assert len(NAMES) == sum(len(lesson.scenarios) for lesson in LESSONS) >= len(LESSONS)
    assert all(len(lesson.questions) > 3 for lesson in LESSONS)


@each_scenario
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


@each_scenario
def test_the_finding_is_the_one_the_lesson_speaks_of(name: str) -> None:
    scenario = scenarios()[name]

    found = [Bug(f.kind, f.wrong_line, f.shows_line) for f in run(scenario.text).findings]

    assert found == ([] if scenario.expects.bug is None else [scenario.expects.bug])


@each_lesson
def test_questions_and_replies_claim_nothing_that_no_run_shows(lesson: Lesson) -> None:
    words = [text for question in lesson.questions for text in true_words(question)]

    assert [claim for text in words for claim in untrue(text, lesson.scenarios.values())] == []
    assert any(tallies(text) for text in words)
    assert any(places(text) for text in words)


@each_lesson
def test_one_of_the_closing_questions_asks_why(lesson: Lesson) -> None:
    closing = lesson.questions[-3:]

    assert any("why" in question.prompt.lower() for question in closing)
    assert None not in {question.answer for question in closing}


def test_every_reply_is_made_for_its_choice() -> None:
    questions = [question for lesson in LESSONS for question in lesson.questions]
    replies = [choice.reply for question in questions for choice in question.choices]

    assert len(set(replies)) == len(replies)
    assert len({(question.prompt, question.choices) for question in questions}) == len(questions)


def test_a_belief_is_met_by_a_question_that_has_an_answer() -> None:
    met = [
        (question.misconception, question.answer)
        for lesson in LESSONS
        for question in lesson.questions
        if question.misconception is not None
    ]

    assert met
    assert {belief for belief, _ in met} - set(MISCONCEPTIONS) == set()
    assert [belief for belief, answer in met if answer is None] == []


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
