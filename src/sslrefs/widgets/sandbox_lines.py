"""The lines of a sandbox's text: changed, deleted, forked from, copied, written anew.

Asks the workbench for all of it.
"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from sslrefs.studio.workbench import Workbench
from sslrefs.widgets.editor import Editor
from sslrefs.widgets.line import LineField
from sslrefs.widgets.sandbox_parts import button

__all__ = ["Lines"]

_ROWS = 9


class Lines:
    """Chooses a line and what becomes of it.

    Attributes:
        line: The chosen line, by its number.
        field: What it shall say.
        branch: The ways the text went on.
        whole: The whole text, to copy or to write and run anew.
    """

    def __init__(self, bench: Workbench, attempt: Callable[[Callable[[], None]], bool]) -> None:
        """`attempt` does something to the workbench and says what came of it."""
        self._bench = bench
        self.line = ipywidgets.Dropdown(description="line")
        self.field = LineField(
            "what the line shall say",
            "Change",
            lambda text: attempt(lambda: bench.edit(self.number, text)),
        )
        self.branch = ipywidgets.Dropdown(description="branch")
        self._attempt = attempt
        self.whole = Editor(bench.source, label="The whole text", run=self._write_anew)
        self.whole.rows = _ROWS
        self._is_refreshing = False
        self.delete = button("Delete", lambda: attempt(lambda: bench.edit(self.number, "")))
        self.fork = button(
            "Fork here",
            lambda: attempt(lambda: bench.fork(self.number)),
            tip="Go on from this line in another direction; this text stays as a branch",
        )
        self.line.observe(lambda _change: self._fill(), "value")
        self.branch.observe(lambda _change: self._switch(), "value")
        self.box = ipywidgets.VBox(
            [
                *(self.line, self.field),
                ipywidgets.HBox([self.delete, self.fork]),
                *(self.branch, self.whole),
            ]
        )
        for wide in (self.line, self.branch):
            wide.layout.width = "100%"
        self.refresh()

    @property
    def number(self) -> int:
        """The number of the chosen line, 0 if there is none."""
        return int(self.line.value or 0)

    def refresh(self) -> None:
        """Show the text as it is now."""
        self._is_refreshing = True
        lines = self._bench.lines
        before, count = self.number, len(self.line.options)
        self.line.options = [(f"{number}  {text}", number) for number, text in enumerate(lines, 1)]
        if lines:
            self.line.value = before if before and len(lines) == count else len(lines)
        self._fill()
        for pressed in (self.delete, self.fork):
            pressed.disabled = not lines
        self.branch.options = [
            (f"{at + 1}, from line {branch.line}" if branch.line else f"{at + 1}", at)
            for at, branch in enumerate(self._bench.branches)
        ]
        self.branch.value = self._bench.current
        self.branch.layout.display = None if len(self._bench.branches) > 1 else "none"
        self.whole.value = self._bench.source
        self._is_refreshing = False

    def _fill(self) -> None:
        lines = self._bench.lines
        self.field.show(lines[self.number - 1] if 0 < self.number <= len(lines) else "")

    def _switch(self) -> None:
        chosen = self.branch.value
        if not self._is_refreshing and chosen is not None:
            self._attempt(lambda: self._bench.switch(int(chosen)))

    def _write_anew(self, text: str) -> None:
        self._attempt(lambda: self._bench.start(text))
