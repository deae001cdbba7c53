"""What goes on inside a step, for those who ask deeper: its events, and the calls it made.

Words only; which of them a player shows, and when, is its own affair.
"""

from __future__ import annotations

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import ObjectId
from sslrefs.picture.events import describe_event
from sslrefs.picture.reference import call_data
from sslrefs.trace.timeline import Assigned, Step, Timeline

__all__ = ["calls_used", "events_of"]

NO_OBJECT = -1


def events_of(step: Step, index: dict[ObjectId, int]) -> list[list[object]]:
    """The events of a step that show something, each with the number of its object."""
    found: list[list[object]] = []
    for event in step.events:
        text = describe_event(event)
        if text is None:
            continue
        target = event.after if isinstance(event, Assigned) else getattr(event, "target", None)
        number = index.get(target, NO_OBJECT) if isinstance(target, ObjectId) else NO_OBJECT
        found.append([text, number])
    return found


def calls_used(timeline: Timeline) -> dict[str, list[str]]:
    """What the manual and the proofs say of every libssl function that the run calls.

    For each name two sentences: what the call does with references, and what
    it does to the cache with the tests that show it.
    """
    names = dict.fromkeys(name for step in timeline.steps for name in step.calls)
    return {name: [_contract(name), _inside(name)] for name in names if name in CALLS}


def _contract(name: str) -> str:
    data = call_data(CALLS[name])
    uses = (("borrows", "borrows"), ("takes", "takes a reference to"), ("gives_back", "gives back"))
    parts = [f"{words} {data[key]}" for key, words in uses if data[key]]
    parts.append(f"returns {data['gives']}")
    return f"{data['signature']} {', '.join(parts)}. Manual: {data['manual']}."


def _inside(name: str) -> str:
    data = call_data(CALLS[name])
    parts = [f"Cache: {data['cache']}."] if data["cache"] else []
    evidence = data["evidence"]
    assert isinstance(evidence, list)
    if evidence:
        parts.append(f"Shown by the tests {', '.join(evidence)}.")
    return " ".join(parts)
