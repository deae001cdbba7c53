"""In a real JupyterLab: key to painted picture, beside a drawing per step by way of the kernel."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, cast

from playwright.sync_api import expect, sync_playwright

from tests.benchmarks.programs import picture
from tests.browser.conftest import ARGUMENTS, PROGRAMS
from tests.browser.jupyter import OpenNotebook, serving, write_notebook
from tests.browser.timing import time_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

__all__ = ["by_kernel", "lines"]

_SIZES = (8, 50, 300)
_PRESSES = 25

_BY_KERNEL = """\
import graphviz, ipywidgets
shown = ipywidgets.HTML()
button = ipywidgets.Button(description="step")
step = 0
def draw(_=None):
    global step
    step += 1
    graph = graphviz.Digraph(graph_attr={{"rankdir": "LR"}})
    graph.node("ctx", f"SSL_CTX {{step}}")
    for number in range({objects} // 2):
        graph.edge(f"ssl{{number}}", "ctx")
        graph.edge(f"ssl{{number}}", f"session{{number}}")
    shown.value = graph.pipe("svg", encoding="utf-8") + f"<p data-drawn='{{step}}'></p>"
button.on_click(draw)
ipywidgets.VBox([button, shown])"""

# A message posted from an animation frame is handled after that frame was painted.
_CLICK = """(step) => new Promise((done) => {
  const began = performance.now();
  const look = () => {
    if (document.querySelector(`[data-drawn="${step}"]`)) {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - began);
      channel.port2.postMessage(null);
    } else requestAnimationFrame(look);
  };
  [...document.querySelectorAll("button")].find((one) => one.textContent === "step").click();
  requestAnimationFrame(look);
})"""

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
        for objects in _SIZES:
            yield from _keys(page, server, objects)
        yield from _first_pictures(page, server)
        chromium.close()


def _cell(objects: int) -> str:
    return f'import sslrefs\nsslrefs.run("""{picture(objects)}""")'


def _keys(page: Page, server: JupyterServer, objects: int) -> Iterator[str]:
    name = f"keys{objects}.ipynb"
    write_notebook(server.root / name, _cell(objects))
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    yield f"{objects:>3} objects: {time_keys(page, notebook.player(), _PRESSES)}"
    yield by_kernel(page, server, objects)


def by_kernel(page: Page, server: JupyterServer, objects: int) -> str:
    """The alternative: the kernel draws each step by `dot` into an ipywidgets.HTML."""
    if shutil.which("dot") is None:
        return "  a drawing per step: not measured, there is no dot"
    name = f"kernel{objects}.ipynb"
    write_notebook(server.root / name, _BY_KERNEL.format(objects=objects))
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    expect(page.get_by_role("button", name="step", exact=True)).to_be_visible()
    took = [cast("float", page.evaluate(_CLICK, step)) for step in range(1, _PRESSES + 1)]
    late = quantiles(took, n=20)[-1]
    return f"  a drawing per step by the kernel: {median(took):.1f}/{late:.1f} ms (median/p95)"


def _first_pictures(page: Page, server: JupyterServer) -> Iterator[str]:
    sizes = (8, *_SIZES)
    write_notebook(server.root / "first.ipynb", *(_cell(objects) for objects in sizes))
    OpenNotebook.open(page, server, "first.ipynb")
    for count, objects in enumerate(sizes, start=1):
        took = cast("float", page.evaluate(_FIRST, count))
        state = "fresh kernel" if count == 1 else "warm"
        yield f"first picture of {objects:>3} objects, {state}: {took:.0f} ms"
