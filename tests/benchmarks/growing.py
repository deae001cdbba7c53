"""In a real JupyterLab: a line typed into the sandbox, from Enter to the painted picture.

Typed with the pause that a hand needs at least, and beside it as fast as a
script can: then the motion of the line before is still running, and every
other line waits for TCP. Jupyter's server leaves Nagle's algorithm on, and the
browser's system delays its acknowledgement by 40 ms where it has just sent.

Beside that a redraw of as many objects by `dot` and ipywidgets.HTML, and the
kernel's own part of a line, from the text to the patch that travels.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, cast

from playwright.sync_api import expect, sync_playwright

from sslrefs.widgets.sandbox import Live
from tests.benchmarks.others import by_kernel
from tests.browser.conftest import ARGUMENTS, PROGRAMS
from tests.browser.jupyter import OpenNotebook, serving, write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

__all__ = ["growing_text", "lines"]

_SIZES = (8, 25, 50)
_LINES = 200
_LATEST = 40
_PAUSE = 400
"""Milliseconds between two lines of a hand; the motion of a line takes 280."""
_REST = "(pause) => new Promise((done) => setTimeout(done, pause))"

# A message posted from an animation frame is handled after that frame was painted.
_WATCH = """() => {
  window.painted = [];
  let came = 0;
  addEventListener("keydown", (event) => { if (event.key === "Enter") came = event.timeStamp; }, { capture: true });
  const root = document.querySelector(".sslrefs[data-loaded]");
  let shown = root.dataset.step;
  new MutationObserver(() => {
    const step = root.dataset.step;
    if (!step || step === shown) return;
    shown = step;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => painted.push(performance.now() - came);
      channel.port2.postMessage(null);
    });
  }).observe(root, { attributes: true, attributeFilter: ["data-step"] });
}"""


def growing_text(objects: int, lines: int = _LINES) -> list[str]:
    """So many lines that end with so many objects, which come evenly among counting calls."""
    makers = ["SSL_CTX *ctx = SSL_CTX_new(TLS_method());"]
    number = 0
    while len(makers) < objects - 1:
        number += 1
        makers += [
            f"SSL *a{number} = SSL_new(ctx);",
            f"SSL_SESSION *s{number} = SSL_SESSION_new();",
        ]
    text = ["SSL_SESSION *s = SSL_SESSION_new();"]
    for at in range(lines - 1):
        due = (at + 1) * (objects - 1) // (lines - 1)
        if due > at * (objects - 1) // (lines - 1):
            text.append(makers[due - 1])
        else:
            text.append(("SSL_SESSION_up_ref(s);", "SSL_SESSION_free(s);")[at % 2])
    return text


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    for objects in _SIZES:
        yield _in_the_kernel(objects)
    path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if path is None:
        yield "in JupyterLab: not measured, there is no Chromium"
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        serving("lab", Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        for objects in _SIZES:
            for pause in (_PAUSE, 0):
                yield _typed(page, server, objects, pause)
            yield by_kernel(page, server, objects)
        chromium.close()


def _told(took: list[float]) -> str:
    return f"{median(took):.1f}/{quantiles(took, n=20)[-1]:.1f} ms"


def _in_the_kernel(objects: int) -> str:
    lab = Live()
    took = []
    for line in growing_text(objects):
        began = process_time()
        lab.c(line)
        took.append((process_time() - began) * 1000)
    lab.player.close()
    return (
        f"{objects:>3} objects, processor time of the kernel for one of {_LINES} lines:"
        f" first {_LATEST} {_told(took[:_LATEST])}, latest {_LATEST} {_told(took[-_LATEST:])}"
    )


def _typed(page: Page, server: JupyterServer, objects: int, pause: int) -> str:
    name = f"growing{objects}-{pause}.ipynb"
    write_notebook(server.root / name, "import sslrefs\nsslrefs.sandbox()")
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    root = notebook.player()
    field = page.get_by_placeholder("a line of C")
    page.evaluate(_WATCH)
    for number, line in enumerate(growing_text(objects), start=1):
        field.fill(line)
        field.press("Enter")
        page.wait_for_function("(count) => painted.length === count", arg=number)
        expect(field).to_have_value("")
        page.evaluate(_REST, pause)
    expect(root).to_have_attribute("data-step", str(_LINES))
    took = cast("list[float]", page.evaluate("painted"))
    return (
        f"{objects:>3} objects, Enter to painted, typed {'by hand' if pause else 'by a script'}:"
        f" {_LINES} lines {_told(took)},"
        f" latest {_LATEST} {_told(took[-_LATEST:])} (median/p95)"
    )
