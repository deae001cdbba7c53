"""In a real JupyterLab: key to painted picture beside other ways to draw a step, and first pictures."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from playwright.sync_api import sync_playwright

from tests.benchmarks import others
from tests.benchmarks.programs import PICTURE_STEPS, picture
from tests.browser.conftest import ARGUMENTS, PROGRAMS
from tests.browser.jupyter import OpenNotebook, serving, write_notebook
from tests.browser.timing import time_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

__all__ = ["lines"]

_SIZES = (8, 50, 300, 2000)
_PRESSES = 25
_ROUNDS = 2  # there and back
_FEW = 5  # of drawings that take seconds

_FIRST = """(count) => new Promise((done) => {
  const began = performance.now();
  const look = () => {
    const shown = document.querySelectorAll(".sslrefs[data-loaded] .picture svg");
    if (shown.length >= count) done(performance.now() - began);
    else requestAnimationFrame(look);
  };
  jupyterapp.commands.execute("notebook:run-cell-and-select-next");
  requestAnimationFrame(look);
})"""


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if path is None:
        yield "painting: not measured, there is no Chromium"
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("lab", Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        yield from _first_pictures(page, server)
        # Last comes what may block the page for good: d3-graphviz with 2,000 objects.
        for objects in _SIZES:
            yield from _keys(page, server, objects)
            presses = _PRESSES if objects < 300 else _FEW
            yield from others.lines(page, server, Path(folder), objects, presses)
        chromium.close()


def _cell(objects: int, *, is_whole: bool = False) -> str:
    text = picture(objects)
    start = text.count(";") - PICTURE_STEPS
    whole = "shown.player.whole = True\n" if is_whole else ""
    return f'import sslrefs\nshown = sslrefs.run("""{text}""", start={start})\n{whole}shown'


def _keys(page: Page, server: JupyterServer, objects: int) -> Iterator[str]:
    for is_whole in (False, True):
        name = f"keys{objects}{is_whole}.ipynb"
        write_notebook(server.root / name, _cell(objects, is_whole=is_whole))
        notebook = OpenNotebook.open(page, server, name)
        notebook.run_all()
        how = "every box drawn" if is_whole else "as it comes"
        timing = time_keys(page, notebook.player(), _PRESSES, _ROUNDS)
        yield f"{objects:>5,} objects, {how}: {timing}"


def _first_pictures(page: Page, server: JupyterServer) -> Iterator[str]:
    sizes = (8, *_SIZES)
    write_notebook(server.root / "first.ipynb", *(_cell(objects) for objects in sizes))
    OpenNotebook.open(page, server, "first.ipynb")
    for count, objects in enumerate(sizes, start=1):
        took = cast("float", page.evaluate(_FIRST, count))
        state = "fresh kernel" if count == 1 else "warm"
        yield f"first picture of {objects:>5,} objects, {state}: {took:.0f} ms"
