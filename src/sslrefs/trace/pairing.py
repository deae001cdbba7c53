"""Two runs in step: which step of the one belongs to which step of the other.

Knows steps by what they say and where they are called, never by line or
number: one inserted line moves all of those. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from sslrefs.trace.timeline import Timeline

__all__ = ["Beat", "beats", "pair"]

_REACH = 300
"""How many steps ahead the two are looked through for where they meet again."""
_END = None


class Beat(NamedTuple):
    """The positions of two runs at one moment: 0 is before the first step."""

    left: int
    right: int


def beats(left: Timeline, right: Timeline) -> list[Beat]:
    """The moments of both runs in step, the one before the first step included.

    A step that only one of them makes is a beat of its own, at which the other stands still.
    """
    found = [Beat(0, 0)]
    for goes_left, goes_right in pair(_steps(left), _steps(right)):
        here = found[-1]
        found.append(Beat(here.left + goes_left, here.right + goes_right))
    return found


def _steps(timeline: Timeline) -> list[Hashable]:
    return [("".join(step.text.split()), step.depth, step.function) for step in timeline.steps]


def pair(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[bool, bool]]:
    """For each beat which of the two goes on.

    >>> pair("abc", "axbc")
    [(True, True), (False, True), (True, True), (True, True)]
    """
    found: list[tuple[bool, bool]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            more_left = more_right = 1
        else:
            more_left, more_right = _meeting(_ahead(left, i), _ahead(right, j))
        found += _together(more_left, more_right)
        i, j = i + more_left, j + more_right
    return found + _together(len(left) - i, len(right) - j)


def _together(left: int, right: int) -> list[tuple[bool, bool]]:
    """So many steps of each, in pairs as long as there are pairs."""
    return [(at < left, at < right) for at in range(max(left, right))]


def _ahead(steps: Sequence[Hashable], at: int) -> list[tuple[Hashable, Hashable]]:
    """The steps in reach, each with the one after it."""
    return list(pairwise([*steps[at : at + _REACH], _END]))


def _meeting(
    left: list[tuple[Hashable, Hashable]], right: list[tuple[Hashable, Hashable]]
) -> tuple[int, int]:
    """How many steps each goes on until they say the same twice: once may be chance.

    The nearest such place; of equally near ones the evenest, since a changed
    line is a pair and not a loss and a gain. If there is none in reach, one each.
    """
    where: dict[tuple[Hashable, Hashable], int] = {}
    for at, two in enumerate(right):
        where.setdefault(two, at)
    meetings = [(at, where[two]) for at, two in enumerate(left) if two in where]
    return min(meetings, key=lambda m: (sum(m), abs(m[0] - m[1])), default=(1, 1))
