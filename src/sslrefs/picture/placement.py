"""Where the boxes stand: our own placement, because position carries meaning.

Four columns from left to right: variables, connections, contexts with their
cache as rows in the box, sessions. Inside a column boxes stand in order of
creation, each beside the first thing that pointed to it. A box depends only
on what came before it, so a run that grows leaves what is drawn where it is.
Arrows are routed elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.picture import letters
from sslrefs.picture.scene import Node, Scene

__all__ = [
    "BADGE_SIZE",
    "COLUMNS",
    "HEAD",
    "MARGIN",
    "NAME_SIZE",
    "ROW",
    "ROW_SIZE",
    "SUB_SIZE",
    "Box",
    "Plates",
    "Size",
    "cache_boxes",
    "cache_rows",
    "place",
    "plates",
    "shown_name",
    "sizes",
]

COLUMNS: tuple[tuple[str, str], ...] = (
    ("var", "variables"),
    ("ssl", "connections"),
    ("ctx", "contexts and their cache"),
    ("session", "sessions"),
)
NAME_SIZE, SUB_SIZE, BADGE_SIZE, ROW_SIZE = 16, 12, 19, 13
HEAD = 46
"""Height of a box with a count, and of a context's part above its cache."""
ROW = 23
MARGIN = 11
"""Room between the edge of a box and its text."""
_VARIABLE = 34
_NAME_ROOM = 176
_COLUMN_GAP = 96
_GAP = 14
_LANE = 64
"""Sessions start below the head of the first context, so that arrows can pass it."""
_STEP = 24
"""Widths come in steps, so that a slightly longer name moves no column."""


class Size(NamedTuple):
    """Width and height."""

    width: float
    height: float


class Box(NamedTuple):
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def port(self) -> float:
        """The y at which arrows arrive: the middle of the box or of a context's head."""
        return self.y + min(HEAD, self.height) / 2


class Plates(NamedTuple):
    """The widths of a count's plate: with a plain number, and with `1 ≠ 2` in it."""

    plain: float
    wrong: float


def place(scene: Scene) -> dict[str, Box]:
    """A box for every node of the scene, the rows of caches inside their context."""
    size = sizes(scene)
    owner = _first_owners(scene)
    boxes: dict[str, Box] = {}
    x = 0.0
    for kind, _ in COLUMNS:
        column = [node for node in scene.nodes if node.kind == kind]
        if not column:
            continue
        free = _LANE + HEAD if kind == "session" else 0.0
        for node in column:
            width, height = size[node.id]
            beside = boxes.get(owner.get(node.id, ""))
            wanted = beside.port - min(HEAD, height) / 2 if beside else 0.0
            y = max(free, wanted)
            boxes[node.id] = Box(x, y, width, height)
            free = y + height + _GAP
        x += size[column[0].id].width + _COLUMN_GAP
    boxes.update(cache_boxes(scene, boxes))
    return boxes


def cache_rows(scene: Scene) -> dict[str, list[Node]]:
    """The rows of each context's cache, by the context's id."""
    rows: dict[str, list[Node]] = {}
    for node in scene.nodes:
        if node.kind == "row":
            rows.setdefault(node.group, []).append(node)
    return rows


def cache_boxes(scene: Scene, boxes: dict[str, Box]) -> dict[str, Box]:
    """The boxes of the rows, given those of the contexts."""
    return {
        row.id: Box(
            boxes[context].x + MARGIN,
            boxes[context].y + HEAD + ROW * (index + 1),
            boxes[context].width - MARGIN,
            ROW - 2,
        )
        for context, rows in cache_rows(scene).items()
        if context in boxes
        for index, row in enumerate(rows)
    }


def sizes(scene: Scene) -> dict[str, Size]:
    """The size of every box but the rows; all boxes of a column are equally wide."""
    rows = cache_rows(scene)
    plate = plates(scene)
    needed: dict[str, float] = {}
    for node in scene.nodes:
        if node.kind != "row":
            room = _width(node, rows.get(node.id, []), plate.get(node.id))
            needed[node.kind] = max(needed.get(node.kind, 0.0), room)
    width = {kind: -(-room // _STEP) * _STEP for kind, room in needed.items()}
    return {
        node.id: Size(width[node.kind], _height(node, len(rows.get(node.id, []))))
        for node in scene.nodes
        if node.kind != "row"
    }


def _height(node: Node, rows: int) -> float:
    """The height of a box; a context without a cached session shows an empty cache."""
    if node.kind == "ctx":
        return HEAD + ROW * (max(1, rows) + 1) + 4
    return _VARIABLE if node.kind == "var" else HEAD


def _width(node: Node, rows: list[Node], plate: Plates | None) -> float:
    """The width that a box needs for its texts."""
    name = letters.width(shown_name(node), NAME_SIZE, bold=True)
    sub = letters.width(node.sub, SUB_SIZE)
    count = plate.wrong + MARGIN if plate else 0.0
    cached = [letters.width(shown_name(row), ROW_SIZE) + MARGIN for row in rows]
    return max(name + count, sub + count, *cached, 48.0) + 2 * MARGIN


def shown_name(node: Node) -> str:
    """A node's name as it is drawn: on one line, cut where it is too long."""
    if node.kind == "row":
        return letters.clip(node.name, ROW_SIZE, _NAME_ROOM)
    return letters.clip(node.name, NAME_SIZE, _NAME_ROOM, bold=True)


def plates(scene: Scene) -> dict[str, Plates]:
    """The plate of every node that has a count, wide enough for all it ever shows."""
    longest: dict[tuple[int, bool], float] = {}
    for moment in scene.moments:
        for item, look in moment.changes:
            if item < len(scene.nodes) and look.text:
                key = item, not {"wrong", "moving"}.isdisjoint(look.words.split())
                room = letters.width(letters.clean(look.text), BADGE_SIZE, bold=True)
                longest[key] = max(longest.get(key, 0.0), room)
    least = letters.width("0", BADGE_SIZE, bold=True), letters.width("0 ≠ 0", BADGE_SIZE, bold=True)
    return {
        node.id: Plates(
            max(least[0], longest.get((item, False), 0.0)) + 18,
            max(least[1], longest.get((item, True), 0.0)) + 18,
        )
        for item, node in enumerate(scene.nodes)
        if node.kind in {"ssl", "ctx", "session"}
    }


def _first_owners(scene: Scene) -> dict[str, str]:
    """For each node the box that pointed to it first; a row counts as its context."""
    group = {node.id: node.group or node.id for node in scene.nodes}
    owners: dict[str, str] = {}
    for edge in scene.edges:
        owners.setdefault(edge.target, group.get(edge.source, edge.source))
    return owners
