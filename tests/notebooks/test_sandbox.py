"""90_sandbox, after Run All: the lines of its cells grew the graphs they are said to grow."""

from __future__ import annotations

from tests.notebooks.reading import code, executed, outputs, read

NAME = "90_sandbox.ipynb"


def test_the_first_picture_is_there_after_two_cells() -> None:
    texts = dict(outputs(executed(NAME), "application/vnd.jupyter.widget-view+json"))

    assert code(read(NAME))[1] == "lab"
    assert list(texts) == ["panel", "live"]


def test_lines_from_cells_say_what_they_did() -> None:
    texts = dict(outputs(executed(NAME), "text/plain"))

    assert texts["new"] == "session#1 is new with count 1, held by mine."
    assert texts["up-ref"] == "session#1: 1 → 2, mine takes one."
    first, second = texts["grow"].split("\n")
    assert first == "session#1: 1 → 0, other gives one back, its memory goes."
    assert second.startswith("Undefined behaviour: SSL_SESSION_free touches session#1")
