"""How a jump leaves what is being run: as an exception that its target catches.

Holds no rule of C: which jump may stand where is `jumps`, what a target does is
`interpreter`.
"""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.model.objects import Value

__all__ = ["Break", "Continue", "Goto", "Return", "labels"]


class Break(Exception):  # noqa: N818  # a jump, not an error
    """A `break` on its way out."""


class Continue(Exception):  # noqa: N818
    """A `continue` on its way to the loop."""


class Return(Exception):  # noqa: N818
    """A `return` on its way out of the function."""

    def __init__(self, value: Value | None) -> None:
        self.value = value


class Goto(Exception):  # noqa: N818
    """A `goto` on its way to its label."""

    def __init__(self, label: str) -> None:
        self.label = label


def labels(nodes: list[c_ast.Node]) -> dict[str, int]:
    """Which of the statements carry labels: the index of each."""
    return {node.name: i for i, node in reversed([*enumerate(nodes)])
            if isinstance(node, c_ast.Label)}  # fmt: skip
