"""A button that keeps its keys to itself, for the choices of a question.

JupyterLab listens for its one-letter commands unless the focused element says
that it is not to; the button of ipywidgets has no way to say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import traitlets

from sslrefs.widgets.pressed import Pressed

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ChoiceButton"]


class ChoiceButton(Pressed):
    """A button with a text.

    Attributes:
        description: The text on it.
        chosen: It is the one that was chosen, and looks so.
    """

    event = "click"
    _esm = Path(__file__).parent.parent / "static" / "choice.js"

    description = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Bool().tag(sync=True)

    def __init__(self, *, description: str, press: Callable[[], None]) -> None:
        """A button that calls `press` when it is pressed."""
        super().__init__(description=description)
        self._press = press

    def click(self) -> None:
        """Press it, as a person would."""
        self._press()

    def pressed(self, content: dict[str, object]) -> None:  # noqa: ARG002 - a click says no more
        """Do what a click asks for."""
        self.click()
