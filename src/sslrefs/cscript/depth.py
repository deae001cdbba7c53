"""How deep a tree of C is: what walks it calls itself, and must not run out of stack."""

from __future__ import annotations

from collections.abc import Iterable

from pycparser import c_ast

__all__ = ["DEEPEST", "is_deep"]

DEEPEST = 150
"""The most levels of statements and expressions inside each other."""


def is_deep(nodes: Iterable[c_ast.Node]) -> bool:
    """Whether a tree has more levels than anybody writes."""
    level = list(nodes)
    for _ in range(DEEPEST):
        level = [child for node in level for _name, child in node.children()]
        if not level:
            return False
    return True
