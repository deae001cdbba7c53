"""Functions of the rest of the world: memory, ex-data, and what is known to change no count.

What they do to pointers is followed, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sslrefs.cscript.exdata import EX_DATA, NEW_INDEX, ExData
from sslrefs.cscript.forks import OWN_FAILURES
from sslrefs.cscript.guesses import UNKNOWN
from sslrefs.cscript.names import HARMLESS, LIKELY_WORDS, METHODS, READERS
from sslrefs.model.objects import NULL, UNINITIALISED, Address, Opaque, Value
from sslrefs.trace.timeline import Place

__all__ = ["Elsewhere"]

Values = tuple[Value | None, ...]
Places = tuple[Place | None, ...]

_EMPTY = (NULL, UNINITIALISED)
_BYTES = Opaque("pointer")
"""What stands in an array of numbers at first: nothing that is looked into."""
_KEEPS = re.compile("insert|append|push|enqueue|register|store|(^|_)(add|put)", re.IGNORECASE)
"""What functions are called that put something in a list or a table of theirs."""


class Elsewhere(ExData):
    """What a call of a function does that is neither libssl's nor the program's."""

    def call_elsewhere(self, name: str, values: Values, places: Places) -> Value:
        """The value of the call; of an unknown function little is taken for granted."""
        if (name in OWN_FAILURES or HARMLESS.get(name) == 1) and self.fails(name):
            return OWN_FAILURES.get(name, 0)
        if name in _FOLLOWED:
            return _FOLLOWED[name](self, values)
        if name in EX_DATA:
            return self.ex_data(EX_DATA[name], values, places)
        if name in NEW_INDEX:
            return self.new_index(NEW_INDEX[name], values)
        if name in HARMLESS:
            return HARMLESS[name]
        if name in READERS:
            return UNKNOWN
        self._left_to(name, values)
        return UNKNOWN

    def _left_to(self, name: str, values: Values) -> None:
        """What an unknown function may do with memory: keep it in a list, fill a variable."""
        kept = [place for place in map(self._storage, values) if place is not None]
        if kept and _KEEPS.search(name):
            self.variables.given_away.update(kept)
            self.note(f"the memory that {name} is given is taken as kept by what is not shown")
        for value in (value for value in values if isinstance(value, Address)):
            if self.variables.values.get(value.place) in _EMPTY:
                self.variables.set(value.place, UNKNOWN)
            elif self._is_buffer(value.place):
                self.variables.values[value.place] = UNKNOWN  # what d2i_SSL_SESSION finds there
            else:
                continue
            self.note(f"what {name} makes of {value.place.removesuffix('[]')} is not known")

    def _is_buffer(self, place: Place) -> bool:
        """Whether an array or memory from the heap has nothing in it yet."""
        base = place.removesuffix("[]")
        is_storage = base != place or base in self.variables.heap
        is_empty = self.variables.values.get(place) in (None, _BYTES)
        return is_storage and is_empty and not self.variables.members.get(base)

    def _storage(self, value: Value | None) -> str | None:
        """The memory from the heap that a pointer leads into, if it does."""
        base = self.variables.position(value)[0] if isinstance(value, Address) else None
        while base is not None and base not in self.variables.heap:
            base = self.variables.parents.get(base)  # `list_add(&entry->links, &all)`
        return base

    def error(self, values: Values) -> Value:
        """SSL_get_error(3): nothing is wrong after a success; else what was is not known."""
        succeeded = len(values) > 1 and isinstance(values[1], int) and values[1] > 0
        return 0 if succeeded else UNKNOWN

    def method(self, _values: Values) -> Value:
        """SSLv23_method(3) and its kin: TLS_method(3) by its former name, or of one version."""
        return Opaque("method")

    def version(self, _values: Values) -> Value:
        """OpenSSL_version_num(3)."""
        return self.world.library.version

    def allocate(self, _values: Values) -> Value:
        """malloc(3)."""
        return self.variables.allocate()

    def allocate_zeroed(self, _values: Values) -> Value:
        """calloc(3)."""
        return self.variables.allocate(NULL)

    def release(self, values: Values) -> Value:
        """free(3) of a struct or an array: what stood in it is forgotten."""
        if values and isinstance(values[0], Address):
            self.forget(values[0].place)
        return 0

    def set_memory(self, values: Values) -> Value:
        """memset(3) to zero: whatever stood there is overwritten."""
        if not values or not isinstance(values[0], Address) or values[1:2] not in ((0,), (NULL,)):
            return UNKNOWN
        base = values[0].place.removesuffix("[]")
        self.variables.unset[base] = NULL
        for place in self.variables.members_of(base):
            if place in self.variables.values:
                self.assign(place, NULL, None)
        return values[0]

    def copy_memory(self, values: Values) -> Value:
        """memcpy(3) of a struct or an array: what stands in it is copied."""
        match values:
            case (Address() as target, Address() as source, *_):
                self.copy(source.place.removesuffix("[]"), target.place.removesuffix("[]"))
                return target
        return values[0] if values and values[0] is not None else UNKNOWN

    def first(self, values: Values) -> Value:
        """What tells the compiler how likely a condition is: the condition."""
        return UNKNOWN if not values or values[0] is None else values[0]


_FOLLOWED: dict[str, Callable[[Elsewhere, Values], Value]] = {
    "malloc": Elsewhere.allocate,
    "OPENSSL_malloc": Elsewhere.allocate,
    "calloc": Elsewhere.allocate_zeroed,
    "OPENSSL_zalloc": Elsewhere.allocate_zeroed,
    "memset": Elsewhere.set_memory,
    **dict.fromkeys(LIKELY_WORDS, Elsewhere.first),
    **dict.fromkeys(("memcpy", "memmove"), Elsewhere.copy_memory),
    "free": Elsewhere.release,
    "OPENSSL_free": Elsewhere.release,
    **dict.fromkeys(METHODS, Elsewhere.method),
    **dict.fromkeys(("OpenSSL_version_num", "SSLeay"), Elsewhere.version),
    "SSL_get_error": Elsewhere.error,
}
