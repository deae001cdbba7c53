"""Where in memory each kind of object keeps its reference count.

The place differs between versions and is found by experiment, once per
library: the only 32-bit number of an object that goes up with each up_ref and
down with each free. Reading a count afterwards changes nothing.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import NamedTuple

from sslrefs.model.objects import Kind
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import registry_of

__all__ = ["FREE", "UP_REF", "CountPlaces", "CountsUnreadableError", "count_places", "read_count"]

FREE: dict[Kind, str] = {"ctx": "SSL_CTX_free", "ssl": "SSL_free", "session": "SSL_SESSION_free"}
UP_REF: dict[Kind, str] = {
    "ctx": "SSL_CTX_up_ref",
    "ssl": "SSL_up_ref",
    "session": "SSL_SESSION_up_ref",
}
_MOVES = (+1, +1, +1, -1, -1, +1, -1, +1, +1, -1, -1, -1)


class CountsUnreadableError(RuntimeError):
    """The counts of this library cannot be read from memory."""


class CountPlaces(NamedTuple):
    """The offset of the count inside each kind of object."""

    ctx: int
    ssl: int
    session: int

    def of(self, kind: Kind) -> int:
        """The offset for one kind."""
        return self[("ctx", "ssl", "session").index(kind)]


def read_count(address: int, offset: int) -> int:
    """The reference count of the living object at `address`."""
    return ctypes.c_int32.from_address(address + offset).value


@cache
def count_places(library: Libssl) -> CountPlaces:
    """The offsets for this library.

    Raises:
        CountsUnreadableError: no number, or more than one, moves like a count.
    """
    with registry_of(library).hidden():
        session = library("SSL_SESSION_new")
        ctx = library("SSL_CTX_new", library("TLS_method"))
        session_place = _find(library, "session", session)
        ctx_place = _find(library, "ctx", ctx)
        ssl = library("SSL_new", ctx)
        places = CountPlaces(ctx_place, _find(library, "ssl", ssl), session_place)
        library("SSL_free", ssl)
        library("SSL_CTX_free", ctx)
        library("SSL_SESSION_free", session)
    return places


def _find(library: Libssl, kind: Kind, address: int) -> int:
    """Move the count up and down; return the offset of the number that moves with it."""
    size = _size_of_block(address) // 4
    numbers = (ctypes.c_int32 * size).from_address(address)
    expected = 1
    places = {place for place, number in enumerate(numbers) if number == expected}
    for move in _MOVES:
        library(UP_REF[kind] if move > 0 else FREE[kind], address)
        expected += move
        places = {place for place in places if numbers[place] == expected}
    if len(places) != 1:
        message = f"{library.version}: {len(places)} numbers of a {kind} move like a count"
        raise CountsUnreadableError(message)
    return places.pop() * 4


def _size_of_block(address: int) -> int:
    """How many bytes malloc gave to the object, so that no other memory is read."""
    runtime = ctypes.CDLL(None)
    for name in ("malloc_usable_size", "malloc_size"):  # glibc and musl; macOS
        if hasattr(runtime, name):
            measure = runtime[name]
            measure.restype, measure.argtypes = ctypes.c_size_t, [ctypes.c_void_p]
            return int(measure(address))
    message = "this machine's malloc does not tell the size of a block"
    raise CountsUnreadableError(message)
