"""Who was born and who died inside a libssl, told by ex_data callbacks.

An address is no identity: malloc gives it out again. So each object gets a
number at birth, kept in its ex_data; the free callback tells which one died.
Knows nothing of the model.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from sslrefs.model.objects import Kind
from sslrefs.oracle.library import Libssl

__all__ = ["Native", "Registry", "registry_of"]

_CLASSES: tuple[tuple[int, Kind], ...] = ((0, "ssl"), (1, "ctx"), (2, "session"))
_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_long
_BIRTH = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _LONG, _POINTER)
_COPY = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, ctypes.POINTER(_POINTER), _INT, _LONG, _POINTER)
_DEATH = ctypes.CFUNCTYPE(None, _POINTER, _POINTER, _POINTER, _INT, _LONG, _POINTER)


class Native:
    """One object inside libssl: its kind, where it is or was, and whether it lives."""

    __slots__ = ("address", "alive", "kind", "token")

    def __init__(self, token: int, kind: Kind, address: int) -> None:
        self.token = token
        self.kind: Kind = kind
        self.address = address
        self.alive = True


class Registry:
    """All objects of one libssl that were born while nobody had hidden them."""

    def __init__(self, library: Libssl) -> None:
        self.births: list[Native] = []
        self._living: dict[int, Native] = {}
        self._serial = 0
        self._hidden = 0
        self._library = library
        self._callbacks: list[Any] = []  # libssl keeps bare pointers to them for ever
        for number, kind in _CLASSES:
            trio = (_BIRTH(partial(self._born, kind)), _COPY(self._copied), _DEATH(self._died))
            self._callbacks.append(trio)
            library("CRYPTO_get_ex_new_index", number, 0, None, *trio)

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Objects born in this block are the oracle's own and are not told."""
        self._hidden += 1
        try:
            yield
        finally:
            self._hidden -= 1

    def take_births(self) -> list[Native]:
        """The objects born since this was last asked, in order."""
        births, self.births = self.births, []
        return births

    def native_at(self, address: int) -> Native | None:
        """The living object at an address."""
        return next((one for one in self._living.values() if one.address == address), None)

    def living(self) -> list[Native]:
        """The objects that live, in order of birth."""
        return list(self._living.values())

    def forget(self) -> None:
        """Disown all objects: their deaths will not be told."""
        self.births = []
        self._living = {}

    def _born(self, kind: Kind, address: int, *rest: Any) -> int:
        if not self._hidden:
            self._serial += 1
            born = Native(self._serial, kind, address)
            self._living[born.token] = born
            self.births.append(born)
            self._library("CRYPTO_set_ex_data", rest[1], rest[2], born.token)
        return 1

    def _copied(self, to: int, _from: int, value: Any, index: int, *_rest: Any) -> int:
        value[0] = self._library("CRYPTO_get_ex_data", to, index)  # a copy keeps its own number
        return 1

    def _died(self, _address: int, token: int | None, *_rest: Any) -> None:
        dead = self._living.pop(token, None) if token else None
        if dead is not None:
            dead.alive = False


@cache
def registry_of(library: Libssl) -> Registry:
    """The one registry of a library: an ex_data index is taken once and never given back."""
    return Registry(library)
