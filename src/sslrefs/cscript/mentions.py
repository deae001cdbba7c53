"""What the functions of a text mention: the names, members and calls in them.

Only the tree is looked at; nothing is run.
"""

from __future__ import annotations

from collections.abc import Iterator

from pycparser import c_ast, c_generator

from sslrefs.cscript.fitting import is_object
from sslrefs.cscript.parser import Program
from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import UNKNOWN, callee, parameters_of, type_text
from sslrefs.model.calls import CALLS

__all__ = ["freed_names", "members", "names", "needed", "passed", "stored", "written"]


def names(node: c_ast.Node) -> set[str]:
    """The names in an expression or a body."""
    return {str(found.name) for found in walk(node) if isinstance(found, c_ast.ID)}


def written(node: c_ast.Node) -> str:
    """A piece of the tree as C text."""
    return str(c_generator.CGenerator().visit(node))


def stored(body: c_ast.Node) -> Iterator[str]:
    """What a function gives a value, as it is written."""
    for node in walk(body):
        if isinstance(node, c_ast.Assignment):
            yield written(node.lvalue)
        elif isinstance(node, c_ast.UnaryOp) and node.op == "&":
            yield written(node.expr)


def passed(body: c_ast.Node) -> Iterator[tuple[str, str]]:
    """The variables that libssl is given as an object in a function, and as which."""
    for node in walk(body):
        row = CALLS.get(callee(node))
        if isinstance(node, c_ast.Decl) and isinstance(node.init, c_ast.ID | c_ast.Cast):
            value = node.init.expr if isinstance(node.init, c_ast.Cast) else node.init
            type_ = type_text(node.type)
            if is_object(type_) and isinstance(value, c_ast.ID):
                yield str(value.name), type_
        if row is not None and node.args:
            parameters = row.parameters
            for parameter, argument in zip(parameters, node.args.exprs, strict=False):
                if is_object(parameter.type) and isinstance(argument, c_ast.ID):
                    yield str(argument.name), parameter.type


def needed(body: c_ast.Node) -> Iterator[str]:
    """The members that libssl is called with, not to free them, before anything else has them."""
    seen: set[str] = set()
    for node in walk(body):
        row = CALLS.get(callee(node))
        for parameter, argument in zip(
            row.parameters if row else (),
            node.args.exprs if row and node.args else (),
            strict=False,
        ):
            text = written(argument) if isinstance(argument, c_ast.StructRef) else ""
            if text and text not in seen and is_object(parameter.type):
                if parameter.use != "gives back":
                    yield text
                seen.add(text)
        if isinstance(node, c_ast.StructRef):
            seen.add(written(node))


def members(program: Program, root: str, given: dict[str, str]) -> list[tuple[str, str]]:
    """The members of what a function is given that libssl is called with, and their types.

    Functions that are called with the same variable are looked into.
    """
    found: dict[str, str] = {}
    waiting, seen = [(root, given)], {root}
    while waiting:
        name, known = waiting.pop()
        for node in walk(program.functions[name].body):
            if not isinstance(node, c_ast.FuncCall) or not isinstance(node.name, c_ast.ID):
                continue
            arguments = node.args.exprs if node.args else []
            row, called = CALLS.get(node.name.name), program.functions.get(node.name.name)
            if row is not None:
                for parameter, argument in zip(row.parameters, arguments, strict=False):
                    owner = _owner(argument)
                    if is_object(parameter.type) and owner in known and owner != written(argument):
                        rest = written(argument).removeprefix(owner)
                        found.setdefault(known[owner] + rest, parameter.type)
            elif called is not None and node.name.name not in seen:
                seen.add(node.name.name)
                passed = zip(parameters_of(called), arguments, strict=False)
                same = {str(getattr(p, "name", "")): known[written(a)] for p, a in passed
                        if written(a) in known}  # fmt: skip
                waiting.append((node.name.name, same))
    return list(found.items())


def freed_names(program: Program) -> frozenset[str]:
    """The variables and members that a text frees in one of its functions, by their last name.

    >>> from sslrefs.cscript.parser import parse
    >>> sorted(freed_names(parse("void f(conn *c) { SSL_SESSION_free(c->saved); }")))
    ['saved']
    """
    found = set()
    for function in program.functions.values():
        for node in walk(function.body):
            row = CALLS.get(callee(node))
            if row is None or not node.args:
                continue
            if any(parameter.use == "gives back" for parameter in row.parameters):
                found.add(written(node.args.exprs[0]).split("->")[-1].split(".")[-1])
    return frozenset(found)


def _owner(node: c_ast.Node) -> str:
    """The variable at the head of `a->b.c`; "" if it is something else."""
    while isinstance(node, c_ast.StructRef):
        node = node.name
    return str(node.name) if isinstance(node, c_ast.ID) else UNKNOWN
