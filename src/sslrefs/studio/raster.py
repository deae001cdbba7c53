"""An SVG as PNG, by resvg; it says what is missing when there is no resvg or no font."""

from __future__ import annotations

from typing import Any

__all__ = ["RasterError", "png_of"]

SCALE = 2
"""Pixels per unit of the drawing: sharp on a projector."""
_FAMILIES = ("Helvetica", "Arial", "Liberation Sans", "DejaVu Sans", "Noto Sans", "FreeSans")
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'
_LETTER = '<text x="2" y="16" font-family="sans-serif" font-size="16">M</text>'


class RasterError(RuntimeError):
    """There is nothing to draw with; the message says what to install."""


def png_of(svg: str) -> bytes:
    """The drawing as PNG.

    Raises:
        RasterError: resvg or every font of the machine is missing.
    """
    try:
        import resvg_py
    except ImportError as error:
        message = "a PNG needs the package resvg-py: pip install 'sslrefs[png]' (or export svg)"
        raise RasterError(message) from error
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, zoom=SCALE, sans_serif_family=_family(resvg_py))
    )


def _family(resvg_py: Any) -> str:
    """A font that this machine has: without one resvg leaves all texts out and says nothing."""
    blank = bytes(resvg_py.svg_to_bytes(svg_string=_PROBE.format("")))
    letter = _PROBE.format(_LETTER)
    for family in _FAMILIES:
        if bytes(resvg_py.svg_to_bytes(svg_string=letter, sans_serif_family=family)) != blank:
            return family
    message = f"a PNG needs one of the fonts {', '.join(_FAMILIES)} (Debian: fonts-dejavu-core)"
    raise RasterError(message)
