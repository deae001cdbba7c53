"""Jumps that lead nowhere: goto without a label, break and continue without a loop."""

from __future__ import annotations

from collections.abc import Iterator

from pycparser import c_ast

from sslrefs.cscript.diagnostics import Problem, Suggestions
from sslrefs.cscript.tree import walk

__all__ = ["check_jumps"]

_JUMPS = (c_ast.Goto, c_ast.Break, c_ast.Continue, c_ast.Label)
_LOOPS = (c_ast.While, c_ast.DoWhile, c_ast.For)


def check_jumps(nodes: list[c_ast.Node]) -> list[Problem]:
    """The problems with the jumps of one function's statements."""
    found = [node for node in walk(*nodes) if isinstance(node, _JUMPS)]
    if all(isinstance(node, c_ast.Label) for node in found):
        return []
    labels = {node.name for node in found if isinstance(node, c_ast.Label)}
    return list(_Jumps(labels).among(nodes, frozenset(), ()))


class _Jumps:
    """Looks at the jumps of a function whose `labels` are known."""

    def __init__(self, labels: set[str]) -> None:
        self.labels = labels
        self.suggestions = Suggestions()

    def among(
        self, nodes: list[c_ast.Node], reachable: frozenset[str], around: tuple[str, ...]
    ) -> Iterator[Problem]:
        """Look at statements that stand side by side; a goto finds the labels among them."""
        here = reachable.union(node.name for node in nodes if isinstance(node, c_ast.Label))
        for node in nodes:
            yield from self._inside(node, here, around)

    def _inside(
        self, node: c_ast.Node, reachable: frozenset[str], around: tuple[str, ...]
    ) -> Iterator[Problem]:
        match node:
            case c_ast.Goto(name=name):
                if name not in reachable:
                    yield self._goto(node)
            case c_ast.Break():
                if not around:
                    yield _outside(node, "break", "a loop or a switch")
            case c_ast.Continue():
                if "loop" not in around:
                    yield _outside(node, "continue", "a loop")
            case c_ast.Compound(block_items=items):
                yield from self.among(items or [], reachable, around)
            case c_ast.Switch(stmt=c_ast.Compound(block_items=items)):
                inner = [s for item in items or [] for s in getattr(item, "stmts", None) or [item]]
                yield from self.among(inner, reachable, (*around, "switch"))
            case _:
                inside = (*around, "loop") if isinstance(node, _LOOPS) else around
                for _name, child in node.children():
                    yield from self._inside(child, reachable, inside)

    def _goto(self, node: c_ast.Goto) -> Problem:
        if node.name in self.labels:
            message = f"the label {node.name} stands inside a block, and this goto outside of it"
            hint = "jumps into a block are not followed; put the label outside the block"
        else:
            close = self.suggestions.nearest(node.name, self.labels)
            message = f"there is no label {node.name}"
            hint = f"did you mean {close}?" if close else f"write {node.name}: before a statement"
        return _at(node, len("goto"), message, hint)


def _outside(node: c_ast.Node, word: str, where: str) -> Problem:
    verb = "leaves" if word == "break" else "goes on with"
    return _at(node, len(word), f"this {word} is not inside {where}", f"{word} {verb} {where}")


def _at(node: c_ast.Node, width: int, message: str, hint: str) -> Problem:
    return Problem(node.coord.line, node.coord.column or 1, width, message, hint)
