"""The count that is read from memory is the number of frees an object outlives."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from sslrefs.model.objects import Kind
from sslrefs.oracle.counts import FREE, UP_REF, count_places, read_count
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import Native, registry_of

pytestmark = pytest.mark.libssl

MOST = 50


def _make(library: Libssl, kind: Kind) -> Native:
    registry = registry_of(library)
    registry.forget()
    if kind == "session":
        library("SSL_SESSION_new")
    else:
        ctx = library("SSL_CTX_new", library("TLS_method"))
        if kind == "ssl":
            library("SSL_new", ctx)
    return registry.living()[-1]


def _frees_it_takes(free: Callable[[], object], native: Native) -> int:
    """How often the object must be freed until its free callback runs; done in a child."""
    child = os.fork()
    if child == 0:
        for calls in range(1, MOST):
            free()
            if not native.alive:
                os._exit(calls)
        os._exit(MOST)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("kind", ["ctx", "ssl", "session"])
@pytest.mark.parametrize("references", [1, 2, 7])
def test_the_count_read_is_the_count_found_by_exhaustion(
    library: Libssl, kind: Kind, references: int
) -> None:
    native = _make(library, kind)
    for _ in range(references - 1):
        library(UP_REF[kind], native.address)

    read = read_count(native.address, count_places(library).of(kind))
    exhausted = _frees_it_takes(lambda: library(FREE[kind], native.address), native)

    assert read == references
    assert exhausted == references


def test_reading_a_count_changes_nothing(library: Libssl) -> None:
    native = _make(library, "session")
    place = count_places(library).session

    assert [read_count(native.address, place) for _ in range(3)] == [1, 1, 1]
    assert native.alive


def test_an_ssl_holds_two_references_to_its_context(library: Libssl) -> None:
    _make(library, "ssl")
    ctx = registry_of(library).living()[0]

    assert ctx.kind == "ctx"
    assert read_count(ctx.address, count_places(library).ctx) == 3
