"""Boxes and arrows read from a laid-out drawing, and the ends of the arrows set apart.

An engine lets all arrows into a box meet in one point. Here they are fanned
out, so that arrows can be counted and compared with the count in the box, and
those of a cache are moved to start at their row.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from sslrefs.picture.dot import keys, manner
from sslrefs.picture.lanes import columns, lane
from sslrefs.picture.placement import HEAD, Box, cache_boxes
from sslrefs.picture.scene import Edge, Scene

__all__ = ["Geometry", "Point", "Route", "arranged", "read", "texted"]

Point = tuple[float, float]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_TIP, _TIP_HALF = 10.0, 4.5
_PITCH, _WIDE_PITCH = 10.0, 16.0
_TEXT_AT, _TEXT_APART, _MARK_AT = 34.0, 24.0, 46.0
_STEEPEST = math.radians(50)
_SAMPLES = 8
_STRAY = 4.0


class Route(NamedTuple):
    """One arrow: its curve, its head, and where its text and its warning stand.

    `curve` is a start and then three points for each Bézier piece.
    """

    curve: tuple[Point, ...]
    head: tuple[Point, Point, Point]
    text: Point
    mark: Point


class Geometry(NamedTuple):
    """Where everything is, by item id, in the coordinates of the drawing read."""

    boxes: dict[str, Box]
    routes: dict[str, Route]


def read(scene: Scene, drawing: str) -> Geometry:
    """The places that an engine gave to the scene's items.

    Raises:
        ValueError: the drawing is no SVG, or an item of the scene is not in it.
    """
    groups = _groups(drawing)
    name = keys(scene)
    missing = sorted(name[item] for item in name if name[item] not in groups)
    if missing:
        message = (
            f"The drawing lacks {len(missing)} of {len(name)} items, the first is {missing[0]}."
        )
        raise ValueError(message)
    boxes = {node.id: _box(groups[name[node.id]]) for node in scene.nodes if node.id in name}
    boxes |= cache_boxes(scene, boxes)
    curves = {edge.id: _curve(groups[name[edge.id]]) for edge in scene.edges}
    if manner(scene) == "routed":
        _straighten(scene, boxes, curves)
    return arranged(scene, boxes, curves)


def arranged(scene: Scene, boxes: dict[str, Box], curves: dict[str, list[Point]]) -> Geometry:
    """Boxes and curves, with the ends of the arrows set apart."""
    return Geometry(boxes, _fan_out(scene, boxes, curves))


def _groups(drawing: str) -> dict[str, ET.Element]:
    """The groups of an SVG by id."""
    try:
        # The text is the output of a layout program that got only numbers from us.
        root = ET.fromstring(drawing[max(0, drawing.find("<svg")) :])  # noqa: S314
    except ET.ParseError as error:
        message = f"The layout is not an SVG drawing ({error})."
        raise ValueError(message) from error
    return {group.get("id", ""): group for group in root.iter("{http://www.w3.org/2000/svg}g")}


def _points(group: ET.Element, tag: str, attribute: str) -> list[Point]:
    """The coordinates of a group's shape."""
    shape = group.find(f"{{http://www.w3.org/2000/svg}}{tag}")
    found = _NUMBER.findall(shape.get(attribute, "")) if shape is not None else []
    if not found:
        message = f"The drawing of {group.get('id')} has no shape."
        raise ValueError(message)
    numbers = [float(number) for number in found]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _box(group: ET.Element) -> Box:
    """The rectangle around a group's polygon."""
    points = _points(group, "polygon", "points")
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def _curve(group: ET.Element) -> list[Point]:
    """The curve of a group's path; a straight line becomes a curve too."""
    points = _points(group, "path", "d")
    if len(points) % 3 == 1 and len(points) > 1:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    third = ((x2 - x1) / 3, (y2 - y1) / 3)
    return [(x1, y1), (x1 + third[0], y1 + third[1]), (x2 - third[0], y2 - third[1]), (x2, y2)]


def _straighten(scene: Scene, boxes: dict[str, Box], curves: dict[str, list[Point]]) -> None:
    """Gives arrows a lane that do not stay between the box they leave and the one they reach.

    Among many boxes Graphviz sends some arrows around the back of a column,
    where they seem to come from another box.
    """
    among = columns(scene, boxes)
    owner = {node.id: node.group or node.id for node in scene.nodes}
    for number, edge in enumerate(scene.edges):
        source, target = boxes[owner[edge.source]], boxes[edge.target]
        across = [x for x, _ in curves[edge.id]]
        is_between = source.right - _STRAY <= min(across) and max(across) <= target.x + _STRAY
        if source.right < target.x and not is_between:
            curves[edge.id] = lane(source, target, among, number=number)


