"""What the ledger writes down: references, pointers, accounts, and what went wrong when."""

from __future__ import annotations

from itertools import chain, islice, repeat
from typing import NamedTuple

from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Place

__all__ = [
    "LOST",
    "Account",
    "Advance",
    "Entry",
    "Hold",
    "Loss",
    "Misplacement",
    "Offer",
    "Pending",
    "Pointer",
    "Refusal",
    "Surplus",
    "Touch",
    "UsedUp",
]

LOST = "lost"
"""The holder of a reference that nobody can give back any more."""


class Hold:
    """One reference of the program: when it was taken, where it is shown, and since when."""

    __slots__ = ("is_shown", "place", "since", "taken")

    def __init__(self, taken: int, place: Place | None) -> None:
        self.taken = taken
        self.since = taken
        self.place = place
        self.is_shown = place is not None


class Pending(NamedTuple):
    """A reference that waits, until the statement at `depth` is over, for a variable.

    `at` is the step to blame if none comes, when it is not the waiting one.
    """

    hold: Hold
    target: ObjectId
    depth: int
    cause: str
    at: int | None


class Entry:
    """One line of an account: at `step` a holder came (+1) or went (-1)."""

    __slots__ = ("label", "sign", "step")

    def __init__(self, step: int, sign: int, label: str) -> None:
        self.step = step
        self.sign = sign
        self.label = label


class UsedUp(NamedTuple):
    """A free through `place`, which held nothing, used up the reference of another place."""

    step: int
    place: Place | None
    hold: Hold
    was_lent: bool
    entry: Entry


class Advance(NamedTuple):
    """A free inside a new callback of the reference that it was offered, before its answer."""

    step: int
    place: Place | None
    was_lent: bool
    entry: Entry


class Account:
    """The references to one object, as a log that can be corrected afterwards."""

    __slots__ = ("_held", "entries", "pool", "used_up")

    def __init__(self) -> None:
        self._held = _Held()
        self.entries: list[Entry] = []
        self.pool: list[Hold] = []
        self.used_up: list[UsedUp] = []

    def add(self, step: int, label: str) -> None:
        """A holder comes."""
        self.entries.append(Entry(step, 1, label))

    def remove(self, step: int, label: str) -> Entry:
        """A holder goes."""
        entry = Entry(step, -1, label)
        self.entries.append(entry)
        return entry

    def restore(self, entry: Entry, until: int | None) -> None:
        """Take back that a holder went; it goes at step `until` instead, or not at all."""
        self.entries.remove(entry)
        if until is not None:
            self.remove(until, entry.label)

    def holders(self, step: int, most: int | None = None) -> tuple[str, ...]:
        """Who held the object after a step, the library's holders first; at most so many."""
        held = self._held_after(step)
        both = (held.library.items(), held.program.items())
        each = (repeat(label, count) for items in both for label, count in items)
        return tuple(islice(chain.from_iterable(each), most))

    def count(self, step: int) -> int:
        """How many references the holders had after a step."""
        return self._held_after(step).total

    def _held_after(self, step: int) -> _Held:
        """Asked step by step, it goes on from where it was; the log must be complete."""
        if self._held.step > step:
            self._held = _Held()
        self._held.go_on(self.entries, step)
        return self._held


class _Held:
    """Who holds an object after a step."""

    __slots__ = ("library", "program", "read", "step", "total")

    def __init__(self) -> None:
        self.library: dict[str, int] = {}
        self.program: dict[str, int] = {}
        self.read, self.step, self.total = 0, -1, 0

    def go_on(self, entries: list[Entry], step: int) -> None:
        """Follow the log to a later step."""
        self.step = step
        while self.read < len(entries) and entries[self.read].step <= step:
            entry = entries[self.read]
            self.read += 1
            held = self.library if "#" in entry.label else self.program
            before = held.get(entry.label, 0)
            if before + entry.sign > 0:
                held[entry.label] = before + entry.sign
            else:
                held.pop(entry.label, None)
            self.total += entry.sign if before or entry.sign > 0 else 0


class Pointer(NamedTuple):
    """What a variable points to, and since when.

    `is_owner` says that it received a reference, or was copied from a
    variable that had one; `released` is the step of the last free through it.
    """

    target: ObjectId | None
    since: int
    is_owner: bool
    released: int | None


class Surplus(NamedTuple):
    """A free for which the program held no reference.

    `other` is the other free of the same reference: one before through the same
    variable, or the later one of the owner who missed it.
    """

    step: int
    target: ObjectId
    place: Place | None
    was_lent: bool
    other: int | None


class Loss(NamedTuple):
    """A reference nobody can give back any more."""

    step: int
    target: ObjectId
    hold: Hold
    cause: str
    place: Place | None


class Touch(NamedTuple):
    """An undefined act: freed memory touched, a list broken, a bad pointer followed.

    `rule` is the broken rule as the model names it, `call` the function that did it.
    `by` is the library's holder, or None for the program's own argument, then
    `place` is the variable and `pointer` what was known of it.
    """

    step: int
    rule: str
    target: ObjectId | None
    by: str | None
    place: Place | None
    pointer: Pointer | None
    what: str
    call: str
    is_free: bool


class Offer(NamedTuple):
    """A session was given to SSL_set_session(3): when, and through which pointer."""

    step: int
    pointer: Pointer | None


class Refusal(NamedTuple):
    """A session was offered and could not be resumed; `offer` is the program's own, if any."""

    step: int
    target: ObjectId
    ssl: ObjectId
    why: str
    offer: Offer | None


class Misplacement(NamedTuple):
    """A session was to leave a cache that lacks it, while another context's has it."""

    step: int
    target: ObjectId
    ctx: ObjectId
    actual: ObjectId
