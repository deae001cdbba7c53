"""Somebody else's text, as it may be shown."""

from __future__ import annotations

import re

__all__ = ["visible"]

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing it: control codes, and marks that turn the order."""


def visible(text: str) -> str:
    r"""The text with a sign for every character that a terminal would obey.

    Somebody else's C may hold such characters, in a string or a comment.

    >>> visible("SSL_free(\x1b[2Jssl);\n")
    'SSL_free(␛[2Jssl);\n'
    """
    return _HIDDEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code == 0x7F:
        return "␡"
    return chr(0x2400 + code) if code < 0x20 else "�"
