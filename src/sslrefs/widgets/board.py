"""All challenges in one place: choose one, work on it, see what is solved."""

from __future__ import annotations

from typing import Any

import ipywidgets

from sslrefs.lessons.challenges import CHALLENGES, challenge_named
from sslrefs.widgets.challenge import KINDS, ChallengeBox, style
from sslrefs.widgets.progress import PROGRESS, Progress

__all__ = ["ChallengeBoard", "challenges"]


class ChallengeBoard(ipywidgets.VBox):
    """The challenges from easy to hard, one of them open.

    Attributes:
        chooser: The list to choose from; its value is the name of the open challenge.
    """

    def __init__(self, *, progress: Progress = PROGRESS) -> None:
        self._book = progress
        self._boxes: dict[str, ChallengeBox] = {}
        self._score = ipywidgets.HTML()
        self.chooser = ipywidgets.Dropdown(
            description="Challenge", options=self._options(), value=self._first_open()
        )
        self._place = ipywidgets.VBox()
        top = ipywidgets.VBox([self._score, self.chooser])
        top.add_class("sslrefs-desk")
        super().__init__([top, self._place])
        self.add_class("sslrefs-board")
        self.chooser.observe(lambda _change: self._show_chosen(), "value")
        progress.observe(lambda _change: self._note(), "best")
        self._note()
        self._show_chosen()

    @property
    def current(self) -> ChallengeBox:
        """The challenge that is open."""
        return self._boxes[self.chooser.value]

    @property
    def score(self) -> str:
        """What is solved so far, as HTML."""
        return str(self._score.value)

    def _options(self) -> list[tuple[str, str]]:
        solved = self._book.best
        return [
            (
                f"{'✓' if one.name in solved else '·'} {number}. {one.title} ({KINDS[one.kind]})",
                one.name,
            )
            for number, one in enumerate(CHALLENGES, 1)
        ]

    def _first_open(self) -> str:
        unsolved = (one.name for one in CHALLENGES if one.name not in self._book.best)
        return next(unsolved, CHALLENGES[0].name)

    def _show_chosen(self) -> None:
        """Show the chosen challenge; one that was open before is as it was left."""
        name = self.chooser.value
        if name not in self._boxes:
            self._boxes[name] = ChallengeBox(challenge_named(name), progress=self._book)
        self._place.children = [self._boxes[name]]

    def _note(self) -> None:
        """Tell the score, and mark what is solved in the list."""
        best = self._book.best
        at_par = sum(best[one.name] <= one.par for one in CHALLENGES if one.name in best)
        solved = sum(one.name in best for one in CHALLENGES)
        self._score.value = (
            f"{style()}<strong>{solved} of {len(CHALLENGES)} solved</strong>, {at_par} of them "
            "at par. They are in order of difficulty."
        )
        name = self.chooser.value
        self.chooser.options = self._options()
        self.chooser.value = name

    def __str__(self) -> str:
        return "\n".join(label for label, _name in self._options())

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The widget, with the list as text where widgets cannot be shown."""
        bundle = super()._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def challenges() -> ChallengeBoard:
    """All challenges, to choose from and to work on.

    Example:
        >>> len(challenges().chooser.options) >= 15
        True
    """
    return ChallengeBoard()
