"""The engine of last resort: our own placement and lanes, no program at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sslrefs.picture.dot import keys
from sslrefs.picture.lanes import columns, lane
from sslrefs.picture.placement import Box, place
from sslrefs.picture.scene import Scene

__all__ = ["BuiltIn"]

_NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A router that always works."""

    name: ClassVar[str] = "built-in"

    def draw(self, dot: str, scene: Scene) -> str:  # noqa: ARG002 - the port gives both
        """The drawing in the form in which Graphviz gives its own."""
        boxes = place(scene)
        owner = {node.id: node.group or node.id for node in scene.nodes}
        name = keys(scene)
        nodes = [_node(name[item], box) for item, box in boxes.items() if item in name]
        among = columns(scene, boxes)
        edges = [
            _edge(
                name[edge.id],
                lane(boxes[owner[edge.source]], boxes[edge.target], among, number=number),
            )
            for number, edge in enumerate(scene.edges)
        ]
        return f'<svg xmlns="{_NAMESPACE}">{"".join(edges)}{"".join(nodes)}</svg>'


def _node(name: str, box: Box) -> str:
    """A box as a polygon."""
    corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<g id="{name}"><polygon points="{points}"/></g>'


def _edge(name: str, curve: list[tuple[float, float]]) -> str:
    """A curve as a path."""
    start, *rest = (f"{x:.1f},{y:.1f}" for x, y in curve)
    return f'<g id="{name}"><path d="M{start}C{" ".join(rest)}"/></g>'
