"""One sentence or two per step: what changed, who took or gave, and what it means.

The words are those of the call table: lent, takes, gives back.
"""

from __future__ import annotations

from collections.abc import Iterator

from sslrefs.audit.books import listed
from sslrefs.audit.findings import Finding
from sslrefs.model.calls import CALLS
from sslrefs.model.objects import NULL, ObjectId
from sslrefs.model.outcome import (
    Barred,
    CallbackRun,
    CountChanged,
    Created,
    Destroyed,
    Holder,
    Linked,
    Spoiled,
    Transferred,
    Unlinked,
    Violation,
)
from sslrefs.picture.events import barred_fact, callback_fact
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import (
    Assigned,
    Called,
    Hidden,
    Ran,
    Step,
    Threaded,
    Timeline,
)

__all__ = ["Narrator", "narrate"]


def narrate(timeline: Timeline, findings: tuple[Finding, ...]) -> list[str]:
    """What each step did, in plain words.

    >>> from sslrefs.cscript.interpreter import run_text
    >>> narrate(run_text("SSL_SESSION *s = SSL_SESSION_new();"), ())
    ['session#1 is new with count 1, held by s.']
    """
    return Narrator().narrate(timeline, findings)


class Narrator:
    """Tells a run, and knows what it said when its text goes on."""

    def __init__(self) -> None:
        self._said: list[tuple[Step, list[Finding], set[ObjectId], str]] = []

    @without_collector()
    def narrate(self, timeline: Timeline, findings: tuple[Finding, ...]) -> list[str]:
        """What each step did, in plain words."""
        wrong: dict[int, list[Finding]] = {}
        for finding in findings:
            wrong.setdefault(finding.wrong_step, []).append(finding)
        surplus = _surplus_frees(findings)
        before = self._said
        self._said = []
        for step in timeline.steps:
            bugs, freed = wrong.get(step.index, []), surplus.get(step.index, set())
            known = before[step.index] if step.index < len(before) else None
            if known is None or known[0] is not step or known[1:3] != (bugs, freed):
                known = step, bugs, freed, _sentence(step, bugs, freed)
            self._said.append(known)
        return [sentence for *_, sentence in self._said]


def _surplus_frees(findings: tuple[Finding, ...]) -> dict[int, set[ObjectId]]:
    """What each step gives back without owing it; in a callback it is the callback's own step."""
    found: dict[int, set[ObjectId]] = {}
    for finding in findings:
        if finding.object is not None and _SURPLUS & {finding.kind, finding.cause}:
            for site in finding.sites:
                if site.what == "freed":
                    found.setdefault(site.step, set()).add(finding.object)
    return found


_SURPLUS = {"borrowed_free", "over_release"}


def _sentence(step: Step, wrong: list[Finding], surplus: set[ObjectId]) -> str:
    parts = list(_facts(step, surplus))
    if not parts:
        parts = [_quiet(step)]
    if step.thread:
        parts[0] = f"in thread {step.thread}, {parts[0]}"
    text = ". ".join(part[0].upper() + part[1:] if _may_rise(part) else part for part in parts)
    text += "."
    for finding in wrong:
        if finding.kind == "bad_pointer":
            text += f" Wrong here. {finding.fix}"
        else:
            text += f" {_LABELS.get(finding.kind, 'Wrong here')}: {finding.message}"
    return text


_LABELS = {"leak": "Leak", "lost_pointer": "Lost"}


def _may_rise(part: str) -> bool:
    """Whether a sentence may begin with a capital: names of C never change."""
    word = part.split(" ", 1)[0]
    return word in {"the", "no", "undefined", "in", "thread"}


