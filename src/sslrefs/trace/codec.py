"""The facts of a step as plain data, in the words of the measured vectors."""

from __future__ import annotations

from sslrefs.model.objects import ObjectId, show
from sslrefs.model.outcome import CallbackRun, Destroyed
from sslrefs.model.world import World
from sslrefs.trace.timeline import Step

__all__ = ["callback_facts", "dangling", "step_facts"]

Plain = dict[str, object]


def step_facts(step: Step, alive: list[ObjectId] | None = None) -> Plain:
    """What can be measured after a step: counts, cache, death, callbacks, variables.

    `alive` is who lives after it, if that is known already.
    """
    world = step.world
    living = world.living() if alive is None else alive
    return {
        "returns": show(step.returned),
        "counts": {str(which): world.record(which).count for which in living},
        "cached": {
            str(which): [str(s) for s in world.cached(which) if world.session(s).alive]
            for which in living
            if which.kind == "ctx"
        },
        "dangling": dangling(world, living),
        "not_resumable": [
            str(which)
            for which in living
            if which.kind == "session" and not world.session(which).is_resumable
        ],
        "destroyed": [
            str(which)
            for which in sorted(e.target for e in step.events if isinstance(e, Destroyed))
        ],
        "callbacks": [callback_facts(run) for run in step.callbacks],
        "variables": {place: show(value) for place, value in sorted(step.variables.items())},
        "undefined": step.undefined,
    }


def dangling(world: World, living: list[ObjectId]) -> list[str]:
    """The library's own pointers to what is gone: `ctx#1.cache -> session#1`."""
    found = []
    for which in living:
        if which.kind == "ctx":
            found += [
                f"{which}.cache -> {s}"
                for s in (world.cached(which) if world.ctx(which).dead_links else ())
                if not world.session(s).alive
            ]
        elif which.kind == "ssl":
            ssl = world.ssl(which)
            slots = (("session", ssl.session), ("ctx", ssl.ctx), ("session_ctx", ssl.session_ctx))
            found += [
                f"{which}.{slot} -> {target}"
                for slot, target in slots
                if target is not None and not world.record(target).alive
            ]
    return found


def callback_facts(run: CallbackRun) -> Plain:
    """A callback's run: which objects it saw and what it answered."""
    first = show(run.arguments[0])
    if run.name == "remove_cb":
        return {"name": run.name, "ctx": first, "session": show(run.arguments[1])}
    if run.name == "new_cb":
        second = show(run.arguments[1])
        return {"name": run.name, "ssl": first, "session": second, "returned": show(run.returned)}
    return {"name": run.name, "ssl": first, "copy": run.copy, "returned": show(run.returned)}
