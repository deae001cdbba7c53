"""SVG elements: numbers kept short, every text made safe in this one place.

Markup is written by the XML library, which escapes; `label` and `title` are the
only ways by which text of a program gets into a drawing.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from sslrefs.picture import letters
from sslrefs.picture.placement import Box

__all__ = [
    "NAMESPACE",
    "XMLNS",
    "curve",
    "group",
    "label",
    "number",
    "path",
    "polygon",
    "rect",
    "title",
    "write",
]

NAMESPACE = "http://www.w3.org/2000/svg"
XMLNS = f' xmlns="{NAMESPACE}"'
"""The root's attribute as it is written; without it a drawing is read back without namespaces."""

# Elements are made without a namespace and the root says it once as an
# attribute, so that a part of a drawing can be written alone.


def number(value: float) -> str:
    """The number with at most one decimal, and no sign on zero.

    >>> [number(12.04), number(-0.01), number(3.25)]
    ['12', '0', '3.2']
    """
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def group(parent: ET.Element, words: str, item: str = "") -> ET.Element:
    """A group with classes and, for an item of the scene, an id."""
    attributes = {"id": item} if item else {}
    return ET.SubElement(parent, "g", attributes | {"class": words})


def title(parent: ET.Element, text: str) -> None:
    """The full name, shown when the pointer rests on the parent."""
    ET.SubElement(parent, "title").text = letters.clean(text)


def label(parent: ET.Element, words: str, x: float, y: float, text: str) -> ET.Element:
    """A line of text."""
    attributes = {"class": words, "x": number(x), "y": number(y)}
    element = ET.SubElement(parent, "text", attributes)
    element.text = letters.clean(text)
    return element


def rect(parent: ET.Element, words: str, box: Box, radius: float = 0) -> None:
    """A rectangle, with round corners if a radius is given."""
    place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    attributes = {"class": words} | {name: number(value) for name, value in place.items()}
    if radius:
        attributes["rx"] = number(radius)
    ET.SubElement(parent, "rect", attributes)


def path(parent: ET.Element, words: str, shape: str) -> None:
    """A path; `shape` is its d attribute."""
    ET.SubElement(parent, "path", {"class": words, "d": shape})


def polygon(parent: ET.Element, words: str, points: Iterable[tuple[float, float]]) -> None:
    """A closed shape."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    ET.SubElement(parent, "polygon", {"class": words, "points": corners})


def curve(points: Iterable[tuple[float, float]]) -> str:
    """The d attribute of a start followed by Bézier pieces."""
    start, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def write(root: ET.Element) -> str:
    """The element as text."""
    return ET.tostring(root, encoding="unicode")
