"""Text for the picture: made safe, made short, and measured without a font.

Every text of a drawing passes `clean`. Nothing here knows what the text is
about, and nothing escapes markup: the XML library does that on writing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["clean", "clip", "width", "wrap"]

# XML 1.0 can hold none of these, not even as a character reference.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = frozenset("iljtfrI.,:;'|! ()[]")
_BROAD = frozenset("mwMW@%≠→—")
_BOLD = 1.1
_KEPT = 4096  # a text that grows is measured after every line, and most of it is the same


@lru_cache(maxsize=_KEPT)
def clean(text: str) -> str:
    r"""The text on one line, with every character that XML forbids replaced by U+FFFD.

    >>> clean("two\nlines\x00")
    'two lines�'
    """
    return " ".join(_FORBIDDEN.sub("\ufffd", text).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How much room the text needs in any common sans serif font; a little generous."""
    return _ems(text) * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=_KEPT)
def _ems(text: str) -> float:
    return sum(map(_advance, text))


def _advance(letter: str) -> float:
    """The width of one letter in ems."""
    if letter in _NARROW:
        return 0.4
    if letter in _BROAD:
        return 0.95
    if letter.isascii():
        return 0.72 if letter.isupper() else 0.62
    if unicodedata.combining(letter):
        return 0.0
    return 1.05 if unicodedata.east_asian_width(letter) in "WFA" else 0.8


def clip(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The cleaned text, cut with an ellipsis where it needs more than `room`."""
    whole = clean(text)
    # No letter of interest is narrower than 0.05 em, so the rest can never fit.
    shown = whole[: int(room / (size * 0.05)) + 1]
    if shown == whole and width(whole, size, bold=bold) <= room:
        return whole
    while shown and width(shown + "…", size, bold=bold) > room:
        shown = shown[:-1]
    return shown + "…"


def wrap(text: str, size: float, room: float) -> list[str]:
    """The cleaned text in lines of at most `room`; a longer word is clipped."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > room:
            lines.append(line)
            longer = word
        line = clip(longer, size, room)
    return [*lines, line] if line else lines
