"""What needs no note because it only looks: real libssl counts the same before and after it."""

from __future__ import annotations

import ctypes

import pytest

from sslrefs.cscript.names import READERS
from sslrefs.oracle.counts import count_places, read_count
from sslrefs.oracle.library import load

OF_A_SESSION = {name for name in READERS if name.startswith("SSL_SESSION_")}
NEEDS_MORE = {
    "SSL_SESSION_print": "writes to a BIO",
    "SSL_SESSION_print_fp": "writes to a FILE",
}


@pytest.mark.libssl
@pytest.mark.parametrize("name", sorted(OF_A_SESSION - NEEDS_MORE.keys()))
def test_what_looks_at_a_session_leaves_its_count(name: str) -> None:
    library = load()
    offset = count_places(library).session
    session = library("SSL_SESSION_new")
    library("SSL_SESSION_up_ref", session)
    place, length = ctypes.create_string_buffer(64), ctypes.c_size_t(0)

    getattr(ctypes.CDLL(library.path), name)(ctypes.c_void_p(session), place, ctypes.byref(length))

    assert read_count(session, offset) == 2
    library("SSL_SESSION_free", session)
    library("SSL_SESSION_free", session)
