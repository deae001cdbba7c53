"""The variables of a running program: places, scopes and functions being called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pyrsistent import PMap, pmap

from sslrefs.model.objects import NULL, UNINITIALISED, Address, ObjectId, Opaque, Value
from sslrefs.trace.timeline import Place

__all__ = ["Frame", "Variables"]

_INDEX = re.compile(r"\[(-?\d+)\]$")
_UNKNOWN = Opaque("unknown")
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

    __slots__ = (
        "_in_shown",
        "arrays",
        "frames",
        "given_away",
        "has_ex_data",
        "heap",
        "labels",
        "members",
        "parents",
        "roots",
        "shown",
        "statics",
        "types",
        "unset",
        "values",
    )

    def __init__(self) -> None:
        self.values: dict[Place, Value] = {}
        self.shown: PMap[Place, Value] = pmap()
        self._in_shown: set[Place] = set()  # its names: a set is asked faster
        self.types: dict[Place, str] = {}
        self.frames = [Frame("", "")]
        self.roots = 1
        self.statics: dict[str, Place] = {}
        self.members: dict[str, dict[Place, None]] = {}
        self.parents: dict[Place, str] = {}
        self.heap: dict[str, str] = {}
        self.arrays: set[Place] = set()
        self.labels: Counter[str] = Counter()
        self.unset: dict[str, Value] = {}
        self.has_ex_data = False
        self.given_away: set[str] = set()

    @property
    def depth(self) -> int:
        """How many functions of the program are running, main or a thread's own not counted."""
        return len(self.frames) - self.roots

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
        """Give a place a value; storage from the heap is called after who first points to it."""
        if isinstance(value, Address) and self.heap.get(value.place) == "":
            self.heap[value.place] = self._free_label(place)
        self.values[place] = value
        if type(value) is ObjectId or self.types.get(place) in _OBJECT_POINTERS:
            self._show(place, value)
        elif place in self._in_shown:
            if value is NULL:
                self._show(place, value)
            else:
                self._hide(place)

    def _show(self, place: Place, value: Value) -> None:
        self._in_shown.add(place)
        self.shown = self.shown.set(place, value)

    def _hide(self, place: Place) -> None:
        if place in self._in_shown:
            self._in_shown.remove(place)
            self.shown = self.shown.remove(place)

    # -- structs, arrays, the heap -----------------------------------------

    def allocate(self, unset: Value = UNINITIALISED) -> Address:
        """New storage on the heap; `unset` is what its members are until they get a value."""
        storage = f"heap {len(self.heap) + 1}"
        self.heap[storage] = ""
        self.unset[storage] = unset
        return Address(storage)

    def _free_label(self, place: Place) -> str:
        """The place's own name, or one with the next number if memory is called so already."""
        name = _without_function(place)
        self.labels[name] += 1
        return place if self.labels[name] == 1 else f"{place}'{self.labels[name]}"

    def target(self, pointer: Value | None) -> Place | None:
        """The place a pointer leads to."""
        if not isinstance(pointer, Address):
            return None
        place = pointer.place
        is_array = place.endswith("[]") or (place in self.heap and not self._has_fields(place))
        return self.element(place, 0) if is_array else place

    def _has_fields(self, storage: str) -> bool:
        """Whether heap memory was used as a struct."""
        return any("->" in place for place in self.members.get(storage, ()))

    def position(self, pointer: Address) -> tuple[str, int]:
        """What a pointer leads into, and to which element of it."""
        place = pointer.place
        if place.endswith("[]"):
            return place.removesuffix("[]"), 0
        index = _INDEX.search(place)
        return (
            (self.parents[place], int(index[1])) if index and place in self.parents else (place, 0)
        )

    def whole(self, place: Place) -> Place:
        """The struct that stands at a place: on the heap its first element is the memory itself."""
        base, index = self.position(Address(place))
        return base if index == 0 and base in self.heap else place

    def moved(self, pointer: Address, by: int) -> Address:
        """A pointer some elements further."""
        base, index = self.position(pointer)
        if index + by:
            return Address(self.element(base, index + by))
        return Address(f"{base}[]" if base in self.arrays else base)

    def array(self, place: Place) -> Address:
        """The value of an array: a pointer to its first element."""
        self.arrays.add(place)
        return Address(f"{place}[]")

    def member(self, base: str, field: str) -> Place:
        """A member of a struct variable: `conn.session`."""
        if field.startswith("ex_data"):
            self.has_ex_data = True
            return self._belonging(base, f"{field} of {base}")
        return self._belonging(base, f"{base}.{field}")

    def member_through(self, pointer: Address, field: str) -> Place:
        """A member of what a pointer leads to: `conn->session` on the heap, else `conn.session`."""
        base = self.element(pointer.place, 0) if pointer.place.endswith("[]") else pointer.place
        if base in self.heap:
            label = _without_function(self.heap[base] or base)  # it outlives the function
            return self._belonging(base, f"{label}->{field}")
        return self.member(base, field)

    def element(self, base: str, index: int) -> Place:
        """An element of an array: `pool[0]`."""
        name = self.heap.get(base) or base.removesuffix("[]")
        return self._belonging(base.removesuffix("[]"), f"{name}[{index}]")

    def _belonging(self, base: str, place: Place) -> Place:
        self.members.setdefault(base, {})[place] = None
        self.parents[place] = base
        return place

    def read(self, place: Place) -> Value:
        """The value of a place, or what the storage it belongs to was filled with."""
        found = self.values.get(place)
        base: str | None = place
        while found is None and base is not None:
            found = self.unset.get(base)
            base = self.parents.get(base)
        return UNINITIALISED if found is None else found

    def members_of(self, base: str) -> list[Place]:
        """The members of a base and theirs, deepest last."""
        found = list(self.members.get(base, ()))
        for place in found:
            found += self.members.get(place, ())
        return found

    def ways(self, names: Iterable[str]) -> dict[Place, str]:
        """How C gets from variables to the members of heap memory: `cache->next->session`."""
        found: dict[Place, str] = {}
        seen: set[Place] = set()
        waiting = [(name, self.values.get(name)) for name in names]
        for way, value in waiting:  # it grows
            if not isinstance(value, Address) or value.place not in self.heap:
                continue
            if value.place not in seen:
                seen.add(value.place)
                inside = [place for place in self.members.get(value.place, ()) if "->" in place]
                found |= {place: f"{way}->{place.rpartition('->')[2]}" for place in inside}
                waiting += [(found[place], self.values.get(place)) for place in inside]
        return found

    def beyond(self) -> frozenset[Place]:
        """The places in memory of which nobody knows who else uses it."""
        unknown = {base for base in self.heap if self.unset.get(base) == _UNKNOWN}
        bases = unknown | self.given_away
        return frozenset(place for base in bases for place in self.members_of(base))

    def forget_members(self, base: str) -> tuple[tuple[Place, Value], ...]:
        """Storage goes; what stood in it with its last values."""
        gone: list[tuple[Place, Value]] = []
        for place in self.members_of(base.removesuffix("[]")):
            if place in self.values:
                gone.append((place, self.values.pop(place)))
                self._hide(place)
        self.members.pop(base, None)
        return tuple(gone)

    # -- scopes ------------------------------------------------------------

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
        gone: list[tuple[Place, Value]] = []
        for scope in scopes:
            for place in scope.values():
                if place in self.members and place not in self.statics.values():
                    gone += self.forget_members(place)
        for scope in scopes:
            for place in scope.values():
                if place in self.statics.values():
                    continue
                gone.append((place, self.values.pop(place, NULL)))
                self._hide(place)
        return tuple(gone)


def _without_function(label: str) -> str:
    return label.rpartition(":")[2]
