"""Functions of the rest of the world: memory, ex-data, and what is known to change no count.

What they do to pointers is followed, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from sslrefs.cscript.evaluate import Evaluator
from sslrefs.cscript.forks import OWN_FAILURES
from sslrefs.cscript.guesses import UNKNOWN
from sslrefs.cscript.names import HARMLESS, LIKELY_WORDS, METHODS
from sslrefs.cscript.parser import Program
from sslrefs.model.objects import NULL, Address, ObjectId, Opaque, Value
from sslrefs.model.outcome import Destroyed
from sslrefs.model.world import World
from sslrefs.trace.timeline import Place, ScopeLeft

__all__ = ["Elsewhere"]

Values = tuple[Value | None, ...]
Places = tuple[Place | None, ...]


class Elsewhere(Evaluator):
    """What a call of a function does that is neither libssl's nor the program's."""

    def __init__(self, program: Program, world: World) -> None:
        super().__init__(program, world)
        self.indexes = 0

    def call_elsewhere(self, name: str, values: Values, places: Places) -> Value:
        """The value of the call; an unknown function does nothing."""
        if (name in OWN_FAILURES or HARMLESS.get(name) == 1) and self.fails(name):
            return OWN_FAILURES.get(name, 0)
        if name in _FOLLOWED:
            return _FOLLOWED[name](self, values)
        if name in _EX_DATA:
            return self._ex_data(_EX_DATA[name], values, places)
        return HARMLESS.get(name, UNKNOWN)

    def objects_died(self) -> None:
        """With an object its ex-data go."""
        for event in tuple(self.events):
            if type(event) is Destroyed:
                self._forget(str(event.target).replace("#", " "))

    def _forget(self, base: str) -> None:
        gone = self.variables.forget_members(base)
        if gone:
            self.events.append(ScopeLeft("free", gone, cause="struct freed"))

    def _ex_data(self, mode: str, values: Values, places: Places) -> Value:
        """Ex-data are places of their own, which die with their object."""
        owner = values[0] if values else None
        if not isinstance(owner, ObjectId):
            return UNKNOWN
        index = values[1] if mode.endswith("ex_data") and len(values) > 1 else 0
        name = f"ex_data[{index if isinstance(index, int) else '?'}]"
        place = self.variables.member(str(owner).replace("#", " "), name)
        if mode.startswith("get"):
            return self.variables.values.get(place, NULL)
        stored = values[-1]
        self.assign(place, NULL if stored in (0, None) else stored, places[-1])
        return 1

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

    def new_index(self, _values: Values) -> Value:
        """SSL_get_ex_new_index(3) and its kin: each time another number; 0 is the app data's."""
        self.indexes += 1
        return self.indexes

    def allocate(self, _values: Values) -> Value:
        """malloc(3)."""
        return self.variables.allocate()

    def allocate_zeroed(self, _values: Values) -> Value:
        """calloc(3)."""
        return self.variables.allocate(NULL)

    def release(self, values: Values) -> Value:
        """free(3) of a struct or an array: what stood in it is forgotten."""
        if values and isinstance(values[0], Address):
            self._forget(values[0].place)
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
    "SSL_get_ex_new_index": Elsewhere.new_index,
    "SSL_CTX_get_ex_new_index": Elsewhere.new_index,
    "SSL_SESSION_get_ex_new_index": Elsewhere.new_index,
}

_EX_DATA = {
    f"{kind}_{verb}_{what}": f"{verb}_{what}"
    for kind in ("SSL", "SSL_CTX", "SSL_SESSION")
    for verb in ("set", "get")
    for what in ("ex_data", "app_data")
}
