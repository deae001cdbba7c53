"""C types of declarations, as the text a person would write."""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.names import KNOWN_TYPES

__all__ = [
    "UNKNOWN",
    "callee",
    "is_foreign",
    "is_pointer",
    "parameters_of",
    "starred",
    "struct_name",
    "type_text",
]

UNKNOWN = ""
"""The type of what is not looked into: it fits everywhere."""


def type_text(node: c_ast.Node | None) -> str:
    """The type of a declaration: `SSL_SESSION *`, `int`, `char []`.

    Qualifiers are left out: they decide no ownership.
    """
    if isinstance(node, c_ast.PtrDecl):
        return starred(type_text(node.type), "*")
    if isinstance(node, c_ast.ArrayDecl):
        return starred(type_text(node.type), "[]")
    if isinstance(node, c_ast.FuncDecl):
        return "function"
    if isinstance(node, c_ast.TypeDecl | c_ast.Typename | c_ast.Decl):
        return type_text(node.type)
    if isinstance(node, c_ast.IdentifierType):
        return " ".join(node.names)
    if isinstance(node, c_ast.Struct | c_ast.Union):
        return struct_name(node)
    if isinstance(node, c_ast.Enum):
        return "int"
    return UNKNOWN


def struct_name(node: c_ast.Struct | c_ast.Union) -> str:
    """What a struct or a union is called; one without a name after its place."""
    if node.name or node.coord is None:
        return f"struct {node.name or ''}".strip()
    return f"struct of line {node.coord.line}, column {node.coord.column}"


def callee(node: c_ast.Node | None) -> str:
    """The name of the function that is called; "" of what is no call, or none by a name."""
    if isinstance(node, c_ast.FuncCall) and isinstance(node.name, c_ast.ID):
        return str(node.name.name)
    return ""


def parameters_of(function: c_ast.FuncDef) -> list[c_ast.Node]:
    """The parameters of a function's definition, as they are declared."""
    return function.decl.type.args.params if function.decl.type.args else []


def starred(inner: str, mark: str) -> str:
    """The type with a star or brackets more."""
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
    {
        *("void", "char", "short", "int", "long", "float", "double", "signed", "unsigned"),
        *("_Bool", "function", "NULL", "struct"),
    }
)
