"""C types of declarations and expressions, as the text a person would write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pycparser import c_ast

from sslrefs.cscript.names import CONSTANTS, KNOWN_TYPES
from sslrefs.model.calls import call_named

if TYPE_CHECKING:
    from sslrefs.cscript.typetable import TypeTable

__all__ = ["UNKNOWN", "is_foreign", "is_pointer", "type_of_expression", "type_text"]

UNKNOWN = ""
"""The type of what is not looked into: it fits everywhere."""


def type_text(node: c_ast.Node | None) -> str:
    """The type of a declaration: `SSL_SESSION *`, `int`, `char []`.

    Qualifiers are left out: they decide no ownership.
    """
    if isinstance(node, c_ast.PtrDecl):
        return _starred(type_text(node.type), "*")
    if isinstance(node, c_ast.ArrayDecl):
        return _starred(type_text(node.type), "[]")
    if isinstance(node, c_ast.FuncDecl):
        return "function"
    if isinstance(node, c_ast.TypeDecl | c_ast.Typename | c_ast.Decl):
        return type_text(node.type)
    if isinstance(node, c_ast.IdentifierType):
        return " ".join(node.names)
    if isinstance(node, c_ast.Struct | c_ast.Union):
        return f"struct {node.name or ''}".strip()
    if isinstance(node, c_ast.Enum):
        return "int"
    return UNKNOWN


def _starred(inner: str, mark: str) -> str:
    return inner + mark if inner.endswith(("*", "]")) else f"{inner} {mark}"


def is_pointer(type_: str) -> bool:
    """Whether the type is a pointer or an array."""
    return type_.endswith(("*", "[]"))


def is_foreign(type_: str) -> bool:
    """Whether the type is one of the text's own or of another library: nothing is known of it.

    >>> is_foreign("conn_t *"), is_foreign("unsigned int"), is_foreign("SSL *")
    (True, False, False)
    """
    words = type_.replace("*", " ").replace("[]", " ").split()
    return not all(word in KNOWN_TYPES or word in _BASIC for word in words)


_BASIC = frozenset(
    ("void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "_Bool")
    + ("function", "NULL", "struct")
)


def type_of_expression(
    node: c_ast.Node, variables: dict[str, str], table: TypeTable | None = None
) -> str:
    """The type of an expression, or UNKNOWN; `variables` has the types in scope."""
    match node:
        case c_ast.ID(name=name):
            if name == "NULL":
                return "NULL"
            if name in CONSTANTS:
                return "int"
            return variables.get(name, UNKNOWN)
        case c_ast.Constant(type=kind):
            return {"string": "char *"}.get(kind, "NULL" if node.value == "0" else "int")
        case c_ast.Cast(to_type=to):
            found = type_text(to)
            return table.resolved(found) if table is not None else found
        case c_ast.FuncCall(name=c_ast.ID(name=name)):
            row = call_named(name)
            if row is None:
                return UNKNOWN
            if row.type == "void":
                return "void"
            return row.type.replace("const ", "") if "*" in row.type else "int"
        case c_ast.UnaryOp(op="&", expr=inner):
            found = type_of_expression(inner, variables, table)
            return _starred(found, "*") if found not in (UNKNOWN, "function") else found
        case c_ast.UnaryOp(op="*", expr=inner):
            found = type_of_expression(inner, variables, table)
            return found[:-1].rstrip() if found.endswith("*") else UNKNOWN
        case c_ast.StructRef(name=inner, field=field) if table is not None:
            return table.member(type_of_expression(inner, variables, table), field.name)
        case c_ast.ArrayRef(name=inner):
            found = type_of_expression(inner, variables, table)
            return re.sub(r" ?(\[\]|\*)$", "", found) if is_pointer(found) else UNKNOWN
        case c_ast.Assignment(lvalue=left):
            return type_of_expression(left, variables, table)
        case c_ast.BinaryOp() | c_ast.UnaryOp():
            return "int"
    return UNKNOWN
