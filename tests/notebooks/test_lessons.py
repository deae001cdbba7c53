"""What holds for every lesson's notebook, after Run All."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from sslrefs.lessons import LESSONS
from sslrefs.lessons.challenges import CHALLENGES
from sslrefs.lessons.lesson import CLOSING
from sslrefs.studio.run import run
from tests.notebooks.reading import (
    code,
    executed,
    ledger_tables,
    open_texts,
    outputs,
    prose,
    read,
)
from tests.unit.lessons.claims import tallies, untrue

if TYPE_CHECKING:
    from sslrefs.lessons.lesson import Lesson

pytestmark = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)

VIEW = "application/vnd.jupyter.widget-view+json"
ASK = "sslrefs.ask("
CHALLENGE = "sslrefs.challenge("
WIDGETS = (ASK, CHALLENGE)


def deed(source: str) -> str:
    """What a code cell does, apart from the setup that a first one begins with."""
    return source.rpartition(" as lesson\n\n")[-1]


def deeds(lesson: Lesson) -> list[str]:
    """What the code cells do, in their order."""
    return [deed(source) for source in code(read(lesson.notebook))]


def cells(lesson: Lesson) -> list[Any]:
    """The cells of the lesson's notebook after Run All."""
    return list(executed(lesson.notebook).cells)


def players(lesson: Lesson) -> dict[str, str]:
    """The ids of the cells that show a player, and its run as text."""
    sources = {cell.id: deed(cell.source) for cell in cells(lesson)}
    shown = dict(outputs(executed(lesson.notebook), "text/plain"))
    views = [cell for cell, _ in outputs(executed(lesson.notebook), VIEW)]
    return {cell: shown[cell] for cell in views if not sources[cell].startswith(WIDGETS)}


def test_each_player_shows_the_run_of_a_scenario(lesson: Lesson) -> None:
    known = {str(run(scenario.text)) for scenario in lesson.scenarios.values()}
    begun = open_texts(read(lesson.notebook))
    shown = players(lesson)

    assert shown
    assert [cell for cell in shown if cell not in begun and shown[cell] not in known] == []


def test_a_text_that_goes_on_in_another_cell_begins_a_scenario(lesson: Lesson) -> None:
    shown = players(lesson)

    for cell, text in open_texts(read(lesson.notebook)).items():
        assert shown[cell] == str(run(text, is_open=True))
        assert any(scenario.text.startswith(text) for scenario in lesson.scenarios.values())


def test_the_questions_are_those_of_the_lesson_in_their_order(lesson: Lesson) -> None:
    module = import_module(f"sslrefs.lessons.catalogue.{lesson.name}")
    asked = [
        getattr(module, source.removeprefix(f"{ASK}lesson.").removesuffix(")"))
        for source in deeds(lesson)
        if source.startswith(ASK)
    ]

    assert asked == list(lesson.questions)


def test_the_text_of_a_prediction_can_be_read_before_it_runs(lesson: Lesson) -> None:
    """With the question, in the cell that runs it, or above where one line of it changes."""
    module = import_module(f"sslrefs.lessons.catalogue.{lesson.name}")
    changed = (".replace(", "HTML(", "wrong")
    sources = deeds(lesson)
    unread = []
    for index, source in enumerate(sources):
        question = getattr(module, source.removeprefix(f"{ASK}lesson.").removesuffix(")"), None)
        if question not in lesson.questions[:-CLOSING] or question.text or question.answer is None:
            continue
        shown = next(one for one in sources[index:] if not one.startswith(ASK))
        if not shown.startswith("%%sslrefs") and not any(how in shown for how in changed):
            unread.append(source)

    assert unread == []


def test_what_is_predicted_is_shown_afterwards(lesson: Lesson) -> None:
    """Between a prediction and its picture stand only other questions and words."""
    shows = {
        *players(lesson),
        *(cell for cell, _ in outputs(executed(lesson.notebook), "text/html")),
    }
    marks = [
        "ask" if deed(cell.source).startswith(ASK) else "show"
        for cell in cells(lesson)
        if deed(cell.source).startswith(ASK) or cell.id in shows
    ]

    assert marks[-3:] == ["ask"] * 3
    assert "show" in marks
    assert marks.index("ask") < len(marks) - 3
    assert "".join(mark[0] for mark in marks[:-3]).endswith("s")


def test_the_prose_claims_nothing_that_no_run_shows(lesson: Lesson) -> None:
    texts = prose(read(lesson.notebook))

    assert [claim for one in texts for claim in untrue(one, lesson.scenarios.values())] == []
    assert set().union(*map(tallies, texts))


def test_the_signs_stand_at_the_lines_that_are_named(lesson: Lesson) -> None:
    bugs = [run(scenario.text).findings for scenario in lesson.scenarios.values()]
    lines: dict[str, set[int | None]] = {
        "▲": {bug.wrong_line for found in bugs for bug in found},
        "✖": {bug.shows_line for found in bugs for bug in found},
    }

    for text in prose(read(lesson.notebook)):
        assert "stands in" not in text
        for sign, line in re.findall(r"([▲✖]) stands at\s+line (\d+)", text):
            assert int(line) in lines[sign], text


def test_a_table_of_lines_is_the_ledger_of_a_scenario(lesson: Lesson) -> None:
    for table in ledger_tables(read(lesson.notebook)):
        matching = [
            scenario
            for scenario in lesson.scenarios.values()
            if all(
                str(row.tally) in {str(t) for t in scenario.expects.tallies if t.line == row.line}
                and row.call in scenario.text.splitlines()[row.line - 1]
                for row in table
            )
        ]

        assert matching, table


def test_it_ends_with_a_challenge_and_three_questions(lesson: Lesson) -> None:
    last = [source for source in code(read(lesson.notebook)) if source.startswith(WIDGETS)][-4:]

    assert [source.startswith(ASK) for source in last] == [False, True, True, True]
    assert code(read(lesson.notebook))[-4:] == last
    assert "## Three questions" in prose(read(lesson.notebook))[-2]


def test_the_last_words_lead_on(lesson: Lesson) -> None:
    """To the next lesson, and after the last one to the casebook; and to the manual pages."""
    last = prose(read(lesson.notebook))[-1]
    order = [*(one.notebook for one in LESSONS), "11_casebook.ipynb"]
    following = order[order.index(lesson.notebook) + 1]

    assert last.startswith("## Take away\n")
    assert f"\nNext: [{following[:2]}, " in last
    assert f"]({following})" in last
    assert "manual page" in last
    assert "(3)" in last


def test_the_challenges_it_offers_are_those_of_the_lesson(lesson: Lesson) -> None:
    offered = [
        source.removeprefix(CHALLENGE).strip(')"')
        for source in code(read(lesson.notebook))
        if source.startswith(CHALLENGE)
    ]
    own = {challenge.name for challenge in CHALLENGES if challenge.lesson == lesson.name}

    assert sorted(offered) == sorted(own)
