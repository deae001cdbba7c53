"""Ex-data: pointers that an object carries for the program, and what runs when it dies.

Measured on OpenSSL 3.0: every free callback that is registered for a kind runs for
each object of it that dies, also where nothing was stored; SSL_SESSION_dup copies
the pointers. What a callback does is shown after the call's own effects.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.cscript.evaluate import Evaluator
from sslrefs.cscript.guesses import UNKNOWN
from sslrefs.cscript.parser import Program
from sslrefs.model.objects import NULL, UNINITIALISED, Function, ObjectId, Opaque, Value
from sslrefs.model.outcome import Destroyed
from sslrefs.model.world import World
from sslrefs.trace.timeline import Place, ScopeLeft

__all__ = ["EX_DATA", "NEW_INDEX", "ExData"]

Values = tuple[Value | None, ...]
Places = tuple[Place | None, ...]

_KINDS = {"SSL": "ssl", "SSL_CTX": "ctx", "SSL_SESSION": "session"}

EX_DATA = {
    f"{kind}_{verb}_{what}": f"{verb}_{what}"
    for kind in _KINDS
    for verb in ("set", "get")
    for what in ("ex_data", "app_data")
}
"""The functions that store and read, each with what it does."""

NEW_INDEX = {f"{kind}_get_ex_new_index": which for kind, which in _KINDS.items()}
"""The functions that give an index, each with the kind of its objects."""


class _Freeing(NamedTuple):
    """A free callback: the index it is for, its function, and what it is given on top."""

    number: int
    function: str
    rest: tuple[Value, Value]


class ExData(Evaluator):
    """What stands in ex-data."""

    def __init__(self, program: Program, world: World) -> None:
        super().__init__(program, world)
        self.indexes = dict.fromkeys(_KINDS.values(), 0)
        self.freeing: dict[str, list[_Freeing]] = {which: [] for which in _KINDS.values()}
        self.buried: set[ObjectId] = set()

    def run_function(
        self, name: str, values: tuple[Value, ...], places: tuple[Place | None, ...] = ()
    ) -> Value | None:
        """Run a function of the program; the interpreter knows how."""
        raise NotImplementedError

    def new_index(self, kind: str, values: Values) -> Value:
        """SSL_get_ex_new_index(3) and its kin: the next number of the kind; 0 is the app data's."""
        self.indexes[kind] += 1
        number, argument, *callbacks = (*values, None, None, None, None, None)[:5]
        for what, callback in zip(("new", "dup"), callbacks, strict=False):
            if isinstance(callback, Function):
                self.note(f"the {what} callback {callback.name} is not run here")
        free = callbacks[2]
        if isinstance(free, Function) and free.name in self.program.functions:
            rest = (0 if number is None else number, NULL if argument is None else argument)
            self.freeing[kind].append(_Freeing(self.indexes[kind], free.name, rest))
        elif isinstance(free, Function):
            self.note(f"the free callback {free.name} is not defined here: it is not run")
        return self.indexes[kind]

    def ex_data(self, mode: str, values: Values, places: Places) -> Value:
        """Ex-data are places of their own, which die with their object."""
        owner = values[0] if values else None
        if not isinstance(owner, ObjectId):
            return UNKNOWN
        index = values[1] if mode.endswith("ex_data") and len(values) > 1 else 0
        place = self._slot(owner, index)
        if mode.startswith("get"):
            return self.variables.values.get(place, NULL)
        stored = values[-1]
        if stored in (UNKNOWN, UNINITIALISED):  # whoever reads it comes to the same memory
            stored = self.memory_of(places[-1] or place)
        self.assign(place, NULL if stored in (0, None) else stored, places[-1])
        return 1

    def _slot(self, owner: ObjectId, index: Value | None) -> Place:
        name = f"ex_data[{index if isinstance(index, int) else '?'}]"
        return self.variables.member(_base(owner), name)

    @property
    def follows_ex_data(self) -> bool:
        """Whether it matters that an object dies."""
        return self.variables.has_ex_data or any(self.freeing.values())

    def ex_data_copied(self, source: Value, target: Value | None) -> None:
        """SSL_SESSION_dup(3): the copy has the same pointers."""
        if not isinstance(source, ObjectId) or not isinstance(target, ObjectId):
            return
        for place in list(self.variables.members.get(_base(source), ())):
            if place in self.variables.values:
                twin = place.replace(f" of {_base(source)}", f" of {_base(target)}")
                field = twin.split(" of ", maxsplit=1)[0]
                self.assign(
                    self.variables.member(_base(target), field),
                    self.variables.values[place],
                    place,
                )

    def objects_died(self) -> None:
        """With an object its ex-data go; its free callbacks run before."""
        for event in tuple(self.events):
            if type(event) is Destroyed and event.target not in self.buried:
                self.buried.add(event.target)
                if self.world.undefined is None:
                    self._run_free_callbacks(event.target)
                self.forget(_base(event.target))

    def _run_free_callbacks(self, target: ObjectId) -> None:
        for index, function, rest in self.freeing[target.kind]:
            place = self._slot(target, index)
            value = self.variables.values.get(place, NULL)
            given = (Opaque("pointer"), value, Opaque("pointer"), index, *rest)
            self.run_function(function, given, (None, place))

    def forget(self, base: str) -> None:
        """Storage goes with all that stood in it."""
        gone = self.variables.forget_members(base)
        if gone:
            self.events.append(ScopeLeft("free", gone, cause="struct freed"))


def _base(target: ObjectId) -> str:
    return str(target).replace("#", " ")
