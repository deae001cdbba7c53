"""The run of a text that is still being written."""

from __future__ import annotations

from functools import cached_property

from sslrefs.audit.findings import Finding, judge
from sslrefs.picture.scene import Scene
from sslrefs.studio.drawing import Drawn, draw_at_once
from sslrefs.studio.run import Run
from sslrefs.trace.timeline import Timeline

__all__ = ["OpenRun"]


class OpenRun(Run):
    """A run that may go on: what is held at its end is no leak yet, and it is drawn at once.

    >>> from sslrefs.cscript.interpreter import run_text
    >>> run = OpenRun(run_text("SSL_SESSION *s = SSL_SESSION_new();"))
    >>> run.findings, [bug.kind for bug in run.owed]
    ((), ['leak'])
    """

    def __init__(self, timeline: Timeline, before: OpenRun | None = None) -> None:
        """Takes a timeline, and the run a line ago, whose drawing may serve again."""
        super().__init__(timeline)
        self._before = before.picture if before is not None else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs so far, in the order in which they went wrong."""
        return tuple(bug for bug in self._judged if bug.kind != "leak")

    @cached_property
    def owed(self) -> tuple[Finding, ...]:
        """What would be a leak if the text ended here."""
        return tuple(bug for bug in self._judged if bug.kind == "leak")

    @cached_property
    def _judged(self) -> tuple[Finding, ...]:
        return judge(self.timeline, self.ledger)

    @cached_property
    def drawn(self) -> Drawn:
        """The picture by the router that answers at once."""
        return draw_at_once(self.scene, self._before)

    @property
    def picture(self) -> tuple[Scene, Drawn] | None:
        """The scene with its drawing, if it was drawn."""
        return (self.scene, self.drawn) if "drawn" in self.__dict__ else None
