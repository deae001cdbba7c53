"""A run in the order in which things happened.

Steps are recorded when they are complete, so a callback's steps stand before
the step of the call that made it run. Who follows the run needs the true
order; this is the one place that knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sslrefs.trace.timeline import Ran, Step, StepEvent, Timeline

__all__ = ["chronicle", "outermost_steps"]


def chronicle(timeline: Timeline, first: int = 0) -> Iterator[tuple[int, Step, StepEvent | None]]:
    """Every event with its step and the index of the step at which it is first seen.

    An event of an outer statement before a callback is seen at the callback's
    first step already. After a step's last event comes one None. From step
    `first` on, which follows a statement that is complete.
    """
    for step in islice(timeline.steps, first, None):
        if step.depth == 0:
            yield from _follow(timeline.steps, step)


def _follow(steps: tuple[Step, ...], step: Step) -> Iterator[tuple[int, Step, StepEvent | None]]:
    seen_at = _first_inner(step)
    for event in step.events:
        if type(event) is Ran:
            for inner in steps[event.first : event.last + 1]:
                if inner.depth == step.depth + 1:
                    yield from _follow(steps, inner)
            seen_at = max(seen_at, event.last + 1)
        else:
            yield seen_at, step, event
    yield step.index, step, None


def _first_inner(step: Step) -> int:
    """The first recorded step that can see what this step did before it ran a function."""
    return next((e.first for e in step.events if type(e) is Ran), step.index)


def outermost_steps(timeline: Timeline) -> list[int]:
    """For each step inside a callback the outermost statement that made libssl run it.

    What the program calls itself are steps of their own.

    >>> from sslrefs.cscript.interpreter import run_text
    >>> outermost_steps(run_text("SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_free(s);"))
    [0, 1]
    """
    outer = list(range(len(timeline.steps)))
    for step in reversed(timeline.steps):
        called_back = {run.function for run in step.callbacks}
        for event in step.events:
            if type(event) is Ran and event.function in called_back:
                inside = range(event.first, event.last + 1)
                outer[event.first : event.last + 1] = [outer[step.index]] * len(inside)
    return outer
