"""Words with styles: plain at once, coloured for a terminal.

A run of 10,000 steps has some 40,000 pieces, and most of them are never
coloured: `rich` gets to see them only when a terminal does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from sslrefs.trace.visible import visible

__all__ = ["Words"]


class Words:
    """A text that grows by pieces, each with the style that `rich` knows by that name.

    Example:
        >>> words = Words()
        >>> words.append("clean", "bold green")
        >>> words.plain
        'clean'
    """

    def __init__(self, text: str = "", style: str = "") -> None:
        self._pieces = [(text, style)]

    def append(self, text: str, style: str = "") -> None:
        """Add a piece."""
        self._pieces.append((text, style))

    def extend(self, other: Words) -> None:
        """Add all pieces of other words."""
        self._pieces += other._pieces

    @property
    def plain(self) -> str:
        """All of it without colour, complete; what a terminal would obey is visible."""
        return visible("".join([text for text, _ in self._pieces]))

    def styled(self) -> Text:
        """All of it for a terminal, and for a notebook."""
        return _Coloured.assemble(*((visible(text), style) for text, style in self._pieces))


class _Coloured(Text):
    """A text whose colours can be read on a light page and on a dark one.

    In a notebook `rich` writes the colours of a light terminal, whatever the theme.
    """

    def _repr_mimebundle_(
        self, include: Sequence[str], exclude: Sequence[str], **options: Any
    ) -> dict[str, str]:
        bundle = super()._repr_mimebundle_(include, exclude, **options)
        html = bundle.get("text/html", "")
        for dark, readable in _READABLE.items():
            html = html.replace(f"color: {dark}", f"color: {readable}")
        return {**bundle, "text/html": html} if html else bundle


_READABLE = {
    "#800000": "#d9363e",  # red
    "#008000": "#1a8a3a",  # green
    "#008080": "#0b8494",  # cyan
    "#808000": "#8f7700",  # yellow
}
