"""Expressions of C on the model: values, places, assignments, calls.

What a statement does is collected in `events`; `_step` closes it as a step.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import NoReturn

from pycparser import c_ast

from sslrefs.cscript.frames import Variables
from sslrefs.cscript.names import CONSTANTS, HARMLESS
from sslrefs.cscript.parser import Program, Span
from sslrefs.model.calls import CALLS, Call, Parameter
from sslrefs.model.objects import (
    NULL,
    UNINITIALISED,
    Address,
    Function,
    ObjectId,
    Opaque,
    Text,
    Uninitialised,
    Value,
)
from sslrefs.model.outcome import NeedsCallback, Stored
from sslrefs.model.rules import step
from sslrefs.model.world import World
from sslrefs.trace.timeline import Assigned, Called, Hidden, Note, Place, Step, StepEvent

__all__ = ["Evaluator", "Halt"]

_UNKNOWN = Opaque("unknown")

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


class Halt(Exception):  # noqa: N818  # a jump, not an error
    """The program stands still here: `exit` was called, or a limit reached; `cut` says which."""

    def __init__(self, cut: str | None = None) -> None:
        self.cut = cut


class Evaluator:
    """The state of a run, and what expressions do to it."""

    def __init__(self, program: Program, world: World) -> None:
        self.program = program
        self.world = world
        self.variables = Variables()
        self.steps: list[Step] = []
        self.notes: list[Note] = []
        self.events: list[StepEvent] = []
        self.directions: tuple[str, ...] = ()
        self.line = 0
        self.returning: Place | None = None
        self.is_halted = False
        self._spans: dict[int, Span] = {}
        self._noted: set[str] = set()
        self._copy_flag: Place = ""
        self._met: set[int] = set()

    def run_function(
        self, name: str, values: tuple[Value, ...], places: tuple[Place | None, ...] = ()
    ) -> Value | None:
        """Run a function of the program; the interpreter knows how."""
        raise NotImplementedError

    def check_limits(self) -> None:
        """Stop the run at a limit; the interpreter knows which."""
        raise NotImplementedError

    def halt(self, cut: str | None = None) -> NoReturn:
        """Stand still; no scope ends any more."""
        self.is_halted = True
        raise Halt(cut)

    # -- steps -------------------------------------------------------------

    def _step(self, node: c_ast.Node, run: Callable[[], Value | None]) -> Value | None:
        """Run one statement and record it; callbacks inside record theirs before it.

        If the program halts inside, what the statement had done is recorded too.
        """
        self.check_limits()
        span = self._spans.get(id(node))
        if span is None:
            span = self._spans[id(node)] = self.program.span(node)
        outer = (self.events, self.directions, self.line)
        self.events = []
        self.directions = self.program.directions.lines.get(span.end_line, ())
        self.line = span.line
        returned: Value | None = None
        try:
            returned = run()
        except (Halt, RecursionError):
            self.is_halted = True
            self._record(span, None)
            raise
        self._record(span, returned)
        self.events, self.directions, self.line = outer
        return returned

    def _record(self, span: Span, returned: Value | None) -> None:
        events = tuple(self.events)
        if any(type(event) is Called for event in events):
            self._met.add(span.end_line)
        self.steps.append(
            Step(
                len(self.steps),
                span.line,
                span.end_line,
                span.text,
                self.variables.depth,
                self.variables.frames[-1].function,
                tuple(event.name for event in events if type(event) is Called),
                returned,
                events,
                self.world,
                self.variables.shown,
                self.world.undefined,
            )
        )

    def note_unmet_directions(self) -> None:
        """Say which directions of lines met no call: they had no effect."""
        for line, words in self.program.directions.lines.items():
            if line not in self._met:
                text = f"`{' and '.join(words)}` had no effect: no call that ran ends on this line"
                self.notes.append(Note(line, text))

    def note(self, text: str) -> None:
        """Tell the reader something about the current line, once."""
        if text not in self._noted:
            self._noted.add(text)
            self.notes.append(Note(self.line, text))

    # -- variables ---------------------------------------------------------

    def assign(self, place: Place, value: Value, source: Place | None) -> None:
        """Give a variable a value."""
        before = self.variables.values.get(place, UNINITIALISED)
        self.variables.set(place, value)
        if place == self._copy_flag:
            self._copy_flag = ""
        self.events.append(Assigned(place, before, value, source))

    def receive(self, name: str, type_: str, value: Value, source: Place | None) -> None:
        """A parameter gets its argument, read from the caller's variable `source` if it was one."""
        place = self.variables.declare(name, type_, value)
        self.events.append(Assigned(place, UNINITIALISED, value, source))

    def place(self, node: c_ast.Node) -> Place | None:
        """The variable an expression names, or None for another expression."""
        match node:
            case c_ast.ID(name=name):
                return self.variables.find(name)
            case c_ast.Cast(expr=inner):
                return self.place(inner)
            case c_ast.UnaryOp(op="*", expr=inner):
                target = self.value(inner)
                return target.place if isinstance(target, Address) else None
        return None

    # -- values ------------------------------------------------------------

    def value(self, node: c_ast.Node) -> Value | None:
        """The value of an expression; what it does is done."""
        match node:
            case c_ast.ID(name=name):
                return self._name(name)
            case c_ast.FuncCall():
                return self._call(node)
            case c_ast.Constant():
                return _constant(node)
            case c_ast.Assignment():
                return self._assignment(node)
            case c_ast.UnaryOp():
                return self._unary(node)
            case c_ast.BinaryOp():
                return self._binary(node)
            case c_ast.Cast():
                return self.value(node.expr)
            case c_ast.TernaryOp():
                chosen = self.is_true(self.value(node.cond))
                return self.value(node.iftrue if chosen else node.iffalse)
            case c_ast.ExprList():
                values = [self.value(inner) for inner in node.exprs]
                return values[-1]
        kind = _KINDS.get(type(node).__name__, "this kind of expression")
        self.note(f"{kind} is not modelled: its value is not looked into")
        return _UNKNOWN

    def _name(self, name: str) -> Value:
        place = self.variables.find(name)
        if place is not None:
            return self.variables.values[place]
        if name == "NULL":
            return NULL
        if name in self.program.functions:
            return Function(name)
        return CONSTANTS.get(name, _UNKNOWN)

    def is_true(self, value: Value | None) -> bool:
        """Whether C takes the value for true; what is not modelled counts as true."""
        return value not in (0, NULL, None)

    def _assignment(self, node: c_ast.Assignment) -> Value:
        value = self.value(node.rvalue)
        source = self.place(node.rvalue)
        place = self.place(node.lvalue)
        if node.op != "=" and place is not None:
            old = self.variables.values[place]
            value = _calculate(node.op[:-1], old, value)
        if place is None:
            self._store_unseen(value, source)
            return value if value is not None else _UNKNOWN
        if value == 0 and "*" in self.variables.types.get(place, ""):
            value = NULL
        self.assign(place, value if value is not None else _UNKNOWN, source)
        return self.variables.values[place]

    def _store_unseen(self, value: Value | None, source: Place | None) -> None:
        self.note("what is stored in a struct, an array or on the heap is not followed")
        if isinstance(value, ObjectId):
            self.events.append(Hidden(value, source))

    def _unary(self, node: c_ast.UnaryOp) -> Value:
        operand = node.expr
        if node.op == "sizeof":
            return 64
        if node.op == "&":
            place = self.place(operand)
            if place is not None:
                return Address(place)
            found = self.value(operand)
            return found if isinstance(found, Function) else _UNKNOWN
        if node.op == "*":
            place = self.place(node)
            return self.variables.values.get(place, _UNKNOWN) if place else _UNKNOWN
        if node.op in ("++", "--", "p++", "p--"):
            return self._count(node)
        value = self.value(operand)
        if node.op == "!":
            return int(not self.is_true(value))
        if not isinstance(value, int):
            return _UNKNOWN
        return {"-": -value, "+": value, "~": ~value}[node.op]

    def _count(self, node: c_ast.UnaryOp) -> Value:
        place = self.place(node.expr)
        old = self.variables.values.get(place) if place else None
        if place is None or not isinstance(old, int):
            return _UNKNOWN
        new = old + 1 if "++" in node.op else old - 1
        self.variables.values = self.variables.values.set(place, new)
        return old if node.op.startswith("p") else new

    def _binary(self, node: c_ast.BinaryOp) -> Value:
        left = self.value(node.left)
        if node.op == "&&":
            return int(self.is_true(left) and self.is_true(self.value(node.right)))
        if node.op == "||":
            return int(self.is_true(left) or self.is_true(self.value(node.right)))
        return _calculate(node.op, left, self.value(node.right))

    # -- calls -------------------------------------------------------------

    def _call(self, node: c_ast.FuncCall) -> Value | None:
        nodes = node.args.exprs if node.args else []
        name = node.name.name if isinstance(node.name, c_ast.ID) else ""
        place = self.variables.find(name)
        if place is not None and isinstance(self.variables.values[place], Function):
            name = self.variables.values[place].name
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
        return 0 if name in HARMLESS else _UNKNOWN

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
            if value is None or not _is_usable(parameter, value) or (isinstance(value, Opaque) and not _may_be_opaque(parameter, value)):
                text = f"{row.name} is left out: its argument {parameter.name} is not known here"
                self.note(text)
                return _UNKNOWN if row.result != "nothing" else None
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
        return outcome.returned

    def _filled(self, value: Value, depth: int = 0) -> Value:
        """A pointer with what stands where it points, and where that points."""
        if not isinstance(value, Address) or depth > 2:
            return value
        content = self.variables.values.get(value.place)
        return Address(value.place, self._filled(content, depth + 1) if content is not None else None)

    def _callback(self, needs: NeedsCallback) -> tuple[Value | None, int | None]:
        """Run a callback; what it returned and what a get callback wrote to `*copy`, if it did."""
        if needs.name != "get_cb":
            return self.run_function(needs.function, needs.arguments), None
        flag = self.variables.declare("*copy", "int", 1)
        self._copy_flag = flag
        arguments = (*needs.arguments, Opaque("pointer"), 32, Address(flag))
        returned = self.run_function(needs.function, arguments)
        copy = None if self._copy_flag else self.variables.values[flag]
        self._copy_flag = ""
        self.variables.values = self.variables.values.discard(flag)
        return returned, copy if isinstance(copy, int) else None


