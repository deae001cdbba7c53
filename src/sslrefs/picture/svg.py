"""A laid-out scene as SVG: the drawing that a player steps through, and a still of one moment.

The drawing holds every item of the run once. A moment is told by classes and
texts alone (`patch`), here for a still and in TypeScript for the player; one
table of cases in the tests holds the two together.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sslrefs.picture import elements, letters
from sslrefs.picture.elements import number
from sslrefs.picture.paint import paint_arrow, paint_box
from sslrefs.picture.placement import COLUMNS, Box, Plates, plates
from sslrefs.picture.routes import Geometry, Point, Route, read, texted
from sslrefs.picture.scene import Edge, Look, Node, Scene

__all__ = ["Drawing", "compact", "paint", "paint_geometry", "patch", "still"]

_SIDE, _HEADINGS, _FOOT = 14, 40, 16
_CAPTION_SIZE, _CAPTION_LINE = 15, 21
_LEAST_WIDTH = 240.0
_UNSEEN_UNLESS = {
    "hatch": "s-freed",
    "cross": "s-freed",
    "strike": "s-freed",
    "alarm": "s-wrong",
    "wide": "s-moving",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """The SVG of a whole run, and where each node stands in it.

    Each item is a `<g>` with the item's id. The drawing has no style of its
    own: it is seen with the rules of theme.css.
    """

    svg: str
    positions: dict[str, Box]


class _Frame(NamedTuple):
    """How far everything moves, and how large the drawing is."""

    right: float
    down: float
    width: float
    height: float


def paint(scene: Scene, laid_out: str) -> Drawing:
    """The scene's drawing, given the SVG that a layout engine made of its geometry.

    Raises:
        ValueError: `laid_out` is no SVG or lacks an item of the scene.
    """
    return paint_geometry(scene, read(scene, laid_out))


def paint_geometry(scene: Scene, raw: Geometry) -> Drawing:
    """The scene's drawing, given where everything is."""
    frame = _frame(raw)
    boxes = {
        item: box._replace(x=box.x + frame.right, y=box.y + frame.down)
        for item, box in raw.boxes.items()
    }
    root = ET.Element("svg", _size(frame.width, 0, frame.height))
    _headings(root, scene, boxes)
    names = {node.id: node.name for node in scene.nodes}
    with_text = texted(scene)
    edges = [
        _arrow(
            edge,
            _shifted(raw.routes[edge.id], frame),
            f"{names[edge.source]} → {names[edge.target]}",
            edge.id in with_text,
        )
        for edge in scene.edges
    ]
    plate = plates(scene)
    # Rows last: they lie on their context's box.
    ordered = sorted(scene.nodes, key=lambda node: node.kind == "row")
    nodes = [_box(node, boxes[node.id], plate.get(node.id)) for node in ordered]
    layers = f'<g class="edges">{"".join(edges)}</g><g class="nodes">{"".join(nodes)}</g></svg>'
    return Drawing(elements.write(root).removesuffix("</svg>") + layers, boxes)


# A text that grows is drawn line by line, and most of its items are drawn the same again.
@lru_cache(maxsize=2048)
def _arrow(edge: Edge, route: Route, spoken: str, has_text: bool) -> str:  # noqa: FBT001 - a part of the key
    """One arrow as SVG."""
    parent = ET.Element("g")
    paint_arrow(parent, edge, route, spoken, texted=has_text)
    return elements.write(parent[0])


@lru_cache(maxsize=2048)
def _box(node: Node, box: Box, plate: Plates | None) -> str:
    """One box as SVG."""
    parent = ET.Element("g")
    paint_box(parent, node, box, plate)
    return elements.write(parent[0])


def _frame(geometry: Geometry) -> _Frame:
    """The frame around boxes and arrows; only an arrow far outside moves the boxes."""
    boxes = list(geometry.boxes.values()) or [Box(0, 0, 0, 0)]
    points = [point for route in geometry.routes.values() for point in route.curve]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max([*(box.right for box in boxes), *(x for x, _ in points)]) + _SIDE
    bottom = max([*(box.bottom for box in boxes), *(y for _, y in points)]) + _FOOT
    above = max(0.0, top - min([top, *(y for _, y in points)]) - 8)
    move_right, move_down = _SIDE - left, _HEADINGS + above - top
    return _Frame(move_right, move_down, max(right + move_right, _LEAST_WIDTH), bottom + move_down)


