"""What a compiler would refuse: undeclared names, wrong types and counts of arguments.

All of it is found before anything runs, so that a text is run whole or not at all.
"""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.diagnostics import Problem, nearest
from sslrefs.cscript.names import CONSTANTS, HARMLESS
from sslrefs.cscript.parser import Program
from sslrefs.cscript.types import UNKNOWN, is_pointer, type_of_expression, type_text
from sslrefs.model.library import Library
from sslrefs.model.calls import CALLS, Call, Parameter, call_named
from sslrefs.trace.timeline import Note

__all__ = ["check"]

_BUILTIN_NAMES = {"NULL", "stdin", "stdout", "stderr", "__func__", *CONSTANTS}
_OBJECT_KINDS = ("ctx", "ssl", "session")


def check(program: Program, library: Library) -> tuple[list[Problem], list[Note]]:
    """The mistakes of a program for a library, and notes about what is not modelled."""
    checker = _Checker(program, library)
    for node in program.file_scope:
        checker.visit(node)
    for function in program.functions.values():
        checker.function(function)
    for node in program.body:
        checker.visit(node)
    return checker.problems, checker.notes


class _Checker:
    """Walks the tree with the types of the variables in scope."""

    def __init__(self, program: Program, library: Library) -> None:
        self.library = library
        self.functions = program.functions
        self.lines = program.directions.lines
        self.variables: dict[str, str] = dict.fromkeys(program.functions, "function")
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.noted: set[str] = set()

    def function(self, node: c_ast.FuncDef) -> None:
        """Check a function's body with its parameters in scope."""
        outer = dict(self.variables)
        parameters = node.decl.type.args
        for parameter in parameters.params if parameters else []:
            if getattr(parameter, "name", None):
                self.variables[parameter.name] = type_text(parameter.type)
        self.visit(node.body)
        self.variables = outer

    def visit(self, node: c_ast.Node | None) -> None:
        """Check a node and all below it."""
        match node:
            case None | c_ast.Typedef() | c_ast.Goto() | c_ast.Pragma():
                return
            case c_ast.Compound() | c_ast.For():
                outer = dict(self.variables)
                self._children(node)
                self.variables = outer
            case c_ast.Decl():
                self._declaration(node)
            case c_ast.ID():
                self._name(node)
            case c_ast.FuncCall():
                self._call(node)
            case c_ast.Assignment():
                self._children(node)
                if node.op == "=":
                    self._fits(type_of_expression(node.lvalue, self.variables), node.rvalue)
            case c_ast.StructRef():
                self.visit(node.name)
            case c_ast.UnaryOp(op="sizeof") | c_ast.Cast():
                self.visit(node.expr)
            case _:
                self._children(node)

    def _children(self, node: c_ast.Node) -> None:
        for _name, child in node.children():
            self.visit(child)

    def _declaration(self, node: c_ast.Decl) -> None:
        type_ = type_text(node.type)
        if node.name:
            self.variables[node.name] = type_
        if node.init is not None:
            self.visit(node.init)
            self._fits(type_, node.init)

    def _fits(self, wanted: str, node: c_ast.Node) -> None:
        """Whether a value may be assigned to the type; libssl's types are not mixed."""
        found = type_of_expression(node, self.variables)
        if _is_object(wanted) and _is_object(found) and wanted != found:
            self._problem(
                node, f"this is `{found}`, but `{wanted}` is wanted", "the kinds cannot be mixed"
            )
        elif _is_object(wanted) and found == "int":
            hint = "write a pointer, or NULL"
            self._problem(node, f"this is a number, but `{wanted}` is wanted", hint)

    def _name(self, node: c_ast.ID) -> None:
        if node.name in self.variables or node.name in _BUILTIN_NAMES:
            return
        close = nearest(node.name, (*self.variables, *_BUILTIN_NAMES))
        if close:
            hint = f"did you mean {close}?"
        elif node.name.isupper():
            hint = "it looks like a constant; write its number instead"
        else:
            hint = f"declare it first, for example: SSL_SESSION *{node.name} = …;"
        self._problem(node, f"{node.name} is not declared", hint)
        self.variables[node.name] = UNKNOWN

    def _call(self, node: c_ast.FuncCall) -> None:
        arguments = node.args.exprs if node.args else []
        for argument in arguments:
            if not isinstance(argument, c_ast.Typename):
                self.visit(argument)
        if not isinstance(node.name, c_ast.ID):
            self.visit(node.name)
            return
        name = node.name.name
        row = call_named(name)
        if row is not None:
            self._modelled(node, row, arguments)
        elif name not in self.functions and name not in HARMLESS and name not in self.variables:
            self._unknown(node, name)

    def _unknown(self, node: c_ast.FuncCall, name: str) -> None:
        close = nearest(name, (*CALLS, *self.functions))
        is_libssl = name.startswith(("SSL_", "d2i_SSL", "i2d_SSL"))
        if close and is_libssl and _is_slip(name, close):
            self._problem(node.name, f"no function is called {name}", f"did you mean {close}?")
            return
        if name not in self.noted:
            self.noted.add(name)
            text = f"{name} is not modelled: assumed to have no effect on counts"
            self.notes.append(Note(node.coord.line, text))

    def _modelled(self, node: c_ast.FuncCall, row: Call, arguments: list[c_ast.Node]) -> None:
        if row.name in self.library.lacks:
            hint = f"model another library ({row.since} has it)" if row.since else "use another"
            self._problem(node.name, f"{self.library.name} has no {row.name}", hint)
        elif row.since and row.name not in self.noted:
            self.noted.add(row.name)
            self.notes.append(Note(node.coord.line, f"{row.name} came with {row.since}"))
        if len(arguments) != len(row.parameters):
            wanted = len(row.parameters)
            plural = "" if wanted == 1 else "s"
            self._problem(
                node.name,
                f"{row.name} takes {wanted} argument{plural}, here are {len(arguments)}",
                f"write {row.signature}",
            )
            return
        for number, (parameter, argument) in enumerate(
            zip(row.parameters, arguments, strict=True), 1
        ):
            found = type_of_expression(argument, self.variables)
            if not _may_pass(parameter, found):
                self._problem(
                    argument,
                    f"argument {number} of {row.name} is `{found}`,"
                    f" but `{parameter.type}` is wanted",
                    f"write {row.signature}",
                )

    def _problem(self, node: c_ast.Node, message: str, hint: str) -> None:
        width = len(node.name) if isinstance(node, c_ast.ID) else 1
        self.problems.append(
            Problem(node.coord.line, node.coord.column or 1, width, message, hint)
        )


def _is_slip(name: str, known: str) -> bool:
    """Whether `name` is a misspelling; a get for a set is another function of libssl."""
    if name.replace("get", "set") == known.replace("get", "set"):
        return False
    return nearest(name, (known,), cutoff=0.93) is not None


def _is_object(type_: str) -> bool:
    return type_ in ("SSL_CTX *", "SSL *", "SSL_SESSION *")


def _may_pass(parameter: Parameter, found: str) -> bool:
    """Whether a value of the type `found` is acceptable C for the parameter."""
    if found in (UNKNOWN, "void *"):
        return True
    if parameter.kind in _OBJECT_KINDS:
        return found in (parameter.type, "NULL")
    if parameter.kind == "number":
        return found == "NULL" or not (is_pointer(found) or found == "function")
    if parameter.kind == "function":
        return found in ("function", "NULL")
    return found == "NULL" or is_pointer(found)
