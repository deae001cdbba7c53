"""Calls: of libssl on the model, of the program's own functions, of the rest of the world."""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.evaluate import UNKNOWN, Evaluator
from sslrefs.cscript.names import HARMLESS, THREADS
from sslrefs.model.calls import CALLS, Call, Parameter
from sslrefs.model.objects import (
    NULL,
    Address,
    Function,
    ObjectId,
    Opaque,
    Uninitialised,
    Value,
)
from sslrefs.model.outcome import Destroyed, NeedsCallback, Stored
from sslrefs.model.rules import step
from sslrefs.trace.timeline import Called, Place, ScopeLeft

__all__ = ["Caller"]


class Caller(Evaluator):
    """What a call does, whoever is called."""

    def run_function(
        self, name: str, values: tuple[Value, ...], places: tuple[Place | None, ...] = ()
    ) -> Value | None:
        """Run a function of the program; the interpreter knows how."""
        raise NotImplementedError

    def thread_call(
        self, name: str, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> Value:
        """A call of pthread_create(3) and its kin; `threads` knows how."""
        raise NotImplementedError

    def call(self, node: c_ast.FuncCall) -> Value | None:
        """The value of a call, of whatever kind the function is."""
        nodes = node.args.exprs if node.args else []
        name = node.name.name if isinstance(node.name, c_ast.ID) else ""
        place = self.variables.find(name)
        stands_for = self.variables.values[place] if place is not None else None
        if isinstance(stands_for, Function):
            name = stands_for.name
        row = CALLS.get(name)
        if row is not None:
            values = tuple(self.value(inner) for inner in nodes)
            places = tuple(self.place(inner) for inner in nodes)
            return self._libssl(row, values, places)
        values = tuple(
            self.value(inner) for inner in nodes if not isinstance(inner, c_ast.Typename)
        )
        if name in self.program.functions:
            places = tuple(self.place(inner) for inner in nodes)
            return self.run_function(
                name, tuple(v if v is not None else NULL for v in values), places
            )
        if name in _ENDS:
            self.halt()
        if name in _STORAGE:
            return _STORAGE[name](self, values)
        places = tuple(self.place(inner) for inner in nodes)
        if name in THREADS:
            return self.thread_call(name, values, places)
        if name in _EX_DATA:
            return self._ex_data(_EX_DATA[name], values, places)
        self._assumed(name, values, places)
        return 0 if name in HARMLESS else UNKNOWN

    def _assumed(
        self, name: str, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> None:
        """Do to the arguments of an unknown function what the text says it does."""
        for assumption in self.program.directions.assumptions.get(name, ()):
            index = assumption.argument - 1
            value = values[index] if index < len(values) else None
            if isinstance(value, ObjectId):
                function = _DOES[assumption.does][value.kind]
                self._libssl(CALLS[function], (value,), (places[index],))

    def _ex_data(
        self, mode: str, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> Value:
        """Ex-data are places of their own, which die with their object."""
        owner = values[0] if values else None
        if not isinstance(owner, ObjectId):
            return UNKNOWN
        index = values[1] if mode.endswith("ex_data") and len(values) > 1 else 0
        place = self.variables.member(str(owner).replace("#", " "), f"ex_data[{index}]")
        if mode.startswith("get"):
            return self.variables.values.get(place, NULL)
        stored = values[-1]
        self.assign(place, NULL if stored in (0, None) else stored, places[-1])
        return 1

    def release_storage(self, values: tuple[Value | None, ...]) -> Value:
        """free(3) of a struct or an array: what stood in it is forgotten."""
        if values and isinstance(values[0], Address):
            gone = self.variables.forget_members(values[0].place)
            if gone:
                self.events.append(ScopeLeft("free", gone, cause="struct freed"))
        return 0

    def _objects_died(self) -> None:
        """With an object its ex-data go."""
        for event in tuple(self.events):
            if type(event) is Destroyed:
                gone = self.variables.forget_members(str(event.target).replace("#", " "))
                if gone:
                    self.events.append(ScopeLeft("free", gone, cause="struct freed"))

    def _libssl(
        self, row: Call, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> Value | None:
        """Give one call to the model, and run the callbacks it needs."""
        arguments: list[Value] = []
        for parameter, value in zip(row.parameters, values, strict=True):
            if value == 0 and parameter.kind != "number":
                value = NULL  # noqa: PLW2901  # C's null pointer constant
            if value is NULL and parameter.kind == "number":
                value = 0  # noqa: PLW2901
            if (
                value is None
                or not _is_usable(parameter, value)
                or (isinstance(value, Opaque) and not _may_be_opaque(parameter, value))
            ):
                text = f"{row.name} is left out: its argument {parameter.name} is not known here"
                self.note(text)
                return UNKNOWN if row.result != "nothing" else None
            arguments.append(self._filled(value) if isinstance(value, Address) else value)
        given = tuple(arguments)
        self.events.append(Called(row.name, given, places, self.directions))
        outcome = step(self.world, row.name, given, self.directions)
        while isinstance(outcome, NeedsCallback):
            self.events += outcome.events
            self.world = outcome.world
            returned, copy = self._callback(outcome)
            outcome = outcome.resume(self.world, returned, copy)
        self.events += outcome.events
        self.world = outcome.world
        for event in outcome.events:
            if type(event) is Stored:
                self.assign(event.place, event.value, None)
        if self.variables.has_ex_data:
            self._objects_died()
        return outcome.returned

    def _filled(self, value: Value, depth: int = 0) -> Value:
        """A pointer with what stands where it points, and where that points."""
        if not isinstance(value, Address) or depth > 2:
            return value
        content = self.variables.values.get(value.place)
        return Address(
            value.place, self._filled(content, depth + 1) if content is not None else None
        )

    def _callback(self, needs: NeedsCallback) -> tuple[Value | None, int | None]:
        """Run a callback; what it returned and what a get callback wrote to `*copy`, if it did."""
        if needs.name != "get_cb":
            return self.run_function(needs.function, needs.arguments), None
        flag = self.variables.declare("*copy", "int", 1)
        self.copy_flag = flag
        arguments = (*needs.arguments, Opaque("pointer"), 32, Address(flag))
        returned = self.run_function(needs.function, arguments)
        copy = None if self.copy_flag else self.variables.values[flag]
        self.copy_flag = ""
        self.variables.values.pop(flag, None)
        return returned, copy if isinstance(copy, int) else None


_ENDS = ("exit", "_exit", "abort")


def _is_usable(parameter: Parameter, value: Value) -> bool:
    """Whether the model can work with the value; a cast can make anything of anything."""
    if parameter.kind == "number":
        return isinstance(value, int | Opaque | Uninitialised)
    return not isinstance(value, int)


def _may_be_opaque(parameter: Parameter, value: Opaque) -> bool:
    """Whether a call can be worked out though it does not know this argument."""
    return parameter.kind in ("text", "pointer", "function") or value.label == "positive"


def _allocate(caller: Caller, _values: tuple[Value | None, ...]) -> Value:
    return caller.variables.allocate(is_zeroed=False)


def _allocate_zeroed(caller: Caller, _values: tuple[Value | None, ...]) -> Value:
    return caller.variables.allocate(is_zeroed=True)


def _set_memory(caller: Caller, values: tuple[Value | None, ...]) -> Value:
    """memset(3): only setting to 0 is known."""
    if values and isinstance(values[0], Address):
        caller.variables.zeroed.add(values[0].place)
    return values[0] if values and values[0] is not None else UNKNOWN


_STORAGE = {
    "malloc": _allocate,
    "OPENSSL_malloc": _allocate,
    "calloc": _allocate_zeroed,
    "OPENSSL_zalloc": _allocate_zeroed,
    "memset": _set_memory,
    "free": Caller.release_storage,
    "OPENSSL_free": Caller.release_storage,
}

_EX_DATA = {
    f"{kind}_{verb}_{what}": f"{verb}_{what}"
    for kind in ("SSL", "SSL_CTX", "SSL_SESSION")
    for verb in ("set", "get")
    for what in ("ex_data", "app_data")
}

_DOES = {
    "frees": {"ctx": "SSL_CTX_free", "ssl": "SSL_free", "session": "SSL_SESSION_free"},
    "counts": {"ctx": "SSL_CTX_up_ref", "ssl": "SSL_up_ref", "session": "SSL_SESSION_up_ref"},
}
