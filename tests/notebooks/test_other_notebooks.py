"""The notebooks that are no lesson, after Run All: casebook, inventory, real library, trainers."""

from __future__ import annotations

import pytest

from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.catalogue.walks import WALKS
from sslrefs.lessons.coverage import beliefs_table, calls_table
from sslrefs.studio.run import run
from sslrefs.widgets.compared import compare
from tests.notebooks.reading import FOLDER, code, executed, outputs, prose, read
from tests.unit.lessons.claims import untrue

CASEBOOK, INVENTORY = "11_casebook.ipynb", "12_inventory.ipynb"
LIBRARY, TRAINERS = "91_against_the_real_library.ipynb", "99_for_trainers.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"


def test_each_case_is_shown_and_run() -> None:
    texts = dict(outputs(executed(CASEBOOK), "text/plain"))

    for name, case in CASES.items():
        slug = name.lower().replace("_", "-")
        assert case.buggy in texts[f"{slug}-ask"]
        assert texts[f"{slug}-runs"] == str(compare(case.buggy, case.fixed))
        assert case.title in "".join(prose(read(CASEBOOK)))
    assert f"{len(CASES)} public reports" in prose(read(CASEBOOK))[0]


def test_both_rounds_of_the_inventory_begin_at_their_first_item() -> None:
    views = [cell for cell, _ in outputs(executed(INVENTORY), VIEW)]
    pages = dict(outputs(executed(INVENTORY), "text/plain"))

    assert views == ["before-ask", "after-ask"]
    assert "  A. " in pages["before-ask"]
    assert not (FOLDER / "inventory-results.json").exists()


def test_each_walk_is_shown() -> None:
    texts = dict(outputs(executed(LIBRARY), "text/plain"))

    for name, walk in WALKS.items():
        assert texts[f"{name.replace('_', '-')}-run"] == str(run(walk.text))


def test_what_is_told_of_the_walks_is_shown_by_them() -> None:
    claims = [claim for text in prose(read(LIBRARY)) for claim in untrue(text, WALKS.values())]

    assert claims == []


@pytest.mark.libssl
@pytest.mark.usefixtures("library")
def test_the_library_agrees_on_all_walks() -> None:
    texts = dict(outputs(executed(LIBRARY), "text/plain"))
    said = {
        cell: text.strip().splitlines()[-1]
        for cell, text in texts.items()
        if cell.endswith("-check")
    }

    assert "not compared" in texts["wrong-check"]
    newer = said.pop("newer-flush-check")
    assert "agree at all" in newer or "has no function SSL_CTX_flush_sessions_ex" in newer
    said.pop("wrong-check")
    assert len(said) == len(WALKS)
    assert [cell for cell, last in said.items() if "agree at all" not in last] == []


def test_trainers_see_the_tables_and_the_scripts() -> None:
    tables = dict(outputs(executed(TRAINERS), "text/markdown"))

    assert tables["beliefs-table"] == beliefs_table()
    assert tables["calls-table"] == calls_table()
    scripts = [source for source in code(read(TRAINERS)) if "script(" in source]
    assert len(scripts) == len([cell for cell in tables if cell.startswith("script-")])
