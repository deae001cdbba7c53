"""The ways a text can take: one in which nothing fails, and one for each failure it asks about.

Each runs the same text, which is never changed; in each one thing fails, once. A
failure that changes the outcome of no condition is no way of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sslrefs.cscript.interpreter import prepared
from sslrefs.cscript.parser import Program
from sslrefs.model.library import Library
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Timeline

__all__ = ["MOST_RUNS", "MOST_TICKS", "TIMES", "Ways", "ways"]

MOST_RUNS = 200
MOST_TICKS = 20_000
TIMES = 2
"""How often each call is made to fail: at its first times."""
_Decisions = list[tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Ways:
    """The run in which nothing fails, those in which something does, and how many were not run."""

    plain: Timeline
    failing: tuple[Timeline, ...]
    left_out: int = 0


def ways(program: Program, *, library: Library | None = None) -> Ways:
    """All ways of a program, in the order of their failures.

    >>> from sslrefs.cscript.parser import parse
    >>> found = ways(parse("SSL_SESSION *s = SSL_SESSION_new(); if (!s) exit(1); sleep(1);"))
    >>> [way.failed.what for way in found.failing]
    ['SSL_SESSION_new']
    """
    plain, decided, ticks = _run(program, library, None)
    failing: list[Timeline] = []
    work, left_out = ticks, 0
    for runs, number in enumerate(_worth_trying(plain)):
        if runs >= MOST_RUNS or work >= MOST_TICKS:
            left_out += 1
            continue
        way, others, ticks = _run(program, library, number)
        work += ticks
        if _part(decided, others):
            failing.append(way)
    return Ways(plain, tuple(failing), left_out)


@without_collector()
def _run(
    program: Program, library: Library | None, fails_at: int | None
) -> tuple[Timeline, _Decisions, int]:
    """A run, what it decided, and how many statements and turns of loops it had."""
    interpreter, notes = prepared(program, library=library)
    interpreter.fails_at = fails_at
    interpreter.start()
    return interpreter.timeline(tuple(notes)), interpreter.decisions, interpreter.ticks


def _worth_trying(plain: Timeline) -> Iterator[int]:
    """The numbers of the forks, of each place only the first few."""
    met: Counter[tuple[int, str]] = Counter()
    for number, fork in enumerate(plain.forks):
        met[fork.line, fork.what] += 1
        if met[fork.line, fork.what] <= TIMES:
            yield number


def _part(decided: _Decisions, others: _Decisions) -> bool:
    """Whether two runs part because a condition of both came out differently."""
    for (place, outcome), (other_place, other_outcome) in zip(decided, others, strict=False):
        if place != other_place:
            return False
        if outcome != other_outcome:
            return True
    return False