_KINDS = {
    "StructRef": "a member of a struct",
    "ArrayRef": "an element of an array",
    "InitList": "a list of initial values",
}

_ENDS = ("exit", "_exit", "abort")


def _is_usable(parameter: Parameter, value: Value) -> bool:
    """Whether the model can work with the value; a cast can make anything of anything."""
    if parameter.kind == "number":
        return isinstance(value, int | Opaque | Uninitialised)
    return not isinstance(value, int)


def _may_be_opaque(parameter: Parameter, value: Opaque) -> bool:
    """Whether a call can be worked out though it does not know this argument."""
    return parameter.kind in ("text", "pointer", "function") or value.label == "positive"


def _constant(node: c_ast.Constant) -> Value:
    if node.type == "string":
        return Text(node.value[1:-1])
    if node.type == "char":
        return ord(node.value[1:-1][-1])
    text = node.value.rstrip("uUlL")
    if text.isdigit() and len(text) > 1 and text[0] == "0":
        return int(text, 8)
    try:
        return int(text, 0)
    except ValueError:
        return int(float(text.rstrip("fF")))


def _calculate(op: str, left: Value | None, right: Value | None) -> Value:
    """A binary operation; pointers can be compared, NULL equals 0."""
    left = 0 if left is NULL else left
    right = 0 if right is NULL else right
    if op in ("==", "!="):
        return int((left == right) == (op == "=="))
    if not isinstance(left, int) or not isinstance(right, int):
        return _UNKNOWN
    if op in ("/", "%"):
        if right == 0:
            return _UNKNOWN
        quotient = int(left / right)
        return quotient if op == "/" else left - right * quotient
    if op in ("<<", ">>"):
        return left << min(right, 63) if op == "<<" else left >> min(right, 63)
    return int(_ARITHMETIC[op](left, right))

