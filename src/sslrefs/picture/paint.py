"""The shapes of one box and of one arrow.

Everything an item may ever show is painted once; which of it is seen at a
moment is for the classes on the item's group and the rules in theme.css.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from sslrefs.picture import elements, letters
from sslrefs.picture.elements import number
from sslrefs.picture.placement import (
    BADGE_SIZE,
    HEAD,
    MARGIN,
    ROW,
    ROW_SIZE,
    SUB_SIZE,
    Box,
    Plates,
    shown_name,
)
from sslrefs.picture.routes import Route
from sslrefs.picture.scene import Edge, Node

__all__ = ["paint_arrow", "paint_box"]

_RADIUS = {"var": 0.0, "ssl": 20.0, "ctx": 3.0, "row": 0.0, "session": 9.0}
_SPOKEN = {"var": "variable", "row": "cache entry"}
_PLATE_HALF = 14
_HATCH_GAP = 12


def paint_box(parent: ET.Element, node: Node, box: Box, plates: Plates | None) -> None:
    """A variable, an object with its count, or a row of a cache."""
    group = elements.group(parent, f"node k-{node.kind}", node.id)
    elements.title(group, f"{node.sub or _SPOKEN.get(node.kind, '')} {node.name}")
    if node.more:
        elements.path(group, "pile", _pile(box))
    elements.rect(group, "box", box, _RADIUS[node.kind])
    if node.kind == "row":
        middle = box.y + box.height / 2 + ROW_SIZE * 0.36
        elements.label(group, "name", box.x + MARGIN, middle, shown_name(node))
        return
    elements.path(group, "hatch", _hatch(box, _RADIUS[node.kind]))
    _names(group, node, box)
    if plates:
        _count(group, box, plates)
    elements.path(group, "cross", f"M{number(box.x - 5)} {number(box.y - 5)}l13 13m0-13l-13 13")


def _pile(box: Box) -> str:
    """Two more outlines behind a box that stands for many."""
    wide, high = number(box.width), number(box.height)
    return "".join(
        f"M{number(box.x + by)} {number(box.y)}v-{by}h{wide}v{high}h-{by}" for by in (4, 8)
    )


def _names(group: ET.Element, node: Node, box: Box) -> None:
    """The name, and under it the C type; a context has its cache below a rule."""
    x, y = box.x + MARGIN, box.port
    elements.label(group, "name", x, y - 2 if node.sub else y + 5.5, shown_name(node))
    if node.sub:
        room = box.width - 2 * MARGIN
        elements.label(group, "sub", x, y + 14, letters.clip(node.sub, SUB_SIZE, room))
    if node.kind == "ctx":
        rule = box.y + HEAD
        elements.path(group, "rule", f"M{number(box.x)} {number(rule)}h{number(box.width)}")
        elements.label(group, "sub", x, rule + ROW * 0.7, "session cache")


def _count(group: ET.Element, box: Box, plates: Plates) -> None:
    """The plate with the count, a wide one for a change, one of another shape for a wrong count."""
    right, top, high = box.right - MARGIN + 2, box.port - _PLATE_HALF, 2 * _PLATE_HALF
    plain = Box(right - plates.plain, top, plates.plain, high)
    elements.rect(group, "plate", plain, 4)
    left = right - plates.wrong
    elements.rect(group, "wide", Box(left, top, plates.wrong, high), 4)
    inner, side = number(plates.wrong - 16), number(high - 16)
    elements.path(
        group,
        "alarm",
        f"M{number(left + 8)} {number(top)}h{inner}l8 8v{side}l-8 8h-{inner}l-8-8v-{side}z",
    )
    elements.label(group, "count", right - 9, box.port + BADGE_SIZE * 0.36, "")
    strike = f"M{number(plain.x)} {number(plain.bottom)}L{number(right)} {number(top)}"
    elements.path(group, "strike", strike)
    elements.path(group, "mark", _warning(left + 2, top + 1))


def paint_arrow(parent: ET.Element, edge: Edge, route: Route, names: str, *, texted: bool) -> None:
    """An arrow with its head, the warning it may carry, and room for `×2`."""
    group = elements.group(parent, f"edge k-{edge.kind}", edge.id)
    elements.title(group, names)
    elements.path(group, "line", elements.curve(route.curve))
    if edge.kind == "cache":
        x, y = route.curve[0]
        # The left half is under the box, so the row seems to hold a knob.
        elements.path(group, "knob", f"M{number(x)} {number(y - 6)}a6 6 0 0 1 0 12z")
    elements.polygon(group, "tip", route.head)
    elements.path(group, "mark", _warning(*route.mark))
    if texted:
        x, y = route.text
        elements.label(group, "times", x, y + 4.5, "")


def _warning(x: float, y: float) -> str:
    """A triangle with an exclamation mark, in one path."""
    return f"M{number(x)} {number(y - 10)}l11 18h-22zm0 6v6m0 3v1"


def _hatch(box: Box, radius: float) -> str:
    """Slanted lines across the box, which stay inside round corners."""
    inset = radius * 0.3
    left, top = round(box.x + inset), round(box.y + inset)
    right, bottom = round(box.right - inset), round(box.bottom - inset)
    lines: list[str] = []
    # Lines x + y = level, from the upper right down to the lower left; whole numbers are short.
    for level in range(left + top + _HATCH_GAP, right + bottom, _HATCH_GAP):
        x = min(right, level - top)
        y = level - x
        length = min(x - left, bottom - y)
        lines.append(f"M{x} {y}l-{length} {length}")
    return "".join(lines)