def _fan_out(
    scene: Scene, boxes: dict[str, Box], curves: dict[str, list[Point]]
) -> dict[str, Route]:
    """The curves with their ends apart: heads at the box, tails of a cache at their row."""
    arriving: dict[str, list[Edge]] = {}
    for edge in scene.edges:
        arriving.setdefault(edge.target, []).append(edge)
    with_text = texted(scene)
    rows = {node.id for node in scene.nodes if node.kind == "row"}
    routes: dict[str, Route] = {}
    for target, edges in arriving.items():
        # From top to bottom as they come, so that the fan crosses nothing.
        edges.sort(key=lambda edge: (curves[edge.id][-4][1], curves[edge.id][0][1]))
        ports = _ports(boxes[target], [edge.id in with_text for edge in edges])
        places = _text_places([edge.id in with_text for edge in edges])
        for edge, port, place in zip(edges, ports, places, strict=True):
            curve = curves[edge.id]
            if edge.source in rows:
                row = boxes[edge.source]
                curve = _moved(curve, 0, row.y + row.height / 2 - curve[0][1])
            curve = _moved(curve, len(curve) - 1, port - curve[-1][1])
            routes[edge.id] = _route(tuple(curve), place)
    return routes


def texted(scene: Scene) -> set[str]:
    """The arrows that say how many references they stand for at some moment."""
    first = len(scene.nodes)
    return {
        scene.edges[item - first].id
        for moment in scene.moments
        for item, look in moment.changes
        if item >= first and look.text
    }


def _ports(box: Box, texted: list[bool]) -> list[float]:
    """The heights at which arrows reach a box, spread around its port."""
    gaps = [_WIDE_PITCH if upper or lower else _PITCH for upper, lower in pairwise(texted)]
    head = min(HEAD, box.height) - 12
    # A context is higher than its head: many arrows may use all of it.
    room = head if sum(gaps) <= head else box.height - 12
    scale = min(1.0, room / sum(gaps)) if gaps else 1.0
    spread = scale * sum(gaps)
    y = box.port - spread / 2 if spread <= head else box.y + 6
    ports = [y]
    for gap in gaps:
        y += gap * scale
        ports.append(y)
    return ports


def _text_places(texted: list[bool]) -> list[float]:
    """How far before its head each arrow has its text: neighbours not at the same distance."""
    before = accumulate(texted, initial=0)
    return [_TEXT_AT + _TEXT_APART * (count % 3) for count, _ in zip(before, texted, strict=False)]


def _moved(curve: list[Point], end: int, by: float) -> list[Point]:
    """The curve with one end and the control point next to it moved down."""
    near = {end, 1 if end == 0 else end - 1}
    return [(x, y + by) if at in near else (x, y) for at, (x, y) in enumerate(curve)]


@lru_cache(maxsize=2048)
def _route(curve: tuple[Point, ...], text_at: float) -> Route:
    """The curve cut back to make room for a head that points where it goes."""
    tip, before = curve[-1], curve[-2]
    angle = math.atan2(tip[1] - before[1], max(tip[0] - before[0], 0.01))
    angle = max(-_STEEPEST, min(_STEEPEST, angle))
    along, across = math.cos(angle), math.sin(angle)
    base = (tip[0] - _TIP * along, tip[1] - _TIP * across)
    left = (base[0] - _TIP_HALF * across, base[1] + _TIP_HALF * along)
    right = (base[0] + _TIP_HALF * across, base[1] - _TIP_HALF * along)
    # The last control point moves with the end, else a short piece would bend back.
    pulled = (before[0] + base[0] - tip[0], before[1] + base[1] - tip[1])
    shown = [*curve[:-2], pulled, base]
    line = _sampled(shown)
    return Route(tuple(shown), (tip, left, right), _at(line[::-1], text_at), _at(line, _MARK_AT))


def _sampled(curve: list[Point]) -> list[Point]:
    """Points on the curve from its start to its end."""
    line = [curve[0]]
    for first in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[first : first + 4]
        for sample in range(1, _SAMPLES + 1):
            t = sample / _SAMPLES
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            line.append(
                (
                    sum(w * point[0] for w, point in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * point[1] for w, point in zip(weights, (a, b, c, d), strict=True)),
                )
            )
    return line


def _at(line: list[Point], distance: float) -> Point:
    """The point at a distance along the line, at most in its middle."""
    lengths = [math.dist(a, b) for a, b in pairwise(line)]
    left = min(distance, sum(lengths) / 2)
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        if length > 0 and left <= length:
            share = left / length
            return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        left -= length
    return line[-1]
