"""A notebook of the project, read and run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FOLDER",
    "Row",
    "code",
    "executed",
    "ledger_tables",
    "open_texts",
    "outputs",
    "prose",
    "read",
]

FOLDER = Path(__file__).parents[2] / "notebooks"
LIMIT = 60


class Row(NamedTuple):
    """A line of C in a table of the prose: its number, its call, and count with holders."""

    line: int
    call: str
    tally: str


def read(name: str) -> Any:
    """A notebook as it is saved."""
    return nbformat.read(FOLDER / name, as_version=4)  # type: ignore[no-untyped-call]


@cache
def executed(name: str) -> Any:
    """The notebook after Run All; a cell that raises fails the test. It runs once per session."""
    notebook = read(name)
    NotebookClient(notebook, timeout=LIMIT, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return notebook


def code(notebook: Any) -> list[str]:
    """The sources of the code cells."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook: Any) -> list[str]:
    """The texts between the code cells."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def open_texts(notebook: Any) -> dict[str, str]:
    """The ids of the cells of C that go on in others, and their texts with what is before them."""
    texts: dict[str, str] = {}
    named: dict[str, str] = {}
    for cell in notebook.cells:
        head, _, text = cell.source.partition("\n")
        words = head.split()
        if words[:1] == ["%%sslrefs"] and "--open" in words:
            above = named[words[words.index("--after") + 1]] if "--after" in words else ""
            texts[cell.id] = named[words[1]] = f"{above}{text}\n"
    return texts


def outputs(notebook: Any, kind: str) -> Iterator[tuple[str, str]]:
    """The ids of cells and their outputs of a kind, such as "text/plain"."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if kind in output.get("data", {}):
                yield cell.id, output["data"][kind]
            elif kind == "stdout" and output.get("name") == kind:
                yield cell.id, output["text"]


def ledger_tables(notebook: Any) -> Iterator[list[Row]]:
    """The tables of the prose whose first column is a line of C and whose last is a tally."""
    for source in prose(notebook):
        if "| line |" in source:
            yield list(_rows(source))


def _rows(source: str) -> Iterator[Row]:
    for line in source.splitlines():
        columns = [column.strip(" *") for column in line.strip("|").split("|")]
        if columns[0].isdigit():
            yield Row(int(columns[0]), columns[1].split("`")[1], columns[-1].split("**")[0].strip())
