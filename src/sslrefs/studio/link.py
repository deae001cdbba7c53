"""A place in a run as the fragment of a link: the text, the library and the step.

A text of the course can stand there by its name, as in `#scenario=broke_here.clean&step=4`.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from sslrefs.cscript.diagnostics import nearest

__all__ = ["LONGEST", "Place", "read_fragment", "write_fragment"]

LONGEST = 1_000_000
"""Characters of a text that a link may unfold to; a small one could hold gigabytes of blanks."""

_DIGITS = 6  # of a step


class Place(NamedTuple):
    """A C text, the library it is run on ("" if the text says), and the position."""

    source: str
    library: str
    step: int


def write_fragment(place: Place) -> str:
    """The fragment, with its number sign.

    >>> read_fragment(write_fragment(Place("SSL_free(s);", "LibreSSL", 1)))
    Place(source='SSL_free(s);', library='LibreSSL', step=1)
    """
    packed = base64.urlsafe_b64encode(zlib.compress(place.source.encode(), 9)).decode("ascii")
    words = {"step": place.step, "library": place.library, "text": packed.rstrip("=")}
    return f"#{urlencode(words, quote_via=quote)}"


def read_fragment(link: str) -> Place:
    """The place that a link, or only its fragment, names.

    Raises:
        ValueError: There is no text in it, it is broken, or the course has no such text.
    """
    words = {name: values[0] for name, values in parse_qs(link.partition("#")[2]).items()}
    if not words.get("scenario") and not words.get("text"):
        message = (
            "this link holds no C text: nothing of the form #scenario=…&step=… or "
            "#step=…&library=…&text=… is in it"
        )
        raise ValueError(message)
    source = _named(words["scenario"]) if words.get("scenario") else _unpacked(words["text"])
    step = words.get("step", "0")
    is_number = step.isdecimal() and len(step) <= _DIGITS
    return Place(source, words.get("library", ""), int(step) if is_number else 0)


def _named(name: str) -> str:
    from sslrefs.lessons.texts import texts  # the whole course: only for those who ask

    known = texts()
    if name not in known:
        close = nearest(name, known)
        hint = f"; did you mean {close}?" if close else ""
        message = f"the course of this version has no text called {name!r}{hint}"
        raise ValueError(message)
    return known[name]


def _unpacked(packed: str) -> str:
    try:
        return _unfolded(packed)
    except (ValueError, binascii.Error, zlib.error) as error:
        message = "the text in this link is cut off or broken; copy the whole link again"
        raise ValueError(message) from error


def _unfolded(packed: str) -> str:
    unfolding = zlib.decompressobj()
    folded = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    data = unfolding.decompress(folded, LONGEST)
    if not unfolding.eof:
        message = "the text does not end where it should"
        raise ValueError(message)
    return data.decode()
