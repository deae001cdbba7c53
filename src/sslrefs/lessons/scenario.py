"""A C text of a lesson, with what the lesson says about its run.

Values only. Nothing here runs a text: whoever checks a lesson does.
"""

from __future__ import annotations

from dataclasses import dataclass

from sslrefs.audit.findings import FindingKind

__all__ = ["Bug", "Expected", "Scenario", "Tally"]

_SHORT = {"session": "ssl", "cache": "cache"}


@dataclass(frozen=True, slots=True)
class Tally:
    """A count and its holders after the step of a line.

    The library's holders stand before the variables of the program.

    Example:
        >>> str(Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")))
        '2 = ssl + cache'
        >>> str(Tally(7, "session#1", 1, ("ssl#1.session", "ctx#1.cache")))
        '1 ≠ 2 = ssl + cache'
    """

    line: int
    target: str
    count: int
    holders: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.holders:
            return str(self.count)
        total = len(self.holders)
        names = " + ".join(map(_short, self.holders))
        is_even = self.count == total
        return f"{self.count} = {names}" if is_even else f"{self.count} ≠ {total} = {names}"


def _short(holder: str) -> str:
    """The holder as a lesson writes it: the first connection is "ssl", the next is "ssl#2".

    >>> [_short(holder) for holder in ("ssl#1.session", "ssl#2.session", "ctx#1.cache", "s")]
    ['ssl', 'ssl#2', 'cache', 's']
    """
    owner, _dot, part = holder.partition(".")
    kind, _hash, number = owner.partition("#")
    if not number or part not in _SHORT or kind not in ("ssl", "ctx"):
        return holder
    return _SHORT[part] if number == "1" else f"{_SHORT[part]}#{number}"


@dataclass(frozen=True, slots=True)
class Bug:
    """A finding a lesson speaks of: its kind, the first wrong line and the line where it shows."""

    kind: FindingKind
    wrong_line: int
    shows_line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a lesson says about a run; `bug` is None for a clean run."""

    tallies: tuple[Tally, ...]
    bug: Bug | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A C text and what a lesson says about its run."""

    text: str
    expects: Expected
