"""Other ways to show a step, on the very graphs of a run: a drawing by the kernel, or in the browser.

Each is a notebook's cell with a button `step`. What is not installed is said
to be so; where a drawing takes longer than `LIMIT`, that is said too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple, cast

from playwright.sync_api import Error, expect

from tests.benchmarks.programs import PICTURE_STEPS, picture
from tests.browser.jupyter import OpenNotebook, write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

__all__ = ["by_kernel", "lines"]

LIMIT = 60
"""Seconds for one drawing."""
_FRONTEND = Path(__file__).parents[2] / "src" / "frontend"

_RUN = """\
import sslrefs, ipywidgets
from sslrefs.picture.dot import labelled
from sslrefs.studio.run import Run
run = Run(sslrefs.run('''{text}''').run.timeline, is_whole=True)
last, step = len(run.timeline.steps), 0
def moment():
    global step
    step += 1
    return last - {steps} + (step - 1) % {steps}
"""
_BUTTON = """
button = ipywidgets.Button(description="step")
button.on_click(draw)
"""
_GRAPHVIZ = (
    _RUN
    + """
import graphviz
shown = ipywidgets.HTML()
def draw(_):
    svg = graphviz.Source(labelled(run.scene, moment())).pipe("svg", encoding="utf-8")
    shown.value = svg + f"<p data-drawn='{{step}}'></p>"
"""
    + _BUTTON
    + "ipywidgets.VBox([button, shown])"
)
_MEMORY_GRAPH = (
    _RUN
    + """
import memory_graph
from memory_graph.slicer import Slicer
shown = ipywidgets.HTML()
# It draws 25 of many elements, unless all are asked for: the graphs are to be the same.
slicers = memory_graph.config.type_to_slicer
slicers.update({{kind: Slicer() for kind in slicers if isinstance(slicers[kind], Slicer)}})
ends = {{node.id: node.group or node.id for node in run.scene.nodes}}
def data(at):
    # Each object is a list of its count and of what it holds, as in a Python program.
    looks = run.scene.looks_at(at)
    boxes = {{n.id: [l.text] for n, l in zip(run.scene.nodes, looks) if n.kind != "row"}}
    for edge, look in zip(run.scene.edges, looks[len(run.scene.nodes):]):
        if look.words != "absent":
            boxes[ends[edge.source]].append(boxes[edge.target])
    return {{n.name: boxes[n.id] for n in run.scene.nodes if n.kind == "var"}}
def draw(_):
    svg = memory_graph.create_graph(data(moment())).pipe("svg", encoding="utf-8")
    shown.value = svg + f"<p data-drawn='{{step}}'></p>"
"""
    + _BUTTON
    + "ipywidgets.VBox([button, shown])"
)
_D3 = (
    _RUN
    + """
import anywidget, traitlets
class Drawn(anywidget.AnyWidget):
    _esm = open({esm!r}).read()
    dots = traitlets.List().tag(sync=True)
Drawn(dots=[labelled(run.scene, moment()) for _ in range({steps})])"""
)
_D3_MODULE = """
import { graphviz } from "d3-graphviz";
export default { render({ model, el }) {
  const [button, place, told] = ["button", "div", "p"].map((tag) => el.appendChild(document.createElement(tag)));
  button.textContent = "step";
  const dots = model.get("dots");
  let step = 0;
  const drawing = graphviz(place, { useWorker: false });
  button.onclick = () => drawing.renderDot(dots[step % dots.length], () => { told.dataset.drawn = ++step; });
} };
"""

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


class _Other(NamedTuple):
    """Another way: its name, its cell, and what is missing for it ("" if nothing)."""

    name: str
    cell: str
    missing: str


def _by_kernel() -> Iterator[_Other]:
    dot = "" if shutil.which("dot") else "there is no dot"
    yield _Other("Graphviz by the kernel", _GRAPHVIZ, dot)
    found = "" if find_spec("memory_graph") else "pip install memory-graph"
    yield _Other("memory_graph by the kernel", _MEMORY_GRAPH, dot or found)


def _in_browser(folder: Path) -> _Other:
    esm = _d3(folder)
    cell = _D3.replace("{esm!r}", repr(str(esm)))
    return _Other("d3-graphviz in the browser", cell, "" if esm else "npm could not bring it")


@cache
def _d3(folder: Path) -> Path | None:
    """d3-graphviz as one module, brought by npm."""
    made = folder / "d3.js"
    (folder / "entry.js").write_text(_D3_MODULE, encoding="utf-8")
    esbuild = _FRONTEND / "node_modules" / ".bin" / "esbuild"
    commands = (
        (
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            folder,
            "d3-graphviz",
        ),
        (esbuild, "entry.js", "--bundle", "--format=esm", "--minify", f"--outfile={made}"),
    )
    try:
        for command in commands:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ)
    except (OSError, subprocess.CalledProcessError):
        return None
    return made


def lines(
    page: Page, server: JupyterServer, folder: Path, objects: int, presses: int
) -> Iterator[str]:
    """Each other way on the graph with so many objects, a line each."""
    for other in (*_by_kernel(), _in_browser(folder)):
        yield _measured(page, server, other, objects, presses)


def by_kernel(page: Page, server: JupyterServer, objects: int, *, presses: int = 25) -> str:
    """The plainest other way: the kernel draws each step by `dot` into an ipywidgets.HTML."""
    return _measured(page, server, next(_by_kernel()), objects, presses)


def _measured(page: Page, server: JupyterServer, other: _Other, objects: int, presses: int) -> str:
    if other.missing:
        return f"  {other.name}: not measured, {other.missing}"
    name = f"other{objects}.ipynb"
    write_notebook(
        server.root / name, other.cell.format(text=picture(objects), steps=PICTURE_STEPS)
    )
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    expect(page.get_by_role("button", name="step", exact=True)).to_be_visible(timeout=60_000)
    try:
        took = [_one(page, step) for step in range(1, presses + 1)]
    except Error:
        return f"  {other.name}: a drawing takes more than {LIMIT} s"
    late = quantiles(took, n=20)[-1]
    return f"  {other.name}: {median(took):.0f}/{late:.0f} ms (median/p95)"


def _one(page: Page, step: int) -> float:
    # Begun by a timer: a drawing that blocks the page would never let this call return.
    press = f"window.took = null; setTimeout(() => ({_CLICK})(step).then((ms) => took = ms))"
    page.evaluate(f"(step) => {{ {press} }}", step)
    page.wait_for_function("took !== null", timeout=LIMIT * 1000)
    return cast("float", page.evaluate("took"))
