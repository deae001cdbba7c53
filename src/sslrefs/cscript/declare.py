"""Declarations: variables, arrays and structs come into being, with their first values."""

from __future__ import annotations

from collections.abc import Iterable

from pycparser import c_ast

from sslrefs.cscript.calling import Caller
from sslrefs.cscript.memory import STRUCT
from sslrefs.cscript.numbers import ARGUMENTS
from sslrefs.cscript.parser import Program
from sslrefs.cscript.types import is_pointer, type_text
from sslrefs.model.objects import NULL, UNINITIALISED, Address, Function, Null, Opaque, Value
from sslrefs.model.world import World
from sslrefs.trace.timeline import Place

__all__ = ["Declarer"]


class Declarer(Caller):
    """What a declaration does."""

    def __init__(self, program: Program, world: World) -> None:
        super().__init__(program, world)
        self._declared: dict[c_ast.Node, str] = {}

    def file_scope(self, node: c_ast.Node) -> None:
        """A variable at file scope: it is zero, or what its initialiser says, before step 1."""
        if not isinstance(node, c_ast.Decl) or isinstance(node.type, c_ast.FuncDecl):
            return
        if node.name is None:
            return
        type_ = self.declared(node.type)
        is_elsewhere = "extern" in node.storage and node.init is None
        if is_elsewhere and self.variables.find(node.name) is not None:
            return
        if isinstance(node.type, c_ast.ArrayDecl) or self._is_struct(type_):
            place = self._declare_compound(node, type_, is_static=True)
            if is_elsewhere:
                self.variables.unset[place] = Opaque("unknown")
            return
        if is_elsewhere:
            self.variables.declare(node.name, type_, Opaque("unknown"))
            return
        initial: Value = self._zero(node)
        if node.init is not None:
            initial = _as_pointer(self.value(node.init), type_)
        self.variables.declare(node.name, type_, initial)

    def arguments(self, parameters: Iterable[c_ast.Node]) -> None:
        """Main's parameters: a text that counts its arguments finds as many as it wants."""
        for node in parameters:
            type_ = self.declared(node.type)
            given = Opaque("pointer") if is_pointer(type_) else ARGUMENTS
            self.variables.declare(node.name, type_, given)

    def declared(self, node: c_ast.Node) -> str:
        """The type of a declaration, typedefs resolved."""
        known = self._declared.get(node)
        if known is None:
            known = self._declared[node] = self.program.types.resolved(type_text(node))
        return known

    def _is_struct(self, type_: str) -> bool:
        """Whether a variable of the type has members: a struct that is no pointer."""
        return type_.startswith("struct") and not is_pointer(type_)

    def _declare_compound(self, node: c_ast.Decl, type_: str, *, is_static: bool) -> Place:
        """An array or a struct: places of their own, set to zero or to the list of values."""
        place = self.variables.declare(node.name, type_)
        if isinstance(node.type, c_ast.ArrayDecl):
            array = self.variables.array(place)
            self.variables.values |= {place: array, array.place: Opaque("pointer")}
        else:
            self.variables.values[place] = STRUCT
        is_zero = is_static or node.init is not None
        self.variables.unset[place] = NULL if is_zero else UNINITIALISED
        if isinstance(node.init, c_ast.InitList) and _says_something(node.init):
            self.step(node, lambda: self._fill(node.init, type_, place))
        elif node.init is not None and not isinstance(node.init, c_ast.InitList):
            self.step(node, lambda: self._copied(node.init, place))
        return place

    def _copied(self, node: c_ast.Node, place: Place) -> Value | None:
        """A struct begins as a copy of another."""
        value = self.value(node)
        source = self.place(node)
        if source is not None:
            self.copy(source, place)
        return value

    def literal(self, node: c_ast.CompoundLiteral) -> Place:
        """`(struct x){ … }` is a variable without a name, which lives as long as its block."""
        type_ = self.declared(node.type)
        place = self.variables.declare(f"({type_})", type_)
        if type_.endswith("[]"):
            self.variables.values[place] = self.variables.array(place)
        else:
            self.variables.values[place] = STRUCT
        self.variables.unset[place] = NULL
        self._fill(node.init, type_, place)
        return place

    def _fill(self, values: c_ast.InitList, type_: str, place: Place) -> None:
        """The values of an initialiser list go to the members or elements, by name or in order."""
        names = self.program.types.fields_of(type_)
        for index, part in enumerate(values.exprs):
            field = names[index] if index < len(names) else ""
            node, number = part, index
            if isinstance(part, c_ast.NamedInitializer):
                node, field = _inner(part), getattr(part.name[0], "name", "")
                chosen = self.value(part.name[0]) if isinstance(part.name[0], c_ast.Constant) else 0
                number = chosen if isinstance(chosen, int) else 0
            if is_pointer(type_):
                inner, target = type_[:-2].rstrip(), self.variables.element(place, number)
            elif field:
                inner = self.program.types.member(type_, field)
                target = self.variables.member(place, field)
            else:
                continue
            if isinstance(node, c_ast.InitList):
                self._fill(node, inner, target)
            elif _says_something(node):
                value = self.value(node)
                source = self.place(node)
                if source is not None and self.is_struct(inner, source) and value == STRUCT:
                    self.copy(source, target)
                else:
                    self.assign(target, NULL if value in (0, None) else value, source)

    def _zero(self, node: c_ast.Decl) -> Value:
        """What a static variable is before anything runs."""
        if isinstance(node.type, c_ast.ArrayDecl):
            return Opaque("pointer")
        return NULL if is_pointer(self.declared(node.type)) else 0

    def declare(self, node: c_ast.Decl) -> None:
        """A declaration inside a function or at the top of a text."""
        if node.name is None or isinstance(node.type, c_ast.FuncDecl):
            return
        if "extern" in node.storage:
            self.file_scope(node)
            return
        type_ = self.declared(node.type)
        if "static" in node.storage:
            self._declare_static(node, type_)
        elif isinstance(node.type, c_ast.ArrayDecl) or self._is_struct(type_):
            self._declare_compound(node, type_, is_static=False)
        elif node.init is None:
            self.variables.declare(node.name, type_)
        else:
            self.step(node, lambda: self._initialise(node, type_))

    def _declare_static(self, node: c_ast.Decl, type_: str) -> None:
        """A static local is made once and keeps its value."""
        key = f"{self.variables.frames[-1].function}:{node.coord}:{node.name}"
        place = self.variables.statics.get(key)
        if place is not None:
            self.variables.frames[-1].scopes[-1][node.name] = place
            return
        if isinstance(node.type, c_ast.ArrayDecl) or self._is_struct(type_):
            place = self._declare_compound(node, type_, is_static=True)
        else:
            initial = self.value(node.init) if node.init is not None else self._zero(node)
            place = self.variables.declare(node.name, type_, _as_pointer(initial, type_))
        self.variables.statics[key] = place

    def _initialise(self, node: c_ast.Decl, type_: str) -> Value | None:
        value = self.allocated(type_, node.init, self.value(node.init))
        source = self.place(node.init)
        place = self.variables.declare(node.name, type_)
        if source is not None and self.is_struct(type_, source) and not isinstance(value, Address):
            self.copy(source, place)
        else:
            self.assign(place, _as_pointer(self.followed(type_, value, source), type_), source)
        return value


def _as_pointer(value: Value | None, type_: str) -> Value:
    """0 given to a pointer is NULL; a void value is nothing to look into."""
    if value is None:
        return Opaque("unknown")
    if value == 0 and is_pointer(type_) and not isinstance(value, Null | Function):
        return NULL
    return value


def _inner(part: c_ast.NamedInitializer) -> c_ast.Node:
    """What a designator gives a value: of `.a.b = x` that is a list for `.a` with `.b` in it."""
    if len(part.name) == 1:
        return part.expr
    return c_ast.InitList([c_ast.NamedInitializer(part.name[1:], part.expr)])


def _says_something(node: c_ast.Node) -> bool:
    """Whether an initialiser is more than zeros."""
    if isinstance(node, c_ast.InitList):
        return any(_says_something(part) for part in node.exprs or [])
    if isinstance(node, c_ast.NamedInitializer):
        return _says_something(node.expr)
    is_zero = isinstance(node, c_ast.Constant) and node.value == "0"
    return not is_zero and getattr(node, "name", "") != "NULL"
