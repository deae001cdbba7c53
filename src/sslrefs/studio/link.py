"""A place in a run as the fragment of a link: the text, the library and the step."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode

__all__ = ["LONGEST", "Place", "read_fragment", "write_fragment"]

LONGEST = 1_000_000
"""Characters of a text that a link may unfold to; a small one could hold gigabytes of blanks."""


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
        ValueError: There is no text in it, or it is broken.
    """
    words = {name: values[0] for name, values in parse_qs(link.partition("#")[2]).items()}
    packed = words.get("text", "")
    if not packed:
        message = "this link holds no C text: nothing of the form #step=…&library=…&text=… is in it"
        raise ValueError(message)
    try:
        text = _unfolded(packed)
        return Place(text, words.get("library", ""), max(0, int(words.get("step", "0"))))
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
