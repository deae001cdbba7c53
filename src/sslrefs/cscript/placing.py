"""A mistake at a node of C's tree: where the words stand that it is about."""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.types import callee

__all__ = ["problem_at"]


def problem_at(node: c_ast.Node, message: str, hint: str) -> Problem:
    """The problem, as wide as the name that the node is or calls."""
    name = callee(node)
    if isinstance(node, c_ast.ID):
        name = node.name
    elif isinstance(node, c_ast.Decl):
        name = node.name
        while not isinstance(node, c_ast.TypeDecl):
            node = node.type  # the innermost part is the name's own place
    elif isinstance(node, c_ast.Constant):
        name = node.value
    return Problem(node.coord.line, node.coord.column or 1, len(name) or 1, message, hint)
