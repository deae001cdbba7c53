"""Single events in words: the lines of slow motion, and facts that narration tells too."""

from __future__ import annotations

from sslrefs.model.objects import NULL, ObjectId
from sslrefs.model.outcome import (
    Barred,
    CallbackRun,
    CountChanged,
    Created,
    Destroyed,
    Linked,
    Spoiled,
    Transferred,
    Unlinked,
    Violation,
)
from sslrefs.trace.timeline import Assigned, Ran, StepEvent, Threaded

__all__ = ["barred_fact", "callback_fact", "describe_event"]


def describe_event(event: StepEvent) -> str | None:
    """One event of slow motion in words, or None for one that shows nothing."""
    match event:
        case Created(target=target, holder=holder):
            return f"{target} is made, count 1, held by {holder}"
        case CountChanged(target=target, before=before, after=after, holder=holder):
            return f"{target}: {before} → {after} ({holder})"
        case Destroyed(target=target):
            return f"the memory of {target} goes"
        case Linked(target=target, holder=holder):
            return f"{holder} points to {target}"
        case Unlinked(target=target, holder=holder, why=why):
            return f"{holder} lets go of {target} ({why})"
        case Spoiled(target=target, why=why):
            return f"{target} is marked not resumable ({why})"
        case Transferred(target=target, giver=giver, taker=taker):
            return f"a reference to {target} goes from {giver} to {taker}"
        case Barred():
            return barred_fact(event)
        case CallbackRun():
            return callback_fact(event)
        case Violation(what=what):
            return f"undefined: {what}"
        case Threaded(what=what):
            return what
        case Ran(function=function):
            return f"{function} runs"
        case Assigned(place=place, after=after):
            return f"{place} = {after}" if isinstance(after, ObjectId) else None
    return None


def barred_fact(barred: Barred) -> str:
    """Why there was no handshake."""
    return f"{barred.ssl} cannot be the {barred.side}: its method was made for the other side"


def callback_fact(run: CallbackRun) -> str:
    """What a callback did with the reference it was about."""
    if run.name == "remove_cb":
        return f"{run.function} saw {run.arguments[1]} leave; it was only lent"
    if run.name == "new_cb":
        is_kept = run.returned not in (0, NULL, None)
        fate = "keeps the reference it was offered" if is_kept else "hands its reference back"
        return f"{run.function} returned {int(is_kept)}: it {fate}"
    if not isinstance(run.returned, ObjectId):
        return f"{run.function} found no session"
    fate = "libssl counted up for itself" if run.copy else "libssl took the program's reference"
    return f"{run.function} returned {run.returned} with copy {run.copy}: {fate}"
