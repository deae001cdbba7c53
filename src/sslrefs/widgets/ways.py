"""The ways of a text in a notebook: a button for each, and the player of the one chosen."""

from __future__ import annotations

import html
from functools import partial
from typing import TYPE_CHECKING

import ipywidgets

from sslrefs.studio.face import face_of
from sslrefs.widgets.choice import ChoiceButton
from sslrefs.widgets.dress import STYLE
from sslrefs.widgets.player import Player

if TYPE_CHECKING:
    from sslrefs.studio.branches import Branches

__all__ = ["Ways"]


class Ways(ipywidgets.VBox):
    """All ways as buttons; a press shows the run of one from its failure on.

    Attributes:
        chosen: The number of the way shown, 0 for the one on which nothing fails.
        buttons: One for each way, in order.
        player: The player of the way shown.
    """

    def __init__(self, branches: Branches) -> None:
        """Begins with the first way on which something is wrong."""
        self._paths = branches.paths
        words = f"<p><b>{html.escape(branches.headline)}.</b> Choose one to step through it.</p>"
        self.buttons = [
            ChoiceButton(description=label, press=partial(self.choose, number))
            for number, label in enumerate(branches.labels)
        ]
        wrong = (n for n, path in enumerate(self._paths) if path.findings)
        super().__init__()
        self._top = ipywidgets.VBox([ipywidgets.HTML(STYLE + words), *self.buttons])
        self._top.add_class("sslrefs-quiz")
        self.choose(next(wrong, 0))

    def choose(self, number: int) -> None:
        """Show one way."""
        self.chosen = number
        for index, button in enumerate(self.buttons):
            button.chosen = index == number
        run = self._paths[number].run
        failed = run.timeline.failed
        position = min(failed.step + 1, len(run.timeline.steps)) if failed else 0
        self.player = Player(**face_of(run)._asdict(), position=position)
        self.children = (self._top, self.player)
