"""What a check writes down: mistakes and notes, and the names and types in scope.

The lowest floor of the checker; it knows nothing of statements and calls.
"""

from __future__ import annotations

import re
from functools import cached_property

from pycparser import c_ast

from sslrefs.cscript.diagnostics import Problem, Suggestions
from sslrefs.cscript.exprtypes import type_of_expression
from sslrefs.cscript.fitting import is_object
from sslrefs.cscript.guesses import means_success, named
from sslrefs.cscript.names import CONSTANTS, EXAMPLES, OTHER_CONSTANTS
from sslrefs.cscript.parser import Program
from sslrefs.cscript.placing import problem_at
from sslrefs.cscript.types import UNKNOWN, type_text
from sslrefs.cscript.wanted import ARRAY, wanted_types
from sslrefs.model.calls import CALLS
from sslrefs.model.library import Library
from sslrefs.trace.timeline import Note

__all__ = ["Scope"]

_BUILTIN_NAMES = {
    *("NULL", "stdin", "stdout", "stderr", "errno", "optarg", "optind"),
    *("__func__", "__FUNCTION__", "__FILE__", "__LINE__"),
    *CONSTANTS,
}

_MACRO = re.compile(r"([A-Z][a-z]+_)?[A-Z_][A-Z0-9_]+")
"""Names that are constants or macros of other headers: `SOME_LIMIT`, `Py_RETURN_NONE`."""


class Scope:
    """The names in scope with their types, and what is wrong so far.

    `missing` has the names that nothing declares, each with the type it could have, "" if none.
    """

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
        self.is_foreign = False
        self.missing: dict[str, str] = {}
        self.suggestions = Suggestions()
        self.slips: dict[str, str | None] = {}
        self._program = program

    @cached_property
    def _wanted(self) -> dict[str, str]:
        """What undeclared names could be; looked up only where one is met."""
        return wanted_types(self._program)

    def type_of(self, node: c_ast.Node) -> str:
        """The type of an expression, typedefs resolved."""
        return self.types.resolved(type_of_expression(node, self.variables, self.types))

    def declared(self, node: c_ast.Node) -> str:
        """The type of a declaration, typedefs resolved."""
        return self.types.resolved(type_text(node))

    def name(self, node: c_ast.ID, wanted: str = UNKNOWN) -> None:
        """A name must be declared, but for arguments of foreign functions: who knows what they do.

        `wanted` is the type to write in front of it, if its place tells one.
        """
        name = node.name
        if name in self.variables or name in _BUILTIN_NAMES or name in CALLS:
            return
        if self.is_foreign and name in self.noted:
            return
        close = self._meant_by(name)
        like = self.suggestions.nearest
        is_like_one = like(name, CONSTANTS, cutoff=0.9) if "_" in name else close
        is_constant = name in OTHER_CONSTANTS or (bool(_MACRO.fullmatch(name)) and not is_like_one)
        if is_constant or (self.is_foreign and not close):
            is_zero = means_success(named(name))
            what = (
                "it is taken as 0, as its name says" if is_zero else "its value is not looked into"
            )
            self.note_once(node, name, f"is not known here: {what}")
            return
        type_ = wanted if wanted in EXAMPLES else self._wanted.get(name, "int")
        if close or wanted == "callback":
            type_ = ""
            hint = f"did you mean {close}?" if close else f"define a function {name} first"
        else:
            type_ = wanted if wanted.startswith("struct") else type_
            hint = self._declaring(name, type_)
        self.problem(node, f"{name} is not declared", hint)
        # As a parameter an array would have a length that nobody can tell.
        self.missing[name] = "" if type_.endswith(ARRAY) else type_
        self.variables[name] = UNKNOWN

    def _meant_by(self, name: str) -> str | None:
        """The variable or constant that was most likely meant."""
        if self.suggestions.left <= 0:
            return None
        declared = self.variables.keys() - self.missing.keys()
        return self.suggestions.nearest(name, declared, _BUILTIN_NAMES)

    def _declaring(self, name: str, type_: str) -> str:
        """How to declare a name: with a value in statements, without above a text of functions."""
        is_of_functions = bool(self.functions) and not self._program.body
        if type_.endswith(ARRAY):
            made = f"{type_.removesuffix(ARRAY)}{name}[10];"
        elif type_.startswith("struct") or is_of_functions:
            made = f"{type_}{'' if type_.endswith(('*', ' ')) else ' '}{name};"
        else:
            made = EXAMPLES.get(type_, "int {} = 1;").format(name)
        where = "above the functions" if is_of_functions else "first"
        return f"declare it {where}, for example: {made}"

    def fits(self, wanted: str, node: c_ast.Node) -> None:
        """Whether a value may be assigned to the type; libssl's types are not mixed."""
        found = self.type_of(node)
        if found == "void":
            self.returns_nothing(node)
        elif is_object(wanted) and is_object(found) and wanted != found:
            self.problem(
                node, f"this is `{found}`, but `{wanted}` is wanted", "the kinds cannot be mixed"
            )
        elif is_object(wanted) and found == "int":
            hint = "write a pointer, or NULL"
            self.problem(node, f"this is a number, but `{wanted}` is wanted", hint)
        elif is_object(found) and wanted in ("int", "long", "unsigned int"):
            self.problem(node, f"this is `{found}`, but a number is wanted", "write a number")

    def returns_nothing(self, node: c_ast.FuncCall) -> None:
        """A call without a value stands where a value is wanted."""
        name = node.name.name
        self.problem(node, f"{name} returns nothing", f"write {name}(…); as a statement")

    def note_once(self, node: c_ast.Node, name: str, text: str) -> None:
        """Tell something about a name, where it is first met."""
        if name not in self.noted:
            self.noted.add(name)
            self.notes.append(Note(node.coord.line, f"{name} {text}"))

    def problem(self, node: c_ast.Node, message: str, hint: str) -> None:
        """Keep a mistake, at the place of the node."""
        self.problems.append(problem_at(node, message, hint))
