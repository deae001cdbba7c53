"""Sessions as bytes: i2d, d2i, PEM and memory BIOs on the real library.

The program's buffers are not rebuilt: what libssl wrote is kept under the
session's content, and given back where the model says that these bytes are read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from sslrefs.model.objects import Address, Bio, Bytes, ObjectId, Session, Value
from sslrefs.model.world import World
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.names import Names

__all__ = ["Encoded"]

_GARBAGE = b"\x01no session"


class Encoded:
    """The bytes and the BIOs of one run."""

    def __init__(self, library: Libssl, names: Names) -> None:
        self._library = library
        self._names = names
        self._bytes: dict[tuple[object, ...], bytes] = {}
        self._bios: list[int] = []
        self.calls: dict[str, Callable[[World, tuple[Value, ...]], Any]] = {
            "i2d_SSL_SESSION": self._i2d,
            "d2i_SSL_SESSION": self._d2i,
            "BIO_new": self._bio_new,
            "BIO_free": self._bio_free,
            "PEM_write_bio_SSL_SESSION": self._pem_write,
            "PEM_read_bio_SSL_SESSION": self._pem_read,
        }

    def _address(self, which: Value) -> int | None:
        native = self._names.native(which) if isinstance(which, ObjectId) else None
        return native.address if native is not None else None

    def _i2d(self, world: World, arguments: tuple[Value, ...]) -> int:
        session = arguments[0]
        written = ctypes.c_void_p()
        length = int(
            self._library("i2d_SSL_SESSION", self._address(session), ctypes.byref(written))
        )
        if length > 0 and isinstance(session, ObjectId) and written.value:
            self._bytes[_said(world.session(session))] = ctypes.string_at(written.value, length)
        return length

    def _d2i(self, _world: World, arguments: tuple[Value, ...]) -> Any:
        into, where = arguments[0], arguments[1]
        data = _GARBAGE
        content = _pointed_to(where)
        if isinstance(content, Bytes):
            data = self._bytes.get(_said(content.session), _GARBAGE)
        buffer = ctypes.create_string_buffer(data, len(data))
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        return self._library(
            "d2i_SSL_SESSION", self._target(into), ctypes.byref(position), len(data)
        )

    def _target(self, into: Value) -> Any:
        """`&s` for the library; None where the program gives NULL."""
        if not isinstance(into, Address):
            return None
        old = into.content
        return ctypes.byref(ctypes.c_void_p(self._address(old) if old is not None else None))

    def _bio_new(self, _world: World, _arguments: tuple[Value, ...]) -> Any:
        made = self._library("BIO_new", self._library("BIO_s_mem"))
        self._bios.append(made)
        return made

    def _bio(self, value: Value) -> int | None:
        return self._bios[value.number - 1] if isinstance(value, Bio) else None

    def _bio_free(self, _world: World, arguments: tuple[Value, ...]) -> int:
        return int(self._library("BIO_free", self._bio(arguments[0])))

    def _pem_write(self, _world: World, arguments: tuple[Value, ...]) -> int:
        bio, session = self._bio(arguments[0]), self._address(arguments[1])
        return int(self._library("PEM_write_bio_SSL_SESSION", bio, session))

    def _pem_read(self, _world: World, arguments: tuple[Value, ...]) -> Any:
        bio = self._bio(arguments[0])
        target = self._target(arguments[1])
        return self._library("PEM_read_bio_SSL_SESSION", bio, target, None, None)


def _said(session: Session) -> tuple[object, ...]:
    """What the bytes of a session say: two with one id may differ in the rest."""
    return (
        *session.cache_key,
        session.time,
        session.timeout,
        session.has_ticket,
        session.id_context,
    )


def _pointed_to(value: Value | None) -> Value | None:
    """What stands at the end of a chain of pointers."""
    while isinstance(value, Address):
        value = value.content
    return value
