"""Two questions people ask of a run: why is it still alive, and who freed it?"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.audit.ledger import Ledger
from sslrefs.model.objects import ObjectId
from sslrefs.model.outcome import CountChanged, Destroyed
from sslrefs.trace.timeline import Step, Timeline

__all__ = ["Answer", "Reason", "who_freed", "why_alive"]


class Reason(NamedTuple):
    """One holder, and the statement that took its reference."""

    holder: str
    step: int
    line: int
    text: str


class Answer(NamedTuple):
    """An answer in a sentence, and the places that support it."""

    says: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        lines = [f"  {r.holder}: line {r.line}, {r.text}" for r in self.reasons]
        return "\n".join([self.says, *lines])


def why_alive(timeline: Timeline, ledger: Ledger, target: ObjectId, step: int = -1) -> Answer:
    """Who holds an object after a step (-1: the last), and which statements took the references.

    >>> from sslrefs.audit.ledger import keep_ledger
    >>> from sslrefs.cscript.interpreter import run_text
    >>> run = run_text("SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_up_ref(s);")
    >>> print(why_alive(run, keep_ledger(run), ObjectId("session", 1)))
    session#1 is alive: its count is 2.
      s: line 1, SSL_SESSION *s = SSL_SESSION_new();
      s: line 1, SSL_SESSION_up_ref(s);
    """
    index = step if step >= 0 else len(timeline.steps) + step
    if target not in timeline.objects():
        return Answer(f"there is no {target} in this run", ())
    born = ledger.births[target]
    if born > index:
        return Answer(f"{target} does not exist yet: line {timeline.steps[born].line} makes it", ())
    record = timeline.world_after(index).record(target)
    if not record.alive:
        return Answer(f"{target} is gone", ())
    reasons = tuple(_reasons(timeline, ledger, target, index))
    says = f"{target} is alive: its count is {record.count}"
    if record.count != len(reasons):
        says += f", though {len(reasons)} hold it"
    return Answer(f"{says}.", reasons)


def _reasons(timeline: Timeline, ledger: Ledger, target: ObjectId, index: int) -> list[Reason]:
    """The holders that are left, each with the step that took its reference."""
    taken: list[tuple[str, int]] = []
    for entry in ledger.accounts[target].entries:
        if entry.step > index:
            break
        if entry.sign > 0:
            taken.append((entry.label, entry.step))
        else:
            place = next((i for i, (label, _) in enumerate(taken) if label == entry.label), None)
            if place is not None:
                taken.pop(place)
    return [_reason(timeline.steps[step], label) for label, step in taken]


def _reason(step: Step, holder: str) -> Reason:
    return Reason(holder, step.index, step.line, step.text)


def who_freed(timeline: Timeline, ledger: Ledger, target: ObjectId) -> Answer:
    """Which statements gave references back, down to the one after which the memory went."""
    died = ledger.deaths.get(target)
    if died is None:
        return Answer(f"nobody: {target} is alive at the end", ())
    reasons = []
    for step in timeline.steps[: died + 1]:
        for event in step.events:
            if isinstance(event, CountChanged) and event.target == target:
                if event.after < event.before:
                    reasons.append(_reason(step, f"{event.before} → {event.after}"))
            elif isinstance(event, Destroyed) and event.target == target:
                died = step.index
    last = timeline.steps[died]
    return Answer(f"line {last.line} ended {target}: {last.text}", tuple(reasons))
