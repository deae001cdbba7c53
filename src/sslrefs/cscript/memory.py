"""Memory of the program: pointers that move in arrays, structs that are copied whole.

Arrays, structs and the heap are places with names (`frames`); here is what C does
with the pointers to them. Expressions are read above.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pycparser import c_ast

from sslrefs.cscript.guesses import UNKNOWN
from sslrefs.cscript.numbers import calculate
from sslrefs.cscript.recorder import Recorder
from sslrefs.cscript.types import is_foreign, is_pointer
from sslrefs.model.objects import NULL, UNINITIALISED, Address, Opaque, Text, Value
from sslrefs.trace.timeline import Place, ScopeLeft

__all__ = ["STRUCT", "Memory"]

STRUCT = Opaque("struct")
"""The value of a struct as a whole: what is in it stands in its members."""

_POINTER = Opaque("pointer")
_SAME_AGAIN = re.compile(r"->(\w+)->\1->\1$")
_LAST_PART = re.compile(r"(?:->|\.)(\w+)$|\[(-?\d+)\]$")


class Memory(Recorder):
    """Pointers and structs."""

    def reckoned(self, op: str, left: Value | None, right: Value | None) -> Value:
        """A binary operation; one of its sides may be a pointer into an array."""
        if isinstance(left, Address) and isinstance(right, Address):
            base, here = self.variables.position(left)
            other, there = self.variables.position(right)
            if base == other and op not in ("==", "!="):
                return calculate(op, here, there)
        elif op in ("+", "-") and isinstance(left, Address | Text):
            return self._moved(left, right, -1 if op == "-" else 1)
        elif op == "+" and isinstance(right, Address | Text):
            return self._moved(right, left, 1)
        elif op in ("+", "-") and _POINTER in (left, right):
            return _POINTER
        return calculate(op, left, right)

    def _moved(self, pointer: Value, by: Value | None, sign: int) -> Value:
        """A pointer so many elements further; where it leads if that is not known, nobody knows."""
        if not isinstance(pointer, Address) or not isinstance(by, int):
            return _POINTER
        return self.variables.moved(pointer, sign * by)

    # -- structs -----------------------------------------------------------

    def is_struct(self, type_: str, source: Place | None) -> bool:
        """Whether a value that stands at `source` is a struct, to be copied member by member."""
        if source is None or is_pointer(type_) or source.endswith("[]"):
            return False
        return type_.startswith("struct") or source in self.variables.members

    def copy(self, source: Place, target: Place) -> None:
        """Copy what stands in a struct into another, and what was never given a value too."""
        variables = self.variables
        source, target = variables.whole(source), variables.whole(target)
        if source == target:
            return
        variables.unset[target] = variables.read(source) if source not in variables.values else (
            variables.unset.get(source, UNINITIALISED)
        )  # fmt: skip
        for place in list(variables.members.get(target, ())):
            if place in variables.values and self._twin(place, source) not in variables.values:
                self.assign(place, variables.read(self._twin(place, source)), None)
        for place in list(variables.members.get(source, ())):
            twin = self._twin(place, target)
            if place in variables.members:
                self.copy(place, twin)
            if place in variables.values:
                self.assign(twin, variables.values[place], place)
        if source.endswith("()"):
            gone = variables.forget_members(source)
            self.events.append(ScopeLeft("", gone))

    def _twin(self, place: Place, base: Place) -> Place:
        """The member or element of `base` that is called as `place` is in its own."""
        field, index = _last_part(place)
        if field:
            return self.variables.member_through(Address(base), field)
        return place if index is None else self.variables.element(base, index)

    # -- memory that is not known --------------------------------------------

    def shared(self, type_: str, value: Value, source: Place | None) -> Value:
        """An argument: memory that is not known is the same for who calls and who is called."""
        if source is None or value not in (UNKNOWN, UNINITIALISED):
            return value
        if not is_pointer(type_) or not (is_foreign(type_) or type_ == "void *"):
            return value
        return self.memory_of(source)

    def followed(self, type_: str, value: Value | None, source: Place | None) -> Value | None:
        """A value to be stored: a copy of an unknown pointer leads to the same memory."""
        return self.shared(type_, value, source) if value == UNKNOWN else value

    def memory_of(self, place: Place) -> Value:
        """What a pointer leads to of which nothing is known: memory of its own.

        A list of such memory ends after its third entry: nobody knows how long it is.
        """
        if _SAME_AGAIN.search(place):
            self.note(f"{place} is taken as NULL: how long the list is, is not known")
            self.variables.set(place, NULL)
            return NULL
        self.note(f"where {place} points to is not known: it is taken as memory of its own")
        address = self.variables.allocate(UNKNOWN)
        self.variables.set(place, address)
        return address

    def allocated(self, type_: str, node: c_ast.Node, value: Value | None) -> Value | None:
        """What a function of the program's own world allocates for a struct is new memory."""
        while isinstance(node, c_ast.Cast):
            node = node.expr
        name = node.name.name if _is_named_call(node) else ""
        if value != UNKNOWN or "alloc" not in name.lower() or not type_.endswith("*"):
            return value
        self.note(f"what {name} returns is taken as new memory, set to zero")
        return self.variables.allocate(NULL)


@lru_cache(maxsize=1024)  # a loop copies the same few again and again
def _last_part(place: Place) -> tuple[str, int | None]:
    """The member a place ends with, or the element."""
    part = _LAST_PART.search(place)
    if part is None:
        return "", None
    return part[1] or "", int(part[2]) if part[2] else None


def _is_named_call(node: c_ast.Node) -> bool:
    return isinstance(node, c_ast.FuncCall) and isinstance(node.name, c_ast.ID)