def _shifted(route: Route, frame: _Frame) -> Route:
    """The route moved into the frame."""

    def move(point: Point) -> Point:
        return point[0] + frame.right, point[1] + frame.down

    tip, left, right = route.head
    return Route(
        tuple(map(move, route.curve)),
        (move(tip), move(left), move(right)),
        move(route.text),
        move(route.mark),
    )


def _size(width: float, top: float, height: float) -> dict[str, str]:
    """The attributes of an svg element that shows this region."""
    wide, high = number(width), number(height)
    return {
        "xmlns": elements.NAMESPACE,
        "class": "sslrefs-picture",
        "width": wide,
        "height": high,
        "viewBox": f"0 {number(top)} {wide} {high}",
    }


def _headings(root: ET.Element, scene: Scene, boxes: dict[str, Box]) -> None:
    """The names of the columns."""
    group = elements.group(root, "columns")
    for kind, heading in COLUMNS:
        column = [boxes[node.id] for node in scene.nodes if node.kind == kind]
        if column:
            left, right = min(box.x for box in column), max(box.right for box in column)
            elements.label(group, "column", (left + right) / 2, 16, heading)


def patch(group: ET.Element, look: Look, *, hot: bool) -> None:
    """Makes an item's group show a look: its classes and its one changing text."""
    words = [group.get("class", ""), *(f"s-{word}" for word in look.words.split())]
    group.set("class", " ".join([*words, "hot"] if hot else words))
    for text in group.iter("text"):
        if text.get("class") in {"count", "times"}:
            text.text = letters.clean(look.text)


def still(drawing: Drawing, scene: Scene, moment: int, css: str, caption: str) -> str:
    """One moment as an SVG that needs nothing else; what cannot be seen is left out.

    The caption is drawn above the picture and is its name for a screen reader.
    """
    root = ET.fromstring(drawing.svg.replace(elements.XMLNS, "", 1))  # noqa: S314 - our own text
    items = {group.get("id"): group for group in root.iter("g") if group.get("id")}
    hot = set(scene.moments[moment].hot)
    seen: set[str] = set()
    everything = [node.id for node in scene.nodes] + [edge.id for edge in scene.edges]
    for at, (item, look) in enumerate(zip(everything, scene.looks_at(moment), strict=True)):
        if at in hot or "absent" not in look.words.split():
            seen.add(item)
            patch(items[item], look, hot=at in hot)
            _drop_unseen_parts(items[item])
    for parent in list(root.iter("g")):
        for child in list(parent):
            if child.get("id") and child.attrib.pop("id") not in seen:
                parent.remove(child)
    _finish(root, css, caption)
    return elements.write(root)


def _drop_unseen_parts(group: ET.Element) -> None:
    """Removes what theme.css would hide in this look."""
    words = set(group.get("class", "").split())
    warned = not words.isdisjoint({"s-wrong", "s-dangling"})
    for part in list(group):
        name = part.get("class", "")
        needs = _UNSEEN_UNLESS.get(name)
        is_unseen = needs is not None and needs not in words
        is_unseen |= name == "mark" and not warned
        is_unseen |= name in {"plate", "strike"} and not words.isdisjoint({"s-wrong", "s-moving"})
        is_unseen |= name in {"count", "times"} and not part.text
        if is_unseen:
            group.remove(part)


def _finish(root: ET.Element, css: str, caption: str) -> None:
    """Adds style, paper, name and caption."""
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    lines = letters.wrap(caption, _CAPTION_SIZE, width - 2 * _SIDE)
    above = _CAPTION_LINE * len(lines) + 8 if lines else 0
    root.attrib.update(_size(width, -above, height + above))
    root.set("role", "img")
    root.set("aria-label", letters.clean(caption) or "Who owns what")
    style = ET.Element("style")
    style.text = compact(css)
    paper = ET.Element("g")
    elements.rect(paper, "paper", Box(0, -above, width, height + above))
    for at, line in enumerate(lines):
        elements.label(paper, "caption", _SIDE, _CAPTION_LINE * (at + 1) - above, line)
    root[:0] = [style, paper]


def compact(css: str) -> str:
    """The style sheet without comments and with no more spaces than it needs."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", " ".join(bare.split())).replace(";}", "}")
