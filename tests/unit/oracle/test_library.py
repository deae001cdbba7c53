"""A libssl is found, or it is said how to get one; its functions are called by name."""

from __future__ import annotations

import ctypes

import pytest

from sslrefs.model.calls import CALLS
from sslrefs.oracle.calls import is_known
from sslrefs.oracle.encoded import Encoded
from sslrefs.oracle.library import Libssl, LibsslNotFoundError, NotInThisLibraryError, load
from sslrefs.oracle.names import Names
from sslrefs.oracle.registry import registry_of


def test_in_a_browser_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "emscripten")

    assert str(LibsslNotFoundError("x")).startswith("not available here")


@pytest.mark.parametrize("way", ["apt install", "dnf install", "brew install", "conda install"])
def test_a_missing_library_says_how_to_get_it(way: str) -> None:
    assert way in str(LibsslNotFoundError("there is none"))


def test_the_environment_can_name_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLREFS_LIBSSL", "/no/such/libssl.so")

    with pytest.raises(LibsslNotFoundError) as caught:
        load()

    assert caught.value.path == "/no/such/libssl.so"


@pytest.mark.libssl
def test_the_library_tells_its_version(library: Libssl) -> None:
    assert library.version.startswith(("OpenSSL", "LibreSSL"))


@pytest.mark.libssl
def test_a_function_it_lacks_is_named(library: Libssl) -> None:
    with pytest.raises(NotInThisLibraryError, match="SSL_no_such_function"):
        library("SSL_no_such_function")


@pytest.mark.libssl
def test_macros_are_called_like_functions(library: Libssl) -> None:
    ctx = library("SSL_CTX_new", library("TLS_method"))

    assert library("SSL_CTX_set_session_cache_mode", ctx, 3) == 2
    assert library("SSL_CTX_get_session_cache_mode", ctx) == 3


@pytest.mark.libssl
def test_other_users_of_the_same_library_keep_their_types(library: Libssl) -> None:
    other = ctypes.CDLL(library.path)
    library("SSL_SESSION_free", library("SSL_SESSION_new"))

    assert other.SSL_SESSION_new.restype is ctypes.c_int


@pytest.mark.libssl
def test_every_call_of_the_model_can_be_replayed(library: Libssl) -> None:
    encoded = Encoded(library, Names(registry_of(library)))

    assert [name for name in CALLS if not is_known(name) and name not in encoded.calls] == []
