"""A film strip: the changing moments of a run side by side, small, on the one layout.

Pure: it composes stills that `svg` paints, and reads nothing.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import NamedTuple

from sslrefs.picture import elements
from sslrefs.picture.elements import number
from sslrefs.picture.scene import Scene
from sslrefs.picture.svg import Drawing, compact, still

__all__ = ["MOST_FRAMES", "Frame", "film_strip"]

MOST_FRAMES = 60
"""Frames of one strip; how many more there are is said."""
_WIDTH, _GAP, _COLUMNS = 460.0, 14.0, 3
_LINE = 22.0


class Frame(NamedTuple):
    """A moment and the words over its picture."""

    moment: int
    caption: str


def film_strip(drawing: Drawing, scene: Scene, frames: Sequence[Frame], css: str) -> str:
    """The frames as one SVG that needs nothing else, row by row."""
    shown = frames[:MOST_FRAMES]
    left_out = len(frames) - len(shown)
    root = ET.Element("svg", {"role": "img", "class": "sslrefs-picture"})
    style = ET.SubElement(root, "style")
    style.text = compact(css)
    paper = elements.group(root, "strip")
    pictures = [_picture(drawing, scene, frame) for frame in shown]
    columns = max(1, min(_COLUMNS, len(pictures)))
    top, high = _GAP, 0.0
    for at, picture in enumerate(pictures):
        column = at % columns
        if column == 0:
            top, high = top + (high + _GAP if at else 0.0), 0.0
        picture.set("x", number(_GAP + column * (_WIDTH + _GAP)))
        picture.set("y", number(top))
        high = max(high, float(picture.get("height", "0")))
        paper.append(picture)
    bottom = top + high + _GAP
    if left_out or not shown:
        words = f"+{left_out} more changing steps" if left_out else "no step changes anything"
        elements.label(paper, "caption", _GAP, bottom + _LINE / 2, words)
        bottom += _LINE
    _finish(root, columns, bottom, len(shown))
    return elements.write(root)


def _picture(drawing: Drawing, scene: Scene, frame: Frame) -> ET.Element:
    """One frame, scaled to the width of a column."""
    text = still(drawing, scene, frame.moment, "", frame.caption)
    picture = ET.fromstring(text.replace(elements.XMLNS, "", 1))  # noqa: S314 - our own text
    picture.remove(next(iter(picture)))
    width, height = float(picture.get("width", "1")), float(picture.get("height", "1"))
    picture.set("width", number(_WIDTH))
    picture.set("height", number(height * _WIDTH / width))
    return picture


def _finish(root: ET.Element, columns: int, bottom: float, frames: int) -> None:
    width = number(_GAP + columns * (_WIDTH + _GAP))
    size = {"width": width, "height": number(bottom), "viewBox": f"0 0 {width} {number(bottom)}"}
    root.attrib.update({"xmlns": elements.NAMESPACE, **size})
    root.set("aria-label", f"Film strip of {frames} steps")
    paper = ET.Element("rect", {"class": "paper", "width": "100%", "height": "100%"})
    root.insert(1, paper)
