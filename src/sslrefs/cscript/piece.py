"""A refused text that could be a piece of a larger program: how to make it a function.

Whoever pastes ten lines out of the middle of a function has names in them that
are declared elsewhere. As parameters they get values, as `excerpt` gives them.
"""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.check import Checker, checked
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.mentions import names
from sslrefs.cscript.parser import Program, parse
from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import callee
from sslrefs.model.library import Library

__all__ = ["refusal"]

_LEAD = "Are these lines out of a larger program? Then make them a function; sslrefs calls it:"
_LONGEST = 20_000
"""Characters of a piece: a longer text is read once, and its mistakes are told."""

_MOST_NAMES = 20


def refusal(program: Program, checker: Checker, library: Library) -> ScriptError:
    r"""The mistakes of a program, and the function it could be if names are declared elsewhere.

    >>> from sslrefs.model.library import LIBRARIES
    >>> text = "SSL_SESSION_free(old);\nold = SSL_get1_session(c->ssl);"
    >>> program, library = parse(text), LIBRARIES["OpenSSL 3"]
    >>> print(refusal(program, checked(program, library), library).advice)
    Are these lines out of a larger program? Then make them a function; sslrefs calls it:
        void piece(SSL_SESSION *old, struct c *c) {
            …
        }
    """
    offer = _offer(program, checker, library) if _is_piece(program) else []
    advice = "\n".join([_LEAD, *(f"    {line}" for line in offer)]) if offer else ""
    return ScriptError(checker.problems, program.source, advice=advice)


def _is_piece(program: Program) -> bool:
    """Whether a text has statements alone, and makes no context of its own."""
    if program.functions or len(program.body) < 2 or len(program.source) > _LONGEST:
        return False
    calls = {callee(node) for statement in program.body for node in walk(statement)}
    return "SSL_CTX_new" not in calls


def _offer(program: Program, checker: Checker, library: Library) -> list[str]:
    """The lines of the function; none if it would not mend every name."""
    if not checker.missing or not all(checker.missing.values()):
        return []
    if len(checker.missing) > _MOST_NAMES:
        return []  # nobody calls a function with so many parameters
    declared = {name: _declared(name, type_) for name, type_ in checker.missing.items()}
    local = [name for name in declared if _is_set_first(program, name)]
    parameters = ", ".join(declared[name] for name in declared if name not in local)
    head = [f"void piece({parameters or 'void'}) {{"]
    head += [f"    {declared[name]};" for name in local]
    try:
        made = parse("\n".join([*head, program.source, "}"]), library=library)
    except ScriptError:
        return []
    left = checked(made, library).problems
    return [*head, "    …", "}"] if len(left) <= len(checker.problems) - len(declared) else []


def _declared(name: str, type_: str) -> str:
    """A declaration of a name; what is a struct is called as its variable."""
    if type_.startswith("struct"):
        return type_.replace("…", name) + name
    return f"{type_}{name}" if type_.endswith("*") else f"{type_} {name}"


def _is_set_first(program: Program, name: str) -> bool:
    """Whether a name gets a value before anything reads it."""
    for statement in program.body:
        for node in walk(statement):
            if (
                isinstance(node, c_ast.Assignment)
                and node.op == "="
                and isinstance(node.lvalue, c_ast.ID)
                and node.lvalue.name == name
            ):
                return name not in names(node.rvalue)
            if isinstance(node, c_ast.ID) and node.name == name:
                return False
    return False
