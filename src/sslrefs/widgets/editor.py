"""A text to write in, with the button that runs it.

The text area of ipywidgets sends what is typed on its own, and later when the
kernel is busy: a press of another button may arrive before the text does.
Here the press brings the text along.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import traitlets

from sslrefs.widgets.pressed import Pressed

__all__ = ["Editor"]

_SPARE_LINES = 2


class Editor(Pressed):
    """A C text to change and to run.

    Attributes:
        value: The text; it follows what is typed.
        label: The name of the field.
        rows: How many lines are in sight.
    """

    event = "run"
    _esm = Path(__file__).parent.parent / "static" / "editor.js"

    value = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    rows = traitlets.Int(min=1).tag(sync=True)

    def __init__(self, text: str, *, label: str, run: Callable[[str], None]) -> None:
        """An editor with this text in it; `run` is given the text when Run is pressed."""
        super().__init__(value=text, label=label, rows=text.count("\n") + _SPARE_LINES)
        self._run = run

    def press(self) -> None:
        """Press Run, as a person would."""
        self._run(self.value)

    def pressed(self, content: dict[str, object]) -> None:
        """Run the text that came with the press."""
        self._run(str(content.get("text", "")))
