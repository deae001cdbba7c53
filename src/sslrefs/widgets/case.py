"""A case of the casebook in a notebook: report, lines, prediction, and then what happened.

Shows what `lessons.casebook` holds. Where it broke and how it was repaired
appears with the first answer.
"""

from __future__ import annotations

import html
from typing import Any

import ipywidgets

from sslrefs.lessons.cases import Case
from sslrefs.widgets.dress import STYLE, marked, numbered
from sslrefs.widgets.quiz import Quiz

__all__ = ["CaseView", "case"]


class CaseView:
    """A case: its report and its lines, then its question, then what became of it.

    Attributes:
        case: What is shown.
        quiz: Its question.
        box: The widget that a notebook shows.
    """

    def __init__(self, shown: Case) -> None:
        self.case = shown
        self.quiz = Quiz(shown.question)
        report = ipywidgets.HTML(
            f"{STYLE}<strong>{html.escape(shown.title)}.</strong> {marked(shown.reported)} "
            f"({_links(shown)}){numbered(shown.buggy)}"
        )
        self._told = ipywidgets.HTML()
        self.box = ipywidgets.VBox([report, self.quiz.box, self._told])
        self.box.add_class("sslrefs-quiz")
        self.quiz.observe(self._tell, names="answers")

    @property
    def told(self) -> str:
        """What became of it, as HTML; empty before the first answer."""
        return str(self._told.value)

    def _tell(self, _change: object) -> None:
        broke, shows, repair = self.case.told()
        self._told.value = (
            f'<div class="sslrefs-item">▲ {marked(broke)}<br>✖ {marked(shows)}<br>'
            f"<strong>Repair.</strong> {marked(repair)}</div>"
            if shows
            else f'<div class="sslrefs-item">{marked(broke)} {marked(repair)}</div>'
        )

    def __str__(self) -> str:
        shown = self.case
        sources = ", ".join(shown.sources)
        return f"{shown.title}. {shown.reported} ({sources})\n\n{shown.buggy}\n{self.quiz}"

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, with the case as text where widgets cannot be shown."""
        bundle = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def case(shown: Case) -> CaseView:
    """Show a case of the casebook, and ask for a prediction.

    Example:
        >>> from sslrefs.lessons.casebook import CASES
        >>> case(CASES["CLOSED_TWICE"]).told
        ''
    """
    return CaseView(shown)


def _links(shown: Case) -> str:
    addresses = shown.addresses()
    return ", ".join(
        f'<a href="{addresses[source]}" target="_blank" rel="noreferrer">{source}</a>'
        if source in addresses
        else source
        for source in shown.sources
    )
