"""The variables of a running program: places, scopes and functions being called."""

from __future__ import annotations

from pyrsistent import PMap, pmap

from sslrefs.model.objects import NULL, UNINITIALISED, ObjectId, Value
from sslrefs.trace.timeline import Place

__all__ = ["Frame", "Variables"]

_OBJECT_POINTERS = frozenset({"SSL_CTX *", "SSL *", "SSL_SESSION *"})


class Frame:
    """A function being run: its places begin with `prefix`; `scopes` are its open blocks."""

    __slots__ = ("function", "prefix", "scopes")

    def __init__(self, function: str, prefix: str) -> None:
        self.function = function
        self.prefix = prefix
        self.scopes: list[dict[str, Place]] = [{}]


class Variables:
    """All variables in scope, in persistent maps: every step keeps the ones it saw.

    `shown` has those a reader wants to see: pointers to the counted objects.
    """

    __slots__ = ("frames", "shown", "statics", "types", "values")

    def __init__(self) -> None:
        self.values: PMap[Place, Value] = pmap()
        self.shown: PMap[Place, Value] = pmap()
        self.types: dict[Place, str] = {}
        self.frames = [Frame("", "")]
        self.statics: dict[str, Place] = {}

    @property
    def depth(self) -> int:
        """How many functions of the program are running, main not counted."""
        return len(self.frames) - 1

    def declare(self, name: str, type_: str, value: Value = UNINITIALISED) -> Place:
        """A new variable in the innermost scope."""
        frame = self.frames[-1]
        place = frame.prefix + name
        if any(place in scope.values() for scope in frame.scopes[:-1]):
            place = f"{place}'{len(frame.scopes)}"
        frame.scopes[-1][name] = place
        self.types[place] = type_
        self.set(place, value)
        return place

    def set(self, place: Place, value: Value) -> None:
        """Give a place a value."""
        self.values = self.values.set(place, value)
        if isinstance(value, ObjectId) or self.types.get(place) in _OBJECT_POINTERS:
            self.shown = self.shown.set(place, value)
        elif place in self.shown:
            self.shown = self.shown.remove(place)

    def find(self, name: str) -> Place | None:
        """The place a name means here, or None."""
        frame = self.frames[-1]
        for scope in reversed(frame.scopes):
            if name in scope:
                return scope[name]
        return self.frames[0].scopes[0].get(name)

    def enter(self, function: str) -> Frame:
        """A function starts; recursion numbers the places."""
        running = sum(frame.function == function for frame in self.frames)
        prefix = f"{function}:" if running == 0 else f"{function}({running + 1}):"
        frame = Frame(function, prefix)
        self.frames.append(frame)
        return frame

    def leave(self) -> tuple[tuple[Place, Value], ...]:
        """The innermost function is over; its variables with their last values."""
        return self._forget(self.frames.pop().scopes)

    def open_block(self) -> None:
        """A `{` begins a scope."""
        self.frames[-1].scopes.append({})

    def close_block(self) -> tuple[tuple[Place, Value], ...]:
        """A `}` ends the innermost scope; its variables with their last values."""
        return self._forget([self.frames[-1].scopes.pop()])

    def _forget(self, scopes: list[dict[str, Place]]) -> tuple[tuple[Place, Value], ...]:
        gone = []
        values, shown = self.values, self.shown
        for scope in scopes:
            for place in scope.values():
                if place in self.statics.values():
                    continue
                gone.append((place, values.get(place, NULL)))
                values = values.discard(place)
                shown = shown.discard(place)
        self.values, self.shown = values, shown
        return tuple(gone)
