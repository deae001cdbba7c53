"""Expressions of C on the model: their values, and the places they name.

A place is a variable, a member of a struct, an element of an array.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from pycparser import c_ast

from sslrefs.cscript.guesses import (
    LIKELY,
    UNKNOWN,
    UNLIKELY,
    is_open,
    is_true,
    named,
    negated,
)
from sslrefs.cscript.memory import STRUCT, Memory
from sslrefs.cscript.names import CONSTANTS
from sslrefs.cscript.numbers import ARGUMENTS, constant, wanted, wrapped
from sslrefs.cscript.types import is_pointer
from sslrefs.model.calls import CALLS
from sslrefs.model.objects import NULL, UNINITIALISED, Address, Function, ObjectId, Text, Value
from sslrefs.trace.timeline import Hidden, Place

__all__ = ["Evaluator"]


class Evaluator(Memory):
    """What expressions are worth; calls are worked out by the class above."""

    def call(self, node: c_ast.FuncCall) -> Value | None:
        """The value of a call."""
        raise NotImplementedError

    def literal(self, node: c_ast.CompoundLiteral) -> Place:
        """The place of `(struct x){ … }`; declarations know how."""
        raise NotImplementedError

    # -- places ------------------------------------------------------------

    def place(self, node: c_ast.Node) -> Place | None:
        """The variable, member or element an expression names, or None for another.

        What was just read is not worked out again: in `*p++` something happens.
        """
        latest, self.latest = self.latest, None
        if latest is not None and latest[0] is node:
            return latest[1]
        if type(node) is c_ast.ID:
            return self.variables.find(node.name)
        if type(node) in _PLACELESS:
            return None
        match node:
            case c_ast.Cast(expr=inner):
                return self.place(inner)
            case c_ast.UnaryOp(op="*", expr=inner):
                return self.variables.target(self.value(inner))
            case c_ast.StructRef(name=inner, type=mark, field=field):
                name = field.name
                if self.has_unions:
                    name = self.program.types.slot(self._type_of(inner), name)
                return self._member(inner, mark, name)
            case c_ast.ArrayRef(name=inner, subscript=subscript):
                return self._element(inner, self.value(subscript))
            case c_ast.CompoundLiteral():
                return self.literal(node)
            case c_ast.FuncCall(name=c_ast.ID(name=name)) if f"{name}()" in self.variables.members:
                return f"{name}()"
        return None

    def _member(self, owner: c_ast.Node, mark: str, field: str) -> Place | None:
        if mark == "->":
            pointer = self.value(owner)
            if pointer in (UNKNOWN, UNINITIALISED):
                pointer = self._new_memory(owner)
            if not isinstance(pointer, Address):
                return None
            return self.variables.member_through(pointer, field)
        pointer = self._pointer_to(owner)
        if pointer is not None:
            return self.variables.member_through(pointer, field)
        if isinstance(owner, c_ast.FuncCall):
            self.value(owner)
        base = self.place(owner)
        return self.variables.member(base, field) if base else None

    def _pointer_to(self, owner: c_ast.Node) -> Address | None:
        """The pointer in `(*p).x` and `p[0].x`, which are `p->x`."""
        index: Value | None = 0
        match owner:
            case c_ast.UnaryOp(op="*", expr=inner):
                found = self.value(inner)
            case c_ast.ArrayRef(name=inner, subscript=subscript):
                found, index = self.value(inner), self.value(subscript)
            case _:
                return None
        if not isinstance(found, Address) or not isinstance(index, int):
            return None
        return self.variables.moved(found, index)

    def _element(self, array: c_ast.Node, index: Value | None) -> Place | None:
        if not isinstance(index, int):
            return None
        base = self.value(array)
        if isinstance(base, Address):
            storage, first = self.variables.position(base)
            return self.variables.element(storage, first + index)
        place = self.place(array)
        return self.variables.element(place, index) if place else None

    # -- values ------------------------------------------------------------

    def value(self, node: c_ast.Node) -> Value | None:
        """The value of an expression; what it does is done."""
        read = self._VALUES.get(type(node), Evaluator._unread)
        return read(self, node)

    def _unread(self, node: c_ast.Node) -> Value:
        kind = _KINDS.get(type(node).__name__, "this kind of expression")
        self.note(f"{kind} is not modelled: its value is not looked into")
        return UNKNOWN

    def _ternary(self, node: c_ast.TernaryOp) -> Value | None:
        value = self.value(node.cond)
        if not is_true(value):
            return self.value(node.iffalse)
        return value if node.iftrue is node.cond else self.value(node.iftrue)

    def _part(self, node: c_ast.StructRef | c_ast.ArrayRef) -> Value:
        place = self.place(node)
        return self._unread(node) if place is None else self._read_at(node, place)

    def _literal_value(self, node: c_ast.CompoundLiteral) -> Value:
        place = self.literal(node)
        self.latest = (node, place)
        return self.variables.values[place]

    def _last(self, node: c_ast.ExprList) -> Value | None:
        return [self.value(inner) for inner in node.exprs][-1]

    def _read_at(self, node: c_ast.Node, place: Place) -> Value:
        """The value of a place, which is remembered for who asks where it stood."""
        self.latest = (node, place)
        value = self.variables.read(place)
        if not self.has_arrays or isinstance(node, c_ast.UnaryOp) or type(value) is Address:
            return value
        return self.variables.array(place) if self._type_of(node).endswith("[]") else value

    def _name(self, name: str) -> Value:
        place = self.variables.find(name)
        if place is not None:
            return self.variables.values[place]
        if name == "NULL":
            return NULL
        if name in self.program.functions or name in CALLS:
            return Function(name)
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in ("__func__", "__FUNCTION__"):
            return Text(self.variables.frames[-1].function or "main")
        return self.program.constants.get(name, named(name) if name.isupper() else UNKNOWN)

    def _assignment(self, node: c_ast.Assignment) -> Value:
        value = self.value(node.rvalue)
        source = self.place(node.rvalue)
        place = self.place(node.lvalue)
        if node.op != "=" and place is not None:
            old = self.variables.read(place)
            value = self.reckoned(node.op[:-1], old, value)
        if place is None:
            self._store_unseen(value, source)
            return value if value is not None else UNKNOWN
        type_ = self._type_of(node.lvalue)
        if source is not None and self.is_struct(type_, source) and not isinstance(value, Address):
            self.copy(source, place)
            return STRUCT
        if value == 0 and is_pointer(type_):
            value = NULL
        value = self.followed(type_, self.allocated(type_, node.rvalue, value), source)
        self.assign(place, value if value is not None else UNKNOWN, source)
        return self.variables.values[place]

    def _type_of(self, node: c_ast.Node) -> str:
        """The type of what can stand on the left of an assignment."""
        if type(node) is c_ast.ID:
            return self.variables.types.get(self.variables.find(node.name) or "", "")
        match node:
            case c_ast.StructRef(name=owner, field=field):
                return self.program.types.member(self._type_of(owner), field.name)
            case c_ast.ArrayRef(name=inner) | c_ast.UnaryOp(op="*", expr=inner):
                found = self._type_of(inner)
                return found[:-2].rstrip() if found.endswith("[]") else found[:-1].rstrip()
        return ""

    def _new_memory(self, owner: c_ast.Node) -> Value:
        """A pointer that is followed leads somewhere, so that a part of a program can be run."""
        place = self.place(owner)
        return UNKNOWN if place is None else self.memory_of(place)

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
                return self.variables.moved(Address(place), 0)
            found = self.value(operand)
            return found if isinstance(found, Function) else UNKNOWN
        if node.op == "*":
            place = self.place(node)
            return self._read_at(node, place) if place else UNKNOWN
        if node.op in ("++", "--", "p++", "p--"):
            return self._count(node)
        value = self.value(operand)
        if node.op == "!":
            return negated(value) if is_open(value) else int(not is_true(value))
        if not isinstance(value, int):
            return UNKNOWN
        return wrapped({"-": -value, "+": value, "~": ~value}[node.op])

    def _count(self, node: c_ast.UnaryOp) -> Value:
        place = self.place(node.expr)
        old = self.variables.read(place) if place else None
        old = 0 if old is NULL else old
        if place is None or not isinstance(old, int | Address):
            return UNKNOWN
        new = self.reckoned(node.op.strip("p")[0], old, 1)
        self.variables.set(place, new)
        return old if node.op.startswith("p") else new

    def _binary(self, node: c_ast.BinaryOp) -> Value:
        left = self.value(node.left)
        if node.op in ("&&", "||"):
            return self._joined(node, left)
        right = self.value(node.right)
        if left is ARGUMENTS and isinstance(right, int):
            left = self._arguments(wanted(node.op, right, is_left=True))
        elif right is ARGUMENTS and isinstance(left, int):
            right = self._arguments(wanted(node.op, left, is_left=False))
        return self.reckoned(node.op, left, right)

    def _joined(self, node: c_ast.BinaryOp, left: Value | None) -> Value:
        """`&&` and `||`: the right side only if the left does not decide."""
        holds = is_true(left)
        if holds == (node.op == "||"):
            return (LIKELY if holds else UNLIKELY) if is_open(left) else int(holds)
        right = self.value(node.right)
        holds = is_true(right)
        is_vague = is_open(right) or (is_open(left) and holds == (node.op == "&&"))
        return (LIKELY if holds else UNLIKELY) if is_vague else int(holds)

    def _arguments(self, number: int | None) -> Value:
        """Main was given so many arguments, now that somebody asks."""
        if number is None:
            return UNKNOWN
        for place, value in self.variables.values.items():
            if value is ARGUMENTS:
                self.variables.values[place] = number
        return number

    _VALUES: ClassVar[dict[type[c_ast.Node], Callable[[Any, Any], Value | None]]] = {
        c_ast.ID: lambda self, node: self._name(node.name),
        c_ast.FuncCall: lambda self, node: self.call(node),
        c_ast.Constant: lambda _, node: constant(node),
        c_ast.Assignment: _assignment,
        c_ast.UnaryOp: _unary,
        c_ast.BinaryOp: _binary,
        c_ast.Cast: lambda self, node: self.value(node.expr),
        c_ast.TernaryOp: _ternary,
        c_ast.StructRef: _part,
        c_ast.ArrayRef: _part,
        c_ast.CompoundLiteral: _literal_value,
        c_ast.ExprList: _last,
    }
    """How each kind of expression is read: a table, as most of a long run's time goes by here."""


_PLACELESS = frozenset({c_ast.Constant, c_ast.BinaryOp, c_ast.Assignment, c_ast.TernaryOp})

_KINDS = {
    "StructRef": "a member of a struct",
    "ArrayRef": "an element of an array",
    "InitList": "a list of initial values",
}
