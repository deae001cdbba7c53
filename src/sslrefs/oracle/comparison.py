"""The result of holding model and libssl side by side, as plain values.

No native code here: a comparison can be sent from one process to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["Comparison", "Difference", "StepComparison", "step_from_json", "step_to_json"]


class Difference(NamedTuple):
    """One thing on which the two disagree."""

    what: str
    model: str
    libssl: str

    def __str__(self) -> str:
        return f"{self.what}: the model says {self.model}, libssl says {self.libssl}"


class StepComparison(NamedTuple):
    """What was found after one step.

    `seen` is set where undefined behaviour begins: what libssl did with that
    step in a process of its own. Nothing is compared there.
    """

    step: int
    differences: tuple[Difference, ...] = ()
    seen: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole run on one library.

    `library` is the version text of the libssl that ran, `path` the name it
    was loaded by, `profile` the library that the model was. The steps end
    with the first one that differs, or where undefined behaviour begins.
    `problem` says why the comparison broke off before its end: libssl crashed
    or hung where the model sees nothing undefined.
    """

    library: str
    path: str
    profile: str
    steps: tuple[StepComparison, ...]
    problem: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether model and libssl agree at every step that could be compared."""
        return self.problem is None and all(step.agrees for step in self.steps)

    @property
    def seen(self) -> StepComparison | None:
        """The step where undefined behaviour begins, if the run has one."""
        return next((step for step in self.steps if step.seen is not None), None)


def step_to_json(step: StepComparison) -> dict[str, Any]:
    """A step as JSON carries it."""
    differences = [difference._asdict() for difference in step.differences]
    return {"step": step.step, "differences": differences, "seen": step.seen}


def step_from_json(data: dict[str, Any]) -> StepComparison:
    """The step that `step_to_json` wrote.

    >>> step_from_json(step_to_json(StepComparison(3)))
    StepComparison(step=3, differences=(), seen=None)
    """
    differences = tuple(Difference(**one) for one in data["differences"])
    return StepComparison(data["step"], differences, data["seen"])
