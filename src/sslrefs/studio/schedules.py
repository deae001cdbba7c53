"""Which order the threads of a text run in, when the text does not say: one that goes wrong.

Runs the text in one order after the other, those with the fewest switches between
threads first, and every order at most once. A text without threads is run once.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from sslrefs.audit.findings import judge
from sslrefs.cscript.interpreter import run_program
from sslrefs.cscript.parser import Program, parse
from sslrefs.model.library import Library
from sslrefs.trace.timeline import Note, Timeline

__all__ = ["MOST_ORDERS", "explored", "pinned"]

MOST_ORDERS = 500
"""How many orders are tried at most."""


class _Tried(NamedTuple):
    """What became of the orders: how many were run, how many have findings, whether all were."""

    tried: int
    failing: int
    is_all: bool

    def note(self, shown: tuple[int, ...]) -> str:
        """The result in words, with the direction that repeats the order shown."""
        which = f"all {self.tried:,}" if self.is_all else f"{self.tried:,}"
        text = f"{which} orders of the threads were tried"
        if not self.is_all:
            text += ", those with the fewest switches; there are more"
        if not self.failing:
            return f"{text}: none goes wrong"
        verb = "goes" if self.failing == 1 else "go"
        direction = f"/* sslrefs: schedule {' '.join(map(str, shown))} */"
        return f"{text}: {self.failing:,} {verb} wrong. Shown is one of them: {direction}"


def explored(program: Program, *, library: Library | None = None) -> Timeline:
    """The timeline of a program; of its threads' orders one with a finding, if there is any.

    An order that the text's `schedule` direction gives is run as it is.

    Raises:
        ScriptError: The text cannot be run; it says where and why.
    """
    first = run_program(program, library=library)
    if program.directions.schedule or not any(len(turn.able) > 1 for turn in first.turns):
        return first
    shown, tried, failing = first, 0, 0
    waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    while waiting and tried < MOST_ORDERS:
        _switches, start = heappop(waiting)
        timeline = run_program(program, library=library, schedule=start)
        tried += 1
        if timeline.cut or judge(timeline):
            failing += 1
            if failing == 1:
                shown = timeline
        for other in _others(timeline, len(start)):
            heappush(waiting, (sum(a != b for a, b in pairwise(other)), other))
    note = _Tried(tried, failing, not waiting).note(order_of(shown))
    line = next(s.line for s in shown.steps if s.text.startswith("pthread_create"))
    return shown.with_note(Note(line, note))


def _others(timeline: Timeline, start: int) -> list[tuple[int, ...]]:
    """The orders that part from this one after its first `start` turns, each by one choice."""
    order = order_of(timeline)
    return [
        (*order[:index], other)
        for index, turn in enumerate(timeline.turns[start:], start)
        for other in turn.able
        if other != turn.thread
    ]


def order_of(timeline: Timeline) -> tuple[int, ...]:
    """The thread of every turn."""
    return tuple(turn.thread for turn in timeline.turns)


def pinned(timeline: Timeline) -> str:
    """The text of a run with the order of its threads said in it; every line keeps its number."""
    order = order_of(timeline)
    if not order or parse(timeline.source).directions.schedule:
        return timeline.source
    return f"/* sslrefs: schedule {' '.join(map(str, order))} */ {timeline.source}"
