"""What a compiler would refuse: undeclared names, wrong types and counts of arguments.

All of it is found before anything runs, so that a text is run whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pycparser import c_ast

from sslrefs.cscript.checkcalls import CallChecker
from sslrefs.cscript.jumps import check_jumps
from sslrefs.cscript.parser import Program
from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import callee, parameters_of, type_text
from sslrefs.model.library import Library
from sslrefs.trace.timeline import Note

__all__ = ["Checker", "checked"]

_SHOWN = 20
"""Members that are listed of a struct."""


def checked(program: Program, library: Library) -> Checker:
    """The checker that has seen a whole program; it can be shown more of its body."""
    checker = Checker(program, library)
    for node in program.file_scope:
        checker.file_scope(node)
    outer = dict(checker.variables)
    if not program.has_main:
        for node in program.body:
            if isinstance(node, c_ast.Decl) and node.name:
                checker.variables[node.name] = program.types.resolved(type_text(node.type))
    for function in program.functions.values():
        checker.function(function)
    checker.variables = outer
    checker.parameters(program.parameters)
    for node in program.body:
        checker.visit(node)
    checker.problems += check_jumps(list(program.body))
    return checker


class Checker(CallChecker):
    """Walks the tree with the types of the variables in scope."""

    is_outside = False

    def file_scope(self, node: c_ast.Node) -> None:
        """Check a declaration outside all functions; it may stand there twice."""
        self.is_outside = True
        if isinstance(node, c_ast.Decl):
            self._starts_with_a_constant(node, "a variable at file scope", "in main")
        self.visit(node)
        self.scope.clear()
        self.is_outside = False

    def _starts_with_a_constant(self, node: c_ast.Decl, what: str, where: str) -> None:
        """What lives as long as the program has its first value before anything runs."""
        call = None if node.init is None else next(_calls(node.init), None)
        if call is not None:
            hint = f"declare {node.name} here and give it its value {where}"
            self.problem(call, f"{what} cannot start with a call", hint)

    def function(self, node: c_ast.FuncDef) -> None:
        """Check a function's body with its parameters in scope."""
        self.problems += check_jumps(node.body.block_items or [])
        outer = dict(self.variables)
        self.parameters(parameters_of(node))
        self.visit(node.body)
        self.variables = outer

    def parameters(self, nodes: Iterable[c_ast.Node]) -> None:
        """Parameters are variables."""
        for node in nodes:
            if getattr(node, "name", None):
                self.variables[node.name] = self.declared(node.type)

    def visit(self, node: c_ast.Node | None) -> None:
        """Check a node and all below it."""
        match node:
            case None | c_ast.Typedef() | c_ast.Goto() | c_ast.Pragma():
                return
            case c_ast.Compound() | c_ast.For():
                outer = (dict(self.variables), self.scope)
                self.scope = set()
                self._children(node)
                self.variables, self.scope = outer
            case c_ast.If(cond=condition) | c_ast.While(cond=condition):
                self._comparison(condition)
                self._children(node)
            case c_ast.Decl():
                self._declaration(node)
            case c_ast.ID():
                self.name(node)
            case c_ast.FuncCall():
                self.call(node)
            case c_ast.Assignment():
                wanted = self.type_of(node.rvalue)
                if isinstance(node.lvalue, c_ast.ID):
                    self.name(node.lvalue, wanted)
                self._children(node)
                if node.op == "=":
                    self.fits(self.type_of(node.lvalue), node.rvalue)
            case c_ast.StructRef(name=c_ast.ID() as owner):
                self.name(owner, "struct … *" if node.type == "->" else "struct … ")
                self._member(node)
            case c_ast.StructRef():
                self.visit(node.name)
                self._member(node)
            case c_ast.InitList() | c_ast.NamedInitializer():
                for part in getattr(node, "exprs", None) or [getattr(node, "expr", None)]:
                    self.visit(part)
            case c_ast.UnaryOp(op="sizeof", expr=c_ast.Typename() | c_ast.ID()):
                return  # a type, whether known or not
            case c_ast.UnaryOp(op="sizeof") | c_ast.Cast():
                self.visit(node.expr)
            case _:
                self._children(node)

    def _children(self, node: c_ast.Node) -> None:
        for _name, child in node.children():
            self.visit(child)

    def _declaration(self, node: c_ast.Decl) -> None:
        type_ = self.declared(node.type)
        if node.name:
            if node.name in self.scope and type_ != "function":
                message = f"{node.name} is declared twice in this block"
                self.problem(node, message, f"to give it a new value write: {node.name} = …;")
            self.scope.add(node.name)
            self.variables[node.name] = type_
        if "static" in node.storage and not self.is_outside:
            self._starts_with_a_constant(node, "a static variable", "in a line of its own")
        if node.init is not None:
            self.visit(node.init)
            self.fits(type_, node.init)

    def _member(self, node: c_ast.StructRef) -> None:
        """A member must exist, if the text says what the struct has."""
        owner, name = self.type_of(node.name), node.field.name
        if self.types.has_member(owner, name) is False:
            fields = self.types.fields_of(owner)
            close = self.suggestions.nearest(name, fields)
            more = ", …" if len(fields) > _SHOWN else ""
            has = f"it has {', '.join(fields[:_SHOWN])}{more}"
            hint = f"did you mean {close}?" if close else has
            self.problem(node.field, f"`{owner.rstrip('* ')}` has no member {name}", hint)

    def _comparison(self, condition: c_ast.Node) -> None:
        """`if (s = NULL)` is C, but hardly ever what was meant."""
        if isinstance(condition, c_ast.Assignment) and condition.op == "=":
            value = condition.rvalue
            if isinstance(value, c_ast.Constant) or getattr(value, "name", "") == "NULL":
                text = "this condition assigns (=); to compare write =="
                self.notes.append(Note(condition.coord.line, text))


def _calls(node: c_ast.Node) -> Iterator[c_ast.FuncCall]:
    """The calls in an expression; a name in capitals is a macro, which may be worth a constant."""
    for found in walk(node):
        if isinstance(found, c_ast.FuncCall) and not callee(found).isupper():
            yield found
