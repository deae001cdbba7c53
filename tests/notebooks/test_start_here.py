"""00_start_here, after Run All."""

from __future__ import annotations

from sslrefs.lessons.catalogue import start_here as lesson
from sslrefs.studio.run import run
from tests.notebooks.reading import c_texts, code, executed, outputs, prose, read
from tests.unit.lessons.claims import tallies, untrue

NAME = "00_start_here.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"


def test_each_player_shows_the_run_of_its_scenario() -> None:
    texts = dict(outputs(executed(NAME), "text/plain"))

    for cell, scenario in (
        ("count-run", lesson.COUNT),
        ("holders-run", lesson.CLEAN),
        ("bug-run", lesson.LENT),
    ):
        assert texts[cell] == str(run(scenario.text))


def test_every_player_and_every_question_is_a_widget() -> None:
    views = [cell for cell, _ in outputs(executed(NAME), VIEW)]

    assert views == [
        "count-run",
        "holders-ask",
        "holders-run",
        "bug-ask",
        "bug-run",
        "question-1",
        "question-2",
        "question-3",
    ]


def test_the_first_picture_is_there_after_two_cells() -> None:
    assert code(read(NAME))[1].startswith("%%sslrefs\n")


def test_the_texts_are_those_of_the_lesson() -> None:
    texts = [text.strip() for text in c_texts(read(NAME))]

    assert texts == [lesson.COUNT.text.strip(), lesson.CLEAN.text.strip()]


def test_the_prose_claims_nothing_that_no_run_shows() -> None:
    texts = prose(read(NAME))
    scenarios = lesson.SCENARIOS.values()

    assert [claim for text in texts for claim in untrue(text, scenarios)] == []
    assert len(set().union(*map(tallies, texts))) == 7


def test_the_table_of_the_clean_run_is_its_ledger() -> None:
    table = next(text for text in prose(read(NAME)) if "| line |" in text)
    rows = [
        [cell.strip(" *") for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("| ") and line[2].isdigit()
    ]

    shown = {int(row[0]): row[2] for row in rows}

    tallies_of_session = [t for t in lesson.CLEAN.expects.tallies if t.target == "session#1"]
    assert shown == {tally.line: str(tally) for tally in tallies_of_session}
    for row in rows:
        assert row[1].split("`")[1] in lesson.CLEAN.text.splitlines()[int(row[0]) - 1]
