"""A router of our own: arrows pass other columns in the room between their boxes.

It serves where no program routes, and where one sends an arrow around the back
of a column. Its arrows never run behind a box and always go from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from sslrefs.picture.placement import COLUMNS, Box
from sslrefs.picture.scene import Scene

__all__ = ["Column", "columns", "lane"]

Point = tuple[float, float]

_BEND, _LEAST_BEND = 0.45, 24.0
_ASIDE = 4.0
_APART, _LANES = 2.0, 3
_FAR = 1e6


class Column(NamedTuple):
    """Boxes one above the other: how wide they are, and the rooms above, between and below them."""

    left: float
    right: float
    rooms: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> Column:
        """The column that some boxes make, one at least."""
        ordered = sorted(boxes, key=lambda box: box.y)
        edges = [-_FAR, *(y for box in ordered for y in (box.y, box.bottom)), _FAR]
        rooms = tuple(zip(edges[::2], edges[1::2], strict=True))
        return cls(min(box.x for box in ordered), max(box.right for box in ordered), rooms)


def columns(scene: Scene, boxes: dict[str, Box]) -> list[Column]:
    """The columns of a scene from left to right; rows are parts of a box."""
    found: list[Column] = []
    for kind, _ in COLUMNS:
        column = [boxes[node.id] for node in scene.nodes if node.kind == kind]
        if column:
            found.append(Column.of(column))
    return found


def lane(source: Box, target: Box, among: list[Column], *, number: int) -> list[Point]:
    """A curve from the right of one box to the left of another.

    `number` sets arrows apart that share a lane.
    """
    start, end = (source.right, source.port), (target.x, target.port)
    stops = [start]
    for column in among:
        left, right = column.left, column.right
        if start[0] < left and right < end[0]:
            share = ((left + right) / 2 - start[0]) / (end[0] - start[0])
            y = _free(column, start[1] + (end[1] - start[1]) * share, number)
            stops += [(left - _ASIDE, y), (right + _ASIDE, y)]
    stops.append(end)
    curve = [start]
    for (x1, y1), (x2, y2) in pairwise(stops):
        bend = (x2 - x1) * _BEND if x2 > x1 else _LEAST_BEND
        curve += [(x1 + bend, y1), (x2 - bend, y2), (x2, y2)]
    return curve


def _free(column: Column, wanted: float, number: int) -> float:
    """The height nearest to the wanted one at which a column can be passed."""
    aside = _ASIDE + _APART * (number % _LANES)
    heights = []
    for top, bottom in column.rooms:
        # Half of a narrow room is its middle.
        keep = min(aside, (bottom - top) / 2)
        heights.append(max(top + keep, min(wanted, bottom - keep)))
    return min(heights, key=lambda height: abs(height - wanted))
