"""What a notebook's cell shows, as HTML to be read: pictures for players, replies folded.

Says nothing a cell does not show; runs nothing.
"""

from __future__ import annotations

import base64
import html
from functools import singledispatch
from typing import Any

from sslrefs.lessons.items import Item
from sslrefs.lessons.questions import Question
from sslrefs.studio.export import export
from sslrefs.studio.run import Run
from sslrefs.widgets.case import CaseView
from sslrefs.widgets.compared import Compared
from sslrefs.widgets.dress import marked, numbered
from sslrefs.widgets.inventory import Inventory
from sslrefs.widgets.quiz import Quiz

__all__ = ["leaf", "plain"]


def leaf(value: object) -> str:
    """A value of a cell as HTML: what JupyterLab would show, without its controls.

    >>> leaf(3)
    '<pre class="out">3</pre>'
    """
    run = getattr(value, "run", None)
    if isinstance(run, Run):
        return _film(run)
    return _leaf(value)


def plain(text: str) -> str:
    """Printed text as HTML; nothing for nothing."""
    return f'<pre class="out">{html.escape(text.rstrip())}</pre>' if text.strip() else ""


@singledispatch
def _leaf(value: Any) -> str:
    for name in ("_repr_html_", "_repr_svg_"):
        shown = getattr(value, name, lambda: None)()
        if isinstance(shown, str):
            # A drawing brings its look along, which the page's policy forbids to its own parts.
            return _image(shown, "") if shown.lstrip().startswith("<svg") else shown
    return plain(getattr(value, "plain", None) or str(value))


@_leaf.register
def _(value: Quiz) -> str:
    return _question(value.question)


@_leaf.register
def _(value: CaseView) -> str:
    case = value.case
    sources = ", ".join(
        f'<a href="{case.addresses()[source]}">{source}</a>'
        if source in case.addresses()
        else source
        for source in case.sources
    )
    broke, shows, repair = case.told()
    told = "<br>".join(marked(one) for one in (broke, shows, repair) if one)
    return (
        f"<p>{marked(case.reported)} ({sources})</p>{numbered(case.buggy)}"
        f"{_question(case.question)}"
        f"<details><summary>What became of it</summary><p>{told}</p></details>"
    )


@_leaf.register
def _(value: Compared) -> str:
    if value.both is None:
        return plain(str(value))
    both = value.both
    pictures = "".join(
        f"<figure><figcaption>{html.escape(name)}</figcaption>{_film(one)}</figure>"
        for name, one in zip(both.names, (both.left, both.right), strict=True)
    )
    return f'<p>{html.escape(both.says)}</p><div class="pair">{pictures}</div>'


@_leaf.register
def _(value: Inventory) -> str:
    # On paper the order is nobody's secret: that of the catalogue serves best.
    from sslrefs.lessons.inventory import ITEMS

    if value.round == "after":
        return "<p>The same items as before.</p>"
    return "<ol>" + "".join(f"<li>{_item(item)}</li>" for item in ITEMS) + "</ol>"


def _item(item: Item) -> str:
    count = len(item.choices)
    # The right choice is the first in the catalogue: move it, the same way every time.
    shift = len(item.name) % count
    order = [(index + shift) % count for index in range(count)]
    return numbered(item.text) + _question(item.question(order))


def _question(question: Question) -> str:
    choices = "".join(
        f"<li><details><summary>{marked(choice.text)}</summary>"
        f"<p>{_verdict(question, index)}{marked(choice.reply)}</p></details></li>"
        for index, choice in enumerate(question.choices)
    )
    return (
        f'<div class="question">{numbered(question.text)}<p>{marked(question.prompt)}</p>'
        f'<ol type="A">{choices}</ol></div>'
    )


def _verdict(question: Question, index: int) -> str:
    if question.answer is None:
        return ""
    return "✓ " if index == question.answer else "✗ "


def _film(run: Run) -> str:
    """The moment that matters most, all steps as pictures, and the same as text, folded."""
    moment = _moment(run)
    still = _image(run.svg(moment), run.caption(moment))
    film = _image(export(run, "film").decode(), "All steps; the text below says the same.")
    findings = "".join(f'<p class="finding">▲ {html.escape(f.message)}</p>' for f in run.findings)
    return (
        f"{still}{findings}<details><summary>All steps as pictures</summary>{film}</details>"
        f"<details><summary>All steps as text</summary>{plain(str(run))}</details>"
    )


def _moment(run: Run) -> int:
    """Where the first bug is, else the moment with the most references, the earliest of those."""
    if run.findings:
        return run.findings[0].wrong_step + 1
    counts = [
        sum(step.world.record(which).count for which in step.world.living())
        for step in run.timeline.steps
    ]
    return counts.index(max(counts)) + 1 if counts else 0


def _image(svg: str, words: str) -> str:
    """A drawing as an image, which keeps its names and its look to itself."""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img alt="{html.escape(words)}" src="data:image/svg+xml;base64,{data}">'
