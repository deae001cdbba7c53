"""A field for one line of C with its button, and what keeps a panel's keys to itself.

The text field of ipywidgets sends what is typed on its own, and later when the
kernel is busy. Here the press brings the text along.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from sslrefs.widgets.pressed import Pressed

__all__ = ["LineField", "Quiet"]

_STATIC = Path(__file__).parent.parent / "static"


class LineField(Pressed):
    """A line of C to type.

    Attributes:
        value: The text that the kernel put there last; what is typed comes with a press.
        label: The name of the field.
        button: The word on its button.
    """

    event = "take"
    _esm = _STATIC / "line.js"

    value = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)

    def __init__(self, label: str, button: str, take: Callable[[str], object]) -> None:
        """A field whose text is given to `take` by Enter or its button."""
        super().__init__(label=label, button=button)
        self._take = take

    def show(self, text: str) -> None:
        """Put a text into the field, whatever was typed there."""
        self.value = text
        self.send({"show": text})

    def pressed(self, content: dict[str, object]) -> None:
        """Take the line that came with the press."""
        self._take(str(content.get("text", "")))


class Quiet(anywidget.AnyWidget):
    """Keeps the keys that are pressed in its panel from JupyterLab's one-letter commands."""

    _esm = _STATIC / "quiet.js"
