"""A sequence that never changes: a changed one shares nearly all with the one before.

Holds things in pieces of a fixed width. Changing one place costs nearly the same
with ten things or thousands, in time and for Python's garbage collector, which looks
at a piece once however many shelves share it (pyrsistent's compiled vector shows it
all of its things, each time). Knows nothing of what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

__all__ = ["Shelf"]

T = TypeVar("T")
_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Things by their place, from 0; all pieces but the last are full.

    >>> two = Shelf().append("a").append("b")
    >>> list(two.set(0, "c")), list(two)
    (['c', 'b'], ['a', 'b'])
    """

    pieces: tuple[tuple[T, ...], ...] = ()

    def __len__(self) -> int:
        pieces = self.pieces
        return (len(pieces) - 1) * _WIDTH + len(pieces[-1]) if pieces else 0

    def __getitem__(self, place: int) -> T:
        if place < 0:
            message = f"places count from 0, not {place}"
            raise IndexError(message)
        return self.pieces[place // _WIDTH][place % _WIDTH]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self.pieces)

    def set(self, place: int, thing: T) -> Shelf[T]:
        """The same with another thing at a place that is taken."""
        which, inside = divmod(place, _WIDTH)
        pieces = self.pieces
        old = pieces[which]
        if place < 0 or inside >= len(old):
            message = f"nothing stands at place {place}"
            raise IndexError(message)
        new = (*old[:inside], thing, *old[inside + 1 :])
        return Shelf((*pieces[:which], new, *pieces[which + 1 :]))

    def append(self, thing: T) -> Shelf[T]:
        """The same and one thing more."""
        pieces = self.pieces
        if pieces and len(pieces[-1]) < _WIDTH:
            return Shelf((*pieces[:-1], (*pieces[-1], thing)))
        return Shelf((*pieces, (thing,)))
