"""How every notebook is saved and written."""

from __future__ import annotations

import re

import nbformat
import pytest

from tests.notebooks.reading import FOLDER, code, executed, outputs, prose, read

NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))

VIEW = "application/vnd.jupyter.widget-view+json"
UNSEEN = {"12_inventory.ipynb", "92_challenges.ipynb"}
"""There the learner writes or answers before anything is to be seen."""
SHOWING = re.compile(r"^(%%sslrefs|lab$|sslrefs\.(run|compare)\(|HTML\()", re.MULTILINE)

pytestmark = pytest.mark.parametrize("name", NAMES)


def test_it_is_saved_clean(name: str) -> None:
    """No outputs, no widget state, one kernel for all; the ids are words and stay."""
    notebook = read(name)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "widgets" not in notebook.metadata
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert {cell.execution_count for cell in cells} == {None}
    # A random id is eight hexadecimal digits.
    assert [cell.id for cell in notebook.cells if re.fullmatch("[0-9a-f]{8}", cell.id)] == []


def test_code_cells_are_short_and_text_tells_what_comes(name: str) -> None:
    notebook = read(name)

    assert [source for source in code(notebook) if not 1 <= len(source.splitlines()) <= 6] == []
    assert notebook.cells[0].cell_type == notebook.cells[-1].cell_type == "markdown"


def test_the_head_says_what_to_press(name: str) -> None:
    head = prose(read(name))[0]

    assert head.startswith("# ")
    for key in ("Shift+Enter", "→", "←", "Home", "End", "Esc"):
        assert key in head


def test_the_first_code_cell_loads_the_extension(name: str) -> None:
    assert code(read(name))[0].startswith("%load_ext sslrefs\nimport sslrefs")


def test_the_first_picture_comes_within_two_cells(name: str) -> None:
    if name in UNSEEN:
        return
    first = [cell for cell in executed(name).cells if cell.cell_type == "code"][:2]
    shown = {cell for kind in (VIEW, "text/html") for cell, _ in outputs(executed(name), kind)}

    assert [cell.id for cell in first if cell.id in shown and SHOWING.search(cell.source)]


def test_links_lead_to_notebooks_that_exist(name: str) -> None:
    links = [
        text.split(")")[0]
        for source in prose(read(name))
        for text in source.split("](")[1:]
        if not text.startswith("http")
    ]

    assert links
    assert [link for link in links if not (FOLDER / link).is_file()] == []
