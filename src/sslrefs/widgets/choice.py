"""A button that keeps its keys to itself, for the choices of a question.

JupyterLab listens for its one-letter commands unless the focused element says
that it is not to; the button of ipywidgets has no way to say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import traitlets

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ChoiceButton"]


class ChoiceButton(anywidget.AnyWidget):
    """A button with a text.

    Attributes:
        description: The text on it.
        chosen: It is the one that was chosen, and looks so.
    """

    _esm = Path(__file__).parent.parent / "static" / "choice.js"

    description = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Bool().tag(sync=True)

    def __init__(self, *, description: str, press: Callable[[], None]) -> None:
        """A button that calls `press` when it is pressed."""
        super().__init__(description=description)
        self._press = press
        self.on_msg(self._hear)

    def click(self) -> None:
        """Press it, as a person would."""
        self._press()

    def _hear(self, _widget: ChoiceButton, content: object, _buffers: object) -> None:
        if content == {"event": "click"}:
            self.click()
