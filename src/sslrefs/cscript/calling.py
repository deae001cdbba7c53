"""Calls: of libssl on the model, of the program's own functions, of the rest of the world."""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.elsewhere import Elsewhere
from sslrefs.cscript.fitting import is_object
from sslrefs.cscript.forks import FAILURES
from sslrefs.cscript.guesses import UNKNOWN, is_open
from sslrefs.cscript.names import EXAMPLES, THREADS
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
from sslrefs.model.outcome import NeedsCallback, Stored
from sslrefs.model.rules import step
from sslrefs.trace.timeline import LEFT_OUT, Called, Place

__all__ = ["Caller"]


class Caller(Elsewhere):
    """What a call does, whoever is called."""

    def thread_call(
        self, name: str, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> Value:
        """A call of pthread_create(3) and its kin; `threads` knows how."""
        raise NotImplementedError

    def peer_is_done(self, node: c_ast.FuncCall, ssl: Value | None) -> bool:
        """Whether a loop has read what the peer says; `flow` knows the loops."""
        raise NotImplementedError

    def call(self, node: c_ast.FuncCall) -> Value | None:
        """The value of a call, of whatever kind the function is."""
        nodes = node.args.exprs if node.args else []
        name = self._callee(node.name)
        if name == "SSL_CTX_ctrl" and len(nodes) == 4:
            name, nodes = self._by_number(nodes)
        row = CALLS.get(name)
        if row is not None:
            values, places = self._arguments_of(nodes)
            if name in ("SSL_read", "SSL_read_ex"):
                return self._read(node, row, values, places)
            return self._libssl(row, values, places)
        values, places = self._arguments_of(
            [inner for inner in nodes if not isinstance(inner, c_ast.Typename)]
        )
        if name in self.program.functions:
            return self.run_function(
                name, tuple(v if v is not None else NULL for v in values), places
            )
        if name in _ENDS:
            self.halt()
        if name in THREADS:
            return self.thread_call(name, values, places)
        self._assumed(name, values, places)
        return self.call_elsewhere(name, values, places)

    def _arguments_of(
        self, nodes: list[c_ast.Node]
    ) -> tuple[tuple[Value | None, ...], tuple[Place | None, ...]]:
        """The arguments of a call in order, and the places that they were read from."""
        pairs = [(self.value(node), self.place(node)) for node in nodes]
        return tuple(value for value, _ in pairs), tuple(place for _, place in pairs)

    def _by_number(self, nodes: list[c_ast.Node]) -> tuple[str, list[c_ast.Node]]:
        """What SSL_CTX_ctrl(3) does: the function of that number, for which a macro stands."""
        command = self.value(nodes[1])
        name = _BY_NUMBER.get(command, "") if isinstance(command, int) else ""
        if not name:
            self.note("what this SSL_CTX_ctrl does is not modelled")
            return "SSL_CTX_ctrl", nodes
        return name, [nodes[0], nodes[2]][: len(CALLS[name].parameters)]

    def _callee(self, node: c_ast.Node) -> str:
        """The name of the function that is called, also through a pointer to it; "" if unknown."""
        if isinstance(node, c_ast.ID) and self.variables.find(node.name) is None:
            return str(node.name)
        while isinstance(node, c_ast.UnaryOp) and node.op in ("*", "&"):
            node = node.expr
        found = self.value(node)
        return found.name if isinstance(found, Function) else getattr(node, "name", None) or ""

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

    def _read(
        self,
        node: c_ast.FuncCall,
        row: Call,
        values: tuple[Value | None, ...],
        places: tuple[Place | None, ...],
    ) -> Value | None:
        """SSL_read in a loop: the peer closes after one message, so that the loop ends."""
        outer = self.directions
        if values and self.peer_is_done(node, values[0]) and not outer:
            self.note("in this loop the peer says one thing and then closes the connection")
            self.directions = ("peer closes",)
        try:
            return self._libssl(row, values, places)
        finally:
            self.directions = outer

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
            if is_open(value) and parameter.name in ("length", "size") and row.name in _SIZED:
                value = Opaque("positive")  # noqa: PLW2901
            if (
                value is None
                or not _is_usable(parameter, value)
                or (isinstance(value, Opaque) and not _may_be_opaque(parameter, value))
                or (is_object(parameter.type) and self._is_guessed(value))
            ):
                self.note(_left_out(row, parameter))
                return UNKNOWN if row.result != "nothing" else None
            arguments.append(self._filled(value) if isinstance(value, Address) else value)
        given = tuple(arguments)
        directions = self.directions
        failure = FAILURES.get(row.name)
        if failure and not directions and self.fails(row.name):
            directions = (failure,)
        self.events.append(Called(row.name, given, places, directions))
        outcome = step(self.world, row.name, given, directions)
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
        if self.follows_ex_data:
            if row.name == "SSL_SESSION_dup":
                self.ex_data_copied(given[0], outcome.returned)
            self.objects_died()
        return outcome.returned

    def _is_guessed(self, value: Value) -> bool:
        """Whether a pointer leads to memory that was only taken to be there."""
        if not isinstance(value, Address):
            return False
        base, _ = self.variables.position(value)
        return base in self.variables.heap and self.variables.unset.get(base) == UNKNOWN

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


_BY_NUMBER = {
    20: "SSL_CTX_sess_number",
    42: "SSL_CTX_sess_set_cache_size",
    43: "SSL_CTX_sess_get_cache_size",
    44: "SSL_CTX_set_session_cache_mode",
    45: "SSL_CTX_get_session_cache_mode",
    123: "SSL_CTX_set_min_proto_version",
    124: "SSL_CTX_set_max_proto_version",
}
"""The commands of SSL_CTX_ctrl(3) that have to do with sessions."""

_SIZED = ("SSL_read", "SSL_write", "d2i_SSL_SESSION")
"""Functions that are taken to be given as many bytes as they need."""

_ENDS = ("exit", "_exit", "abort")


def _left_out(row: Call, parameter: Parameter) -> str:
    text = f"{row.name} {LEFT_OUT} {parameter.name} is not known here"
    made = EXAMPLES.get(parameter.type)
    return f"{text}; make one first, for example: {made.format('x')}" if made else text


def _is_usable(parameter: Parameter, value: Value) -> bool:
    """Whether the model can work with the value; a cast can make anything of anything."""
    if parameter.kind == "number":
        return isinstance(value, int | Opaque | Uninitialised)
    return not isinstance(value, int)


def _may_be_opaque(parameter: Parameter, value: Opaque) -> bool:
    """Whether a call can be worked out though it does not know this argument."""
    return parameter.kind in ("text", "pointer", "function") or value.label == "positive"


_DOES = {
    "frees": {"ctx": "SSL_CTX_free", "ssl": "SSL_free", "session": "SSL_SESSION_free"},
    "counts": {"ctx": "SSL_CTX_up_ref", "ssl": "SSL_up_ref", "session": "SSL_SESSION_up_ref"},
}
