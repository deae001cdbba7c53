"""The engine of last resort: our own placement and lanes, no program at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sslrefs.picture.dot import keys
from sslrefs.picture.lanes import columns, lane
from sslrefs.picture.placement import Box, place
from sslrefs.picture.routes import Geometry, Point, arranged
from sslrefs.picture.scene import Scene

__all__ = ["BuiltIn", "route"]

_NAMESPACE = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A router that always works."""

    name: ClassVar[str] = "built-in"

    def draw(self, dot: str, scene: Scene) -> str:  # noqa: ARG002 - the port gives both
        """The drawing in the form in which Graphviz gives its own."""
        boxes = place(scene)
        name = keys(scene)
        nodes = [_node(name[item], box) for item, box in boxes.items() if item in name]
        edges = [_edge(name[item], curve) for item, curve in _lanes(scene, boxes).items()]
        return f'<svg xmlns="{_NAMESPACE}">{"".join(edges)}{"".join(nodes)}</svg>'


def route(scene: Scene) -> Geometry:
    """Where everything is, without the detour over a drawing."""
    boxes = place(scene)
    return arranged(scene, boxes, _lanes(scene, boxes))


def _lanes(scene: Scene, boxes: dict[str, Box]) -> dict[str, list[Point]]:
    """The curve of every arrow."""
    owner = {node.id: node.group or node.id for node in scene.nodes}
    among = columns(scene, boxes)
    return {
        edge.id: lane(boxes[owner[edge.source]], boxes[edge.target], among, number=number)
        for number, edge in enumerate(scene.edges)
    }


def _node(name: str, box: Box) -> str:
    """A box as a polygon."""
    corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<g id="{name}"><polygon points="{points}"/></g>'


def _edge(name: str, curve: list[tuple[float, float]]) -> str:
    """A curve as a path."""
    start, *rest = (f"{x:.1f},{y:.1f}" for x, y in curve)
    return f'<g id="{name}"><path d="M{start}C{" ".join(rest)}"/></g>'
