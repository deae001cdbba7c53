"""00_start_here, after Run All: what the tests of all lessons do not see."""

from __future__ import annotations

from sslrefs.lessons.catalogue import start_here as lesson
from sslrefs.studio.run import run
from tests.notebooks.reading import code, executed, ledger_tables, outputs, read

NAME = "00_start_here.ipynb"


def test_each_player_shows_the_run_it_is_said_to_show() -> None:
    texts = dict(outputs(executed(NAME), "text/plain"))

    for cell, scenario in (
        ("count-run", lesson.COUNT),
        ("holders-run", lesson.CLEAN),
        ("bug-run", lesson.LENT),
    ):
        assert texts[cell] == str(run(scenario.text))


def test_the_first_picture_is_there_after_two_cells() -> None:
    assert code(read(NAME))[1].startswith("%%sslrefs\n")


def test_the_table_of_the_clean_run_is_its_whole_ledger() -> None:
    (table,) = ledger_tables(read(NAME))

    of_session = [t for t in lesson.CLEAN.expects.tallies if t.target == "session#1"]
    assert [(row.line, row.tally) for row in table] == [(t.line, str(t)) for t in of_session]
