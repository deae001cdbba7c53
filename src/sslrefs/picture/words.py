"""Words with styles: plain at once, coloured for a terminal.

A run of 10,000 steps has some 40,000 pieces, and most of them are never
coloured: `rich` gets to see them only when a terminal does.
"""

from __future__ import annotations

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
        return Text.assemble(*((visible(text), style) for text, style in self._pieces))
