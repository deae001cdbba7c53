"""The tree of a text: all of its nodes, and how deep it is.

What walks it with a thought for each kind of node calls itself, and must not run out of stack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pycparser import c_ast

__all__ = ["DEEPEST", "is_deep", "walk"]

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


def walk(*roots: c_ast.Node) -> Iterator[c_ast.Node]:
    """Nodes and all below them, in the order of the text."""
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for _name, child in reversed(node.children())]
