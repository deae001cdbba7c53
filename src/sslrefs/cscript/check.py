"""What a compiler would refuse: undeclared names, wrong types and counts of arguments.

All of it is found before anything runs, so that a text is run whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from pycparser import c_ast

from sslrefs.cscript.diagnostics import Problem, nearest
from sslrefs.cscript.exprtypes import type_of_expression
from sslrefs.cscript.fitting import counted, is_object, is_slip, may_pass
from sslrefs.cscript.jumps import check_jumps
from sslrefs.cscript.names import CONSTANTS, FOLLOWED, HARMLESS, OTHER_CONSTANTS
from sslrefs.cscript.parser import Program
from sslrefs.cscript.placing import problem_at
from sslrefs.cscript.types import UNKNOWN, is_pointer, parameters_of, type_text
from sslrefs.model.calls import CALLS, Call, call_named
from sslrefs.model.library import Library
from sslrefs.trace.timeline import Note

__all__ = ["Checker", "check", "checked"]

_BUILTIN_NAMES = {"NULL", "stdin", "stdout", "stderr", "__func__", *CONSTANTS}


def check(program: Program, library: Library) -> tuple[list[Problem], list[Note]]:
    """The mistakes of a program for a library, and notes about what is not modelled."""
    checker = checked(program, library)
    return checker.problems, checker.notes


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


class Checker:
    """Walks the tree with the types of the variables in scope."""

    def __init__(self, program: Program, library: Library) -> None:
        self.library = library
        self.types = program.types
        self.functions = program.functions
        self.assumptions = program.directions.assumptions
        self.variables: dict[str, str] = dict.fromkeys(program.functions, "function")
        self.variables |= dict.fromkeys(program.constants, "int")
        self.scope: set[str] = set()
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.noted: set[str] = set()

    def _type(self, node: c_ast.Node) -> str:
        """The type of an expression, typedefs resolved."""
        return self.types.resolved(type_of_expression(node, self.variables, self.types))

    def _declared(self, node: c_ast.Node) -> str:
        """The type of a declaration, typedefs resolved."""
        return self.types.resolved(type_text(node))

    def file_scope(self, node: c_ast.Node) -> None:
        """Check a declaration outside all functions; it may stand there twice."""
        init = node.init if isinstance(node, c_ast.Decl) else None
        if isinstance(init, c_ast.FuncCall):
            hint = f"declare {node.name} here and give it its value in main"
            self._problem(init, "a variable at file scope cannot start with a call", hint)
        self.visit(node)
        self.scope.clear()

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
                self.variables[node.name] = self._declared(node.type)

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
                self._name(node)
            case c_ast.FuncCall():
                self._call(node)
            case c_ast.Assignment():
                wanted = self._type(node.rvalue)
                if isinstance(node.lvalue, c_ast.ID):
                    self._name(node.lvalue, wanted)
                self._children(node)
                if node.op == "=":
                    self._fits(self._type(node.lvalue), node.rvalue)
            case c_ast.StructRef():
                self.visit(node.name)
                self._member(node)
            case c_ast.InitList() | c_ast.NamedInitializer():
                for part in getattr(node, "exprs", None) or [getattr(node, "expr", None)]:
                    self.visit(part)
            case c_ast.UnaryOp(op="sizeof") | c_ast.Cast():
                self.visit(node.expr)
            case _:
                self._children(node)

    def _children(self, node: c_ast.Node) -> None:
        for _name, child in node.children():
            self.visit(child)

    def _declaration(self, node: c_ast.Decl) -> None:
        type_ = self._declared(node.type)
        if node.name:
            if node.name in self.scope and type_ != "function":
                message = f"{node.name} is declared twice in this block"
                self._problem(node, message, f"to give it a new value write: {node.name} = …;")
            self.scope.add(node.name)
            self.variables[node.name] = type_
        if node.init is not None:
            self.visit(node.init)
            self._fits(type_, node.init)

    def _fits(self, wanted: str, node: c_ast.Node) -> None:
        """Whether a value may be assigned to the type; libssl's types are not mixed."""
        found = self._type(node)
        if found == "void":
            self._returns_nothing(node)
        elif is_object(wanted) and is_object(found) and wanted != found:
            self._problem(
                node, f"this is `{found}`, but `{wanted}` is wanted", "the kinds cannot be mixed"
            )
        elif is_object(wanted) and found == "int":
            hint = "write a pointer, or NULL"
            self._problem(node, f"this is a number, but `{wanted}` is wanted", hint)
        elif is_object(found) and wanted in ("int", "long", "unsigned int"):
            self._problem(node, f"this is `{found}`, but a number is wanted", "write a number")

    def _member(self, node: c_ast.StructRef) -> None:
        """A member must exist, if the text says what the struct has."""
        owner, name = self._type(node.name), node.field.name
        if self.types.has_member(owner, name) is False:
            close = nearest(name, self.types.fields_of(owner))
            hint = (
                f"did you mean {close}?"
                if close
                else f"it has {', '.join(self.types.fields_of(owner))}"
            )
            self._problem(node.field, f"`{owner.rstrip('* ')}` has no member {name}", hint)

    def _comparison(self, condition: c_ast.Node) -> None:
        """`if (s = NULL)` is C, but hardly ever what was meant."""
        if isinstance(condition, c_ast.Assignment) and condition.op == "=":
            value = condition.rvalue
            if isinstance(value, c_ast.Constant) or getattr(value, "name", "") == "NULL":
                text = "this condition assigns (=); to compare write =="
                self.notes.append(Note(condition.coord.line, text))

    def _returns_nothing(self, node: c_ast.FuncCall) -> None:
        name = node.name.name
        self._problem(node, f"{name} returns nothing", f"write {name}(…); as a statement")

    def _name(self, node: c_ast.ID, wanted: str = "SSL_SESSION *") -> None:
        if node.name in self.variables or node.name in _BUILTIN_NAMES:
            return
        is_constant = node.name in OTHER_CONSTANTS or (
            node.name.isupper()
            and "_" in node.name
            and not nearest(node.name, CONSTANTS, cutoff=0.9)
        )
        close = nearest(node.name, (*self.variables, *_BUILTIN_NAMES))
        if is_constant:
            self._note_once(node, node.name, "is not known here: its value is not looked into")
            return
        if close:
            hint = f"did you mean {close}?"
        elif wanted == "callback":
            hint = f"define a function {node.name} first"
        else:
            type_ = wanted if is_pointer(wanted) else "SSL_SESSION *"
            type_ = "int " if wanted == "int" else type_
            hint = f"declare it first, for example: {type_}{node.name} = …;"
        self._problem(node, f"{node.name} is not declared", hint)
        self.variables[node.name] = UNKNOWN

    def _call(self, node: c_ast.FuncCall) -> None:
        arguments = node.args.exprs if node.args else []
        known = call_named(getattr(node.name, "name", ""))
        wanted = [parameter.type for parameter in known.parameters] if known else []
        for argument, type_ in zip_longest(arguments, wanted[: len(arguments)]):
            if isinstance(argument, c_ast.ID) and type_:
                self._name(argument, type_)
            elif not isinstance(argument, c_ast.Typename):
                self.visit(argument)
        if not isinstance(node.name, c_ast.ID):
            self.visit(node.name)
            return
        name = node.name.name
        row = call_named(name)
        if row is not None:
            self._modelled(node, row, arguments)
        elif name in self.functions:
            self._own_function(node, self.functions[name], arguments)
        elif self.variables.get(name) == "function":
            text = "is declared but has no body here: what it does is not known"
            self._note_once(node, name, text)
        elif name not in HARMLESS | FOLLOWED and name not in self.variables:
            self._unknown(node, name)

    def _own_function(
        self, node: c_ast.FuncCall, function: c_ast.FuncDef, arguments: list[c_ast.Node]
    ) -> None:
        """A call of a function of the text must fit its definition."""
        declared = parameters_of(function)
        types = [self._declared(p.type) for p in declared if not isinstance(p, c_ast.EllipsisParam)]
        types = [] if types == ["void"] else types
        name = node.name.name
        is_open = len(types) != len(declared) or function.decl.type.args is None
        if len(arguments) < len(types) or (len(arguments) > len(types) and not is_open):
            message = f"{name} takes {counted(len(types))}, here are {len(arguments)}"
            self._problem(node, message, f"it is defined at line {function.coord.line}")
            return
        for argument, wanted in zip(arguments, types, strict=False):
            self._fits(wanted, argument)

    def _unknown(self, node: c_ast.FuncCall, name: str) -> None:
        close = nearest(name, (*CALLS, *self.functions))
        is_libssl = name.upper().startswith(("SSL_", "D2I_SSL", "I2D_SSL"))
        if close and is_libssl and is_slip(name, close):
            self._problem(node.name, f"no function is called {name}", f"did you mean {close}?")
            return
        if name not in self.assumptions:
            self._note_once(node, name, "is not modelled: assumed to have no effect on counts")

    def _note_once(self, node: c_ast.Node, name: str, text: str) -> None:
        if name not in self.noted:
            self.noted.add(name)
            self.notes.append(Note(node.coord.line, f"{name} {text}"))

    def _modelled(self, node: c_ast.FuncCall, row: Call, arguments: list[c_ast.Node]) -> None:
        if row.name in self.library.lacks:
            hint = f"model another library ({row.since} has it)" if row.since else "use another"
            self._problem(node.name, f"{self.library.name} has no {row.name}", hint)
        elif row.since and row.name not in self.noted:
            self.noted.add(row.name)
            self.notes.append(Note(node.coord.line, f"{row.name} came with {row.since}"))
        if len(arguments) != len(row.parameters):
            wanted = counted(len(row.parameters))
            message = f"{row.name} takes {wanted}, here are {len(arguments)}"
            self._problem(node, message, f"it is declared as {row.signature}")
            return
        pairs = zip(row.parameters, arguments, strict=True)
        for number, (parameter, argument) in enumerate(pairs, 1):
            found = self._type(argument)
            if found == "void":
                self._returns_nothing(argument)
            elif not may_pass(parameter, found):
                self._problem(
                    argument,
                    f"argument {number} of {row.name} is `{found}`,"
                    f" but `{parameter.type}` is wanted",
                    f"it is declared as {row.signature}",
                )

    def _problem(self, node: c_ast.Node, message: str, hint: str) -> None:
        self.problems.append(problem_at(node, message, hint))
