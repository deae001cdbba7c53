"""The course has no hole: every misconception is met, and every call of the table is walked."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from sslrefs.lessons import LESSONS
from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.catalogue.walks import WALKS
from sslrefs.lessons.coverage import beliefs, beliefs_table, calls, calls_table, script
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.lesson import CLOSING
from sslrefs.lessons.misconceptions import MISCONCEPTIONS
from sslrefs.model.calls import CALLS
from tests.notebooks.reading import code, prose, read

TRAINERS = "99_for_trainers.ipynb"
FOLDER = Path(__file__).parents[2] / "notebooks"


def test_each_misconception_is_met_by_a_prediction_and_by_an_item() -> None:
    rows = beliefs()

    assert [row.name for row in rows] == list(MISCONCEPTIONS)
    assert [row.name for row in rows if not (row.notebook and row.question and row.item)] == []


def test_a_belief_is_met_before_the_run_that_shakes_it() -> None:
    closing = {question.prompt for lesson in LESSONS for question in lesson.questions[-CLOSING:]}

    # Whose bug it is, lesson 06 lets people vote on at its head, and tells at its end.
    assert [row.name for row in beliefs() if row.question in closing] == ["library-crashed"]


def test_a_prediction_that_meets_a_belief_has_an_answer_and_a_reply_to_each_choice() -> None:
    lessons = [question for lesson in LESSONS for question in lesson.questions]
    asked = [*lessons, *(case.question for case in CASES.values()), *(i.question() for i in ITEMS)]
    meeting = [question for question in asked if question.misconception is not None]

    assert len(meeting) >= 2 * len(MISCONCEPTIONS)
    for question in meeting:
        assert question.answer is not None
        assert all(len(choice.reply.split()) >= 4 for choice in question.choices), question.prompt


def test_each_call_of_the_table_is_walked() -> None:
    rows = calls()

    assert [row.call for row in rows] == list(CALLS)
    assert [row.call for row in rows if not row.notebook] == []


def test_the_notebooks_that_are_named_exist_and_show_what_they_are_named_for() -> None:
    named = {row.notebook for row in beliefs()} | {row.notebook for row in calls()}

    assert [name for name in named if not (FOLDER / name).is_file()] == []
    cases = "\n".join(code(read("11_casebook.ipynb")))
    assert [name for name in CASES if f'CASES["{name}"]' not in cases] == []
    walks = "\n".join(code(read("91_against_the_real_library.ipynb")))
    assert [name for name in WALKS if f'WALKS["{name}"]' not in walks] == []


def test_the_tables_are_shown_to_trainers() -> None:
    shown = "\n".join(code(read(TRAINERS)))

    assert "coverage.beliefs_table()" in shown
    assert "coverage.calls_table()" in shown
    assert beliefs_table().count("\n") == len(MISCONCEPTIONS) + 1
    assert f"Each of the {len(CALLS)} calls" in "\n".join(prose(read(TRAINERS)))
    named = re.findall(r"`(\w+)`", calls_table())
    assert sorted(named) == sorted(CALLS)


@pytest.mark.parametrize("minutes", [60, 120])
def test_the_plan_fills_its_minutes_and_every_lesson_in_it_has_its_script(minutes: int) -> None:
    texts = prose(read(TRAINERS))
    (plan,) = [text for text in texts if text.startswith(f"## {minutes} minutes")]
    times = [tuple(map(int, row)) for row in re.findall(r"^\| (\d+)–(\d+) \|", plan, re.MULTILINE)]
    lessons = {number for number in re.findall(r"\[(\d\d)\]\(", plan) if number < "11"}

    assert times[0][0] == 0
    assert times[-1][1] == minutes
    assert all(end == begin for (_, end), (begin, _) in pairwise(times)), times
    shown = "\n".join(code(read(TRAINERS)))
    assert [number for number in lessons if f'script("{number}")' not in shown] == []


def test_the_script_has_each_question_and_each_reply() -> None:
    for lesson in LESSONS:
        said = script(lesson.notebook)
        for question in lesson.questions:
            assert question.prompt in said
            assert all(choice.reply in said for choice in question.choices)


def test_a_script_of_no_lesson_is_refused() -> None:
    with pytest.raises(ValueError, match="'77' is no lesson; the lessons are 00, 01"):
        script("77")
