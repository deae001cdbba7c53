"""What can be seen of living objects from outside, without changing them."""

from __future__ import annotations

import ctypes

from sslrefs.oracle.counts import count_places, read_count
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import Native

__all__ = ["Probe"]

_VISIT = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Probe:
    """Questions to one libssl; every answer is a plain number or an address."""

    def __init__(self, library: Libssl) -> None:
        self._library = library
        self._places = count_places(library)
        self._found: list[int] = []
        self._visit = _VISIT(self._found.append)  # one trampoline for all walks

    def count(self, native: Native) -> int:
        """The reference count."""
        return read_count(native.address, self._places.of(native.kind))

    def cached(self, ctx: Native) -> list[int]:
        """The addresses that the cache of an SSL_CTX links, dead ones too."""
        if not self._library("SSL_CTX_sess_number", ctx.address):
            return []
        table = self._library("SSL_CTX_sessions", ctx.address)
        self._found.clear()
        self._library("OPENSSL_LH_doall", table, ctypes.cast(self._visit, ctypes.c_void_p))
        return list(self._found)

    def session_of(self, ssl: Native) -> int | None:
        """The address of the session an SSL points to."""
        address: int | None = self._library("SSL_get_session", ssl.address)
        return address

    def ctx_of(self, ssl: Native) -> int | None:
        """The address of the SSL_CTX an SSL points to."""
        address: int | None = self._library("SSL_get_SSL_CTX", ssl.address)
        return address

    def is_resumable(self, session: Native) -> bool:
        """What SSL_SESSION_is_resumable(3) says."""
        return bool(self._library("SSL_SESSION_is_resumable", session.address))
