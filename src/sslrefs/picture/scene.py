"""What is to be drawn: the union graph of a whole run, and a patch per moment.

The graph is laid out once. A moment (0 is before the first step, k is after
step k) says only which items look different from the moment before, so that
nothing on the page ever moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["Edge", "Look", "Moment", "Node", "Scene"]


class Node(NamedTuple):
    """A box: a variable, an SSL, an SSL_CTX, a row of its cache, an SSL_SESSION.

    `id` is unique in the scene and safe in SVG (`n_ctx1`); `name` is what
    people call it and may hold any text; `sub` is the C type ("" for a
    variable or a row). A row names its context's node in `group`. A box that
    stands for a whole group says in `more` for how many.
    """

    id: str
    kind: Literal["var", "ssl", "ctx", "row", "session"]
    name: str
    sub: str = ""
    group: str = ""
    more: int = 0


class Edge(NamedTuple):
    """An arrow that exists at some moment, from `source` to `target` (node ids).

    `kind` is "pointer" from a variable, "reference" from an SSL, "cache" from
    a cache row to its session.
    """

    id: str
    source: str
    target: str
    kind: Literal["pointer", "reference", "cache"]


class Look(NamedTuple):
    """How an item looks: state words (CSS classes) and its changing text.

    Words of a node: "absent", "live" or "freed", with "wrong" when its count
    is not the number of its holders, else "moving" at the step that changed it.
    Words of an edge: "absent", "counted", "borrowed" or "dangling". A row:
    "absent", "live" or "dangling". `text` is a node's badge ("2", "2 → 1" at
    the step that changed it, "1 ≠ 2") or an edge's multiplicity ("×2").
    """

    words: str
    text: str = ""


class Moment(NamedTuple):
    """What differs from the moment before: `changes` by item, and `hot` items.

    An item's index counts the nodes first, then the edges. Hot is what the
    step touched; a hot edge that is now absent was given up in this step and
    is shown thin and dotted for this one moment.
    """

    changes: tuple[tuple[int, Look], ...]
    hot: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The union graph and its moments."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    moments: tuple[Moment, ...]

    def looks_at(self, moment: int) -> list[Look]:
        """Every item's look at a moment, nodes first."""
        looks = [Look("absent")] * (len(self.nodes) + len(self.edges))
        for index in range(moment + 1):
            for item, look in self.moments[index].changes:
                looks[item] = look
        return looks
