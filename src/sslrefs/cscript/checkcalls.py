"""The check of calls: the number and the types of their arguments, and who is called."""

from __future__ import annotations

from itertools import zip_longest

from pycparser import c_ast

from sslrefs.cscript.fitting import counted, is_slip, may_pass
from sslrefs.cscript.mentions import written
from sslrefs.cscript.names import FOLLOWED, HARMLESS, READERS
from sslrefs.cscript.scope import Scope
from sslrefs.cscript.types import UNKNOWN, callee, parameters_of
from sslrefs.model.calls import CALLS, Call, call_named
from sslrefs.trace.timeline import Note

__all__ = ["CallChecker"]


_SILENT = frozenset((*HARMLESS, *FOLLOWED, *READERS))
"""Functions of which nothing need be said."""


class CallChecker(Scope):
    """Looks at calls; the expressions inside are for the class above."""

    def visit(self, node: c_ast.Node | None) -> None:
        """Check a node and all below it."""
        raise NotImplementedError

    def call(self, node: c_ast.FuncCall) -> None:
        """Check a call and its arguments."""
        arguments = node.args.exprs if node.args else []
        name = callee(node)
        known = call_named(name)
        wanted = [parameter.type for parameter in known.parameters] if known else []
        is_followed = name in self.functions or (name in FOLLOWED and "ex_data" not in name)
        is_foreign = known is None and not is_followed
        outer, self.is_foreign = self.is_foreign, is_foreign
        for argument, type_ in zip_longest(arguments, wanted[: len(arguments)]):
            if isinstance(argument, c_ast.ID):
                self.name(argument, type_ or UNKNOWN)
            elif not isinstance(argument, c_ast.Typename):
                self.visit(argument)
        self.is_foreign = outer
        if not isinstance(node.name, c_ast.ID):
            self.visit(node.name)
            return
        if known is not None:
            self._modelled(node, known, arguments)
        elif name in self.functions:
            self._own_function(node, self.functions[name], arguments)
        elif self.variables.get(name) == "function":
            text = "is declared but has no body here: what it does is not known"
            self.note_once(node, name, text)
        elif name not in _SILENT and name not in self.variables:
            self._unknown(node, name)

    def _own_function(
        self, node: c_ast.FuncCall, function: c_ast.FuncDef, arguments: list[c_ast.Node]
    ) -> None:
        """A call of a function of the text must fit its definition."""
        declared = parameters_of(function)
        types = [self.declared(p.type) for p in declared if not isinstance(p, c_ast.EllipsisParam)]
        types = [] if types == ["void"] else types
        name = node.name.name
        is_open = len(types) != len(declared) or function.decl.type.args is None
        if len(arguments) < len(types) or (len(arguments) > len(types) and not is_open):
            message = f"{name} takes {counted(len(types))}, here are {len(arguments)}"
            self.problem(node, message, f"it is defined at line {function.coord.line}")
            return
        for argument, wanted in zip(arguments, types, strict=False):
            self.fits(wanted, argument)

    def _unknown(self, node: c_ast.FuncCall, name: str) -> None:
        if name in self.noted:
            return
        if name.upper().startswith(("SSL_", "D2I_SSL", "I2D_SSL")):
            if name not in self.slips:
                self.slips[name] = self._slip_of(name)
            if meant := self.slips[name]:
                self.problem(node.name, f"no function is called {name}", f"did you mean {meant}?")
                return
        if name not in self.assumptions:
            text = "is not modelled: assumed to have no effect on counts"
            arguments = node.args.exprs if node.args else []
            for number, argument in enumerate(arguments, start=1):
                if self.type_of(argument) == "SSL_SESSION *":
                    what = written(argument) if isinstance(argument, c_ast.ID) else "the session"
                    text += f"; if it takes {what} over, write "
                    text += f"/* sslrefs: assume {name} frees {number} */"
                    break
            self.note_once(node, name, text)

    def _slip_of(self, name: str) -> str | None:
        """The function that a misspelt name means, None for the name of another function."""
        close = self.suggestions.nearest(name, CALLS, self.functions)
        return close if close and is_slip(name, close) else None

    def _modelled(self, node: c_ast.FuncCall, row: Call, arguments: list[c_ast.Node]) -> None:
        if row.name in self.library.lacks:
            hint = f"model another library ({row.since} has it)" if row.since else "use another"
            self.problem(node.name, f"{self.library.name} has no {row.name}", hint)
        elif row.since and row.name not in self.noted:
            self.noted.add(row.name)
            self.notes.append(Note(node.coord.line, f"{row.name} came with {row.since}"))
        if len(arguments) != len(row.parameters):
            wanted = counted(len(row.parameters))
            message = f"{row.name} takes {wanted}, here are {len(arguments)}"
            self.problem(node, message, f"it is declared as {row.signature}")
            return
        for number, (parameter, argument) in enumerate(
            zip(row.parameters, arguments, strict=True), 1
        ):
            found = self.type_of(argument)
            if found == "void":
                self.returns_nothing(argument)
            elif not may_pass(parameter, found):
                self.problem(
                    argument,
                    f"argument {number} of {row.name} is `{found}`,"
                    f" but `{parameter.type}` is wanted",
                    f"it is declared as {row.signature}",
                )
