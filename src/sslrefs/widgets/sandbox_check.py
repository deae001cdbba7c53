"""The check of a sandbox: its text on the libssl of this machine, step by step.

The library runs in a process of its own; here is only what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets

from sslrefs.oracle.compare import check
from sslrefs.oracle.comparison import Comparison
from sslrefs.oracle.library import LibsslNotFoundError
from sslrefs.studio.workbench import Refused, Workbench
from sslrefs.widgets.sandbox_parts import button

__all__ = ["Check"]

_IDLE = "The text so far is run on the libssl of this machine, and its counts are compared."


class Check:
    """The button, and the steps with what libssl did.

    Attributes:
        press: The button; disabled where there is no libssl, with the reason in `result`.
        result: What came of it, as HTML.
    """

    def __init__(self, bench: Workbench, guard: Callable[[Callable[[], None]], bool]) -> None:
        """`guard` does something and shows what goes wrong in it."""
        self._bench = bench
        self._is_known = False
        self._checked = ""
        self.press = button("Check on real libssl", lambda: guard(self.check))
        self.result = ipywidgets.HTML(_IDLE)
        self.box = ipywidgets.VBox([self.press, self.result])

    def refresh(self) -> None:
        """Look once whether there is a libssl, else the button is grey; forget what is old."""
        if self._is_known:
            if not self.press.disabled and self._checked != self._bench.source:
                self.result.value = _IDLE
            return
        self._is_known = True
        try:
            found = check("")
        except LibsslNotFoundError as missing:
            self._grey(str(missing))
        else:
            self.result.value = f"{_IDLE} It is {escape(found.library)}."

    def check(self) -> None:
        """Run the text on libssl and mark each step.

        Raises:
            Refused: There is nothing to run.
        """
        if not self._bench.source:
            raise Refused("There is no text to check yet.")
        try:
            found = check(self._bench.source)
        except LibsslNotFoundError as missing:
            self._grey(str(missing))
        else:
            self._checked = self._bench.source
            self.result.value = self._told(found)

    def _grey(self, why: str) -> None:
        self.press.disabled = True
        self.result.value = f"There is no libssl to check on: {escape(why)}"

    def _told(self, found: Comparison) -> str:
        steps = self._bench.run.timeline.steps
        rows = []
        for step in found.steps:
            text = escape(steps[step.step].text) if step.step < len(steps) else ""
            if step.seen is not None:
                rows.append(f"<li>⚠ undefined from here: libssl {escape(step.seen)}. {text}</li>")
            elif step.agrees:
                rows.append(f"<li>✓ agreed: {text}</li>")
            else:
                why = "; ".join(escape(str(difference)) for difference in step.differences)
                rows.append(f"<li>✗ differs: {text}: {why}</li>")
        verdict = "Model and libssl agree." if found.agrees else "Model and libssl differ."
        problem = f" Broken off: {escape(found.problem)}." if found.problem else ""
        model = escape(found.profile)
        head = f"<b>{verdict}</b>{problem} {escape(found.library)}, modelled as {model}."
        return f'{head}<ul class="sslrefs-checked" tabindex="0">{"".join(rows)}</ul>'