class _Counts:
    """The counts of one object over a step, first to last, and who moved them."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.after = before
        self.takers: list[str] = []
        self.givers: list[str] = []
        self.is_new = False


def _facts(step: Step, surplus: set[ObjectId]) -> Iterator[str]:
    """The facts of a step, each half a sentence."""
    counts: dict[ObjectId, _Counts] = {}
    gone: set[ObjectId] = set()
    receiver = _receivers(step)
    call: Called | None = None
    for event in step.events:
        match event:
            case Called():
                call = event
            case Created(target=target, holder=holder):
                counts[target] = found = _Counts(0)
                found.is_new, found.after = True, 1
                found.takers.append(_name(holder, target, call, receiver))
            case CountChanged(target=target, before=before, after=after, holder=holder):
                found = counts.setdefault(target, _Counts(before))
                found.after = after
                who = _name(holder, target, call, receiver)
                (found.takers if after > before else found.givers).append(who)
            case Destroyed(target=target):
                gone.add(target)
    yield from _handed(step, set(counts))
    for target, found in counts.items():
        record = step.world.record(target)
        if record.count != found.after:
            yield _with_inner_steps(target, found, record.count, is_gone=not record.alive)
        else:
            is_surplus = target in surplus
            yield _count_fact(target, found, is_gone=target in gone, is_surplus=is_surplus)
    yield from _other_facts(step)


def _receivers(step: Step) -> dict[ObjectId, str]:
    """The variable that first received each object in this step."""
    receivers: dict[ObjectId, str] = {}
    for event in step.events:
        if isinstance(event, Assigned) and isinstance(event.after, ObjectId):
            receivers.setdefault(event.after, event.place)
    return receivers


def _name(
    holder: Holder, target: ObjectId, call: Called | None, receiver: dict[ObjectId, str]
) -> str:
    """A holder in words; the program is the variable that was used."""
    if holder.slot != "program":
        return str(holder)
    if call is not None:
        for value, place in zip(call.arguments, call.places, strict=True):
            if value == target and place:
                return place
    return receiver.get(target, _NOBODY)


_NOBODY = "the program"


def _with_inner_steps(target: ObjectId, found: _Counts, count: int, *, is_gone: bool) -> str:
    """A count that also steps inside this one moved (a callback's): those say by whom."""
    if found.is_new:
        return f"{target} is new" + (", and gone again" if is_gone else f" and has count {count}")
    text = f"{target}: {found.before} → {count} with all that ran inside"
    return f"{text}, its memory goes" if is_gone else text


def _count_fact(target: ObjectId, found: _Counts, *, is_gone: bool, is_surplus: bool) -> str:
    if found.is_new:
        if is_gone:
            return f"{target} is new, and gone again"
        holders = list(found.takers)
        for giver in found.givers:  # what a callback handed back within the call
            if giver in holders:
                holders.remove(giver)
        if not holders:
            return f"{target} is new and has count {found.after}"
        return f"{target} is new with count {found.after}, held by {listed(holders)}"
    text = f"{target}: {found.before} → {found.after}"
    if found.takers:
        verb = "takes" if len(found.takers) == 1 else "take"
        text += f", {listed(_merged(found.takers))} {verb} {_number(len(found.takers))}"
    if found.givers and is_surplus and _NOBODY in found.givers:
        text += ", though the program owes none"
    elif found.givers and is_surplus:
        text += f" through {listed(_merged(found.givers))}, which owes none"
    elif found.givers:
        verb = "gives" if len(found.givers) == 1 else "give"
        text += f", {listed(_merged(found.givers))} {verb} {_number(len(found.givers))} back"
    return f"{text}, its memory goes" if is_gone else text


def _merged(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


def _handed(step: Step, counted: set[ObjectId]) -> Iterator[str]:
    """Pointers that changed without a count: lent or copied. Arguments tell nothing new."""
    call: Called | None = None
    for event in step.events:
        # An argument may be a call too: what is assigned comes from the last one.
        call = event if isinstance(event, Called) else call
        if not isinstance(event, Assigned) or _is_argument(step, event):
            continue
        if event.after is NULL and isinstance(event.before, ObjectId):
            yield f"{event.place} no longer points to {event.before}"
        elif isinstance(event.after, ObjectId):
            if event.source:
                yield f"{event.place} is a copy of {event.source}: no count changes"
            elif call is not None and CALLS[call.name].result == "lent":
                count = step.world.record(event.after).count
                yield f"{event.after} is only lent to {event.place}: its count stays {count}"
            elif event.after not in counted:
                yield f"{event.place} points to {event.after} now: no count changes"


def _is_argument(step: Step, event: Assigned) -> bool:
    """Whether a parameter of a function that ran inside the step got its argument."""
    is_gone = ":" in event.place and event.place not in step.variables
    return is_gone and _inner_run(step) is not None


def _inner_run(step: Step) -> Ran | None:
    """The last function of the program that ran inside a step."""
    return next((e for e in reversed(step.events) if isinstance(e, Ran)), None)


def _other_facts(step: Step) -> Iterator[str]:
    for event in step.events:
        match event:
            case Linked(target=target, holder=Holder(slot="cache", owner=ctx)):
                yield f"the cache of {ctx} lists {target}"
            case Unlinked(target=target, holder=Holder(slot="cache", owner=ctx)):
                yield f"{target} leaves the cache of {ctx}"
            case Spoiled(target=target, why=why):
                yield f"{target} can no longer be resumed ({why})"
            case Barred():
                yield barred_fact(event)
            case CallbackRun():
                yield callback_fact(event)
            case Transferred(target=target, taker=taker):
                if taker.slot != "program":
                    yield f"the program's reference to {target} now belongs to {taker}"
            case Hidden(target=target):
                yield f"the pointer to {target} is stored where it is not followed"
            case Threaded(what=what):
                yield what
            case Violation(what=what):
                yield f"undefined behaviour: {what}"


def _quiet(step: Step) -> str:
    """What to say of a step in which no count and no link changed."""
    run = _inner_run(step)
    if run is not None:
        return f"no count changes here: {run.function} is over"
    call = next((e for e in reversed(step.events) if isinstance(e, Called)), None)
    if call is None:
        return "no count changes"
    row = CALLS[call.name]
    uses = [(p.use, value) for p, value in zip(row.parameters, call.arguments, strict=True)]
    if ("gives back", NULL) in uses:
        return f"{row.name} ignores NULL: nothing is given back"
    return f"no count changes ({row.name}: {row.says})"
