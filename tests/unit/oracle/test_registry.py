"""Births and deaths are told by libssl itself, never guessed from addresses."""

from __future__ import annotations

import pytest

from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import registry_of

pytestmark = pytest.mark.libssl


def test_births_come_in_order_with_their_kinds(library: Libssl) -> None:
    registry = registry_of(library)
    registry.forget()
    ctx = library("SSL_CTX_new", library("TLS_method"))
    library("SSL_new", ctx)
    library("SSL_SESSION_new")

    assert [native.kind for native in registry.take_births()] == ["ctx", "ssl", "session"]
    assert registry.take_births() == []


def test_a_death_is_known_at_once(library: Libssl) -> None:
    registry = registry_of(library)
    registry.forget()
    address = library("SSL_SESSION_new")
    native = registry.native_at(address)
    assert native is not None

    library("SSL_SESSION_free", address)

    assert not native.alive
    assert registry.native_at(address) is None


def test_an_address_that_is_given_out_again_is_another_object(library: Libssl) -> None:
    registry = registry_of(library)
    registry.forget()
    for _ in range(20):
        library("SSL_SESSION_free", library("SSL_SESSION_new"))

    births = registry.take_births()

    assert len({native.address for native in births}) < len(births)
    assert len({native.token for native in births}) == len(births)


def test_hidden_objects_are_not_told(library: Libssl) -> None:
    registry = registry_of(library)
    registry.forget()
    with registry.hidden():
        address = library("SSL_SESSION_new")
    library("SSL_SESSION_free", address)

    assert registry.take_births() == []
    assert registry.living() == []


def test_a_copy_is_an_object_of_its_own(library: Libssl) -> None:
    registry = registry_of(library)
    registry.forget()
    original = library("SSL_SESSION_new")
    copy = library("SSL_SESSION_dup", original)

    library("SSL_SESSION_free", copy)

    assert registry.native_at(original) is not None
    assert registry.native_at(copy) is None
