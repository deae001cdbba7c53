"""What a name that nobody declared could be, by what the text does with it: for a hint alone."""

from __future__ import annotations

from collections.abc import Iterator

from pycparser import c_ast

from sslrefs.cscript.exprtypes import type_of_expression
from sslrefs.cscript.fitting import is_object
from sslrefs.cscript.parser import Program
from sslrefs.cscript.tree import walk
from sslrefs.model.calls import call_named

__all__ = ["ARRAY", "wanted_types"]

_POINTER = "SSL_SESSION *"
"""What a pointer of which nothing else is known is shown as."""
ARRAY = "[]"
"""Behind the type of a name that is indexed."""
_NUMBERS = f"int {ARRAY}"
_BYTES = "const unsigned char *"
_LOCK = "pthread_mutex_t"
_LOCKING = ("pthread_mutex_lock", "pthread_mutex_unlock")


def wanted_types(program: Program) -> dict[str, str]:
    """The type of each name that must be a pointer or an array; any other is a number at best.

    >>> from sslrefs.cscript.parser import parse
    >>> wanted_types(parse("if (on && ssl) { c = SSL_get_SSL_CTX(ssl); rest = NULL; on = 0; }"))
    {'c': 'SSL_CTX *', 'ssl': 'SSL *', 'rest': 'SSL_SESSION *'}
    """
    found: dict[str, str] = {}
    bodies = [function.body for function in program.functions.values()]
    for body in (*program.file_scope, *program.body, *bodies):
        for node in walk(body):
            for other, type_ in _evidence(node):
                if not isinstance(other, c_ast.ID):
                    continue
                is_told = type_.endswith("**") or type_ in (_LOCK, _BYTES)
                if is_told or is_object(type_.removesuffix(ARRAY)):
                    found[other.name] = type_
                elif type_ in ("NULL", _NUMBERS):
                    found.setdefault(other.name, _POINTER if type_ == "NULL" else _NUMBERS)
    return found


def _evidence(node: c_ast.Node) -> Iterator[tuple[c_ast.Node, str]]:
    """Expressions in a node, each with a type that it must have."""
    match node:
        case c_ast.FuncCall(name=c_ast.ID(name=name), args=c_ast.ExprList(exprs=arguments)):
            row = call_named(name)
            parameters = row.parameters if row is not None else ()
            for parameter, argument in zip(parameters, arguments, strict=False):
                yield _of_argument(argument, parameter.type)
            if name in _LOCKING and isinstance(arguments[0], c_ast.UnaryOp):
                yield arguments[0].expr, _LOCK
        case c_ast.ArrayRef(name=base):
            yield base, _NUMBERS
        case c_ast.Assignment(op="=", lvalue=left, rvalue=right):
            yield from ((left, _type(right)), (right, _type(left)))
        case c_ast.BinaryOp(op="==" | "!=", left=left, right=right):
            yield from ((left, _type(right)), (right, _type(left)))
        case c_ast.Decl(type=c_ast.PtrDecl() as declared, init=c_ast.ID() as value):
            yield value, _type(c_ast.Cast(declared, value))


def _of_argument(node: c_ast.Node, type_: str) -> tuple[c_ast.Node, str]:
    """What an argument says of the name in it."""
    match node:
        case c_ast.ArrayRef(name=base):
            return base, type_ + ARRAY
        case c_ast.UnaryOp(op="*", expr=base):
            return base, type_ + "*"
        case c_ast.UnaryOp(op="&", expr=base) if type_.endswith("**"):
            return base, type_.removesuffix("*")
    return node, type_


def _type(node: c_ast.Node) -> str:
    """The type of an expression that tells one by itself; a bare 0 tells none."""
    return "" if isinstance(node, c_ast.Constant) else type_of_expression(node, {})
