"""The run of a text that is still being written."""

from __future__ import annotations

from functools import cached_property

from sslrefs.audit.ledger import Ledger
from sslrefs.model.objects import ObjectId
from sslrefs.picture.folding import Folded
from sslrefs.picture.narration import Narrator
from sslrefs.picture.scene import Scene
from sslrefs.picture.staging import Stage
from sslrefs.picture.table import Row, Table
from sslrefs.studio.drawing import Drawn, draw_at_once
from sslrefs.studio.run import Run
from sslrefs.trace.timeline import Step, Timeline

__all__ = ["OpenRun"]


class _Pens:
    """What writes down a run step by step, and goes on where the next run goes on.

    It may where the steps so far are the same and the ledger says the same of them.
    """

    def __init__(self, narrator: Narrator | None = None) -> None:
        self.narrator = narrator or Narrator()  # it looks itself at what it may say again
        self._table, self._stage = Table(), Stage()
        self._steps: tuple[Step, ...] = ()
        self._entries: dict[int, list[tuple[ObjectId, int, str]]] = {}

    def fit(self, timeline: Timeline, ledger: Ledger) -> bool:
        """Whether the run begins like the one that was written."""
        if len(self._steps) > len(timeline.steps):
            return False
        entries = ledger.entries_by_step()
        return all(
            before is now and self._entries.get(now.index) == entries.get(now.index)
            for before, now in zip(self._steps, timeline.steps, strict=False)
        )

    def write(self, timeline: Timeline, ledger: Ledger) -> tuple[list[list[Row]], Scene]:
        """The rows and the scene of a run that fits."""
        self._steps, self._entries = timeline.steps, ledger.entries_by_step()
        return self._table.go_on(timeline, ledger), self._stage.go_on(timeline, ledger)


class OpenRun(Run):
    """An open run that grows: it goes on from the run a line ago, and is drawn at once.

    >>> from sslrefs.cscript.interpreter import run_text
    >>> run = OpenRun(run_text("SSL_SESSION *s = SSL_SESSION_new();"))
    >>> run.findings, [bug.kind for bug in run.owed]
    ((), ['leak'])
    """

    def __init__(self, timeline: Timeline, before: OpenRun | None = None) -> None:
        """Takes a timeline, and the run a line ago, of which much may serve again."""
        super().__init__(timeline, is_open=True)
        self._before: Drawn | None = before.__dict__.get("drawn") if before is not None else None
        self._pens = before.hand_over() if before is not None else _Pens()

    def hand_over(self) -> _Pens:
        """What wrote this run, for the one that goes on: a pen is in one hand."""
        pens, self._pens = self._pens, _Pens()
        return pens

    @cached_property
    def says(self) -> list[str]:
        """What each step did, in words."""
        return self._pens.narrator.narrate(self.timeline, self.findings)

    @cached_property
    def rows(self) -> list[list[Row]]:
        """For each step the rows of the ledger table that changed."""
        return self._written[0]

    @cached_property
    def folded(self) -> Folded:
        """The scene, and which boxes of the whole one share a box in it."""
        return self._fold(self._written[1])

    @cached_property
    def _written(self) -> tuple[list[list[Row]], Scene]:
        if not self._pens.fit(self.timeline, self.ledger):
            self._pens = _Pens(self._pens.narrator)
        return self._pens.write(self.timeline, self.ledger)

    @cached_property
    def drawn(self) -> Drawn:
        """The picture by the router that answers at once."""
        return draw_at_once(self.scene, self._before)
