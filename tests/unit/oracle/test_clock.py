"""Model time passes without waiting, and real time does not pass at all."""

from __future__ import annotations

import ctypes

import pytest

from sslrefs.model.world import CLOCK_START
from sslrefs.oracle.clock import Clock, Living
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.probe import Probe
from sslrefs.oracle.registry import Native, registry_of

pytestmark = pytest.mark.libssl


def _session(library: Libssl) -> Native:
    registry_of(library).forget()
    native = registry_of(library).native_at(library("SSL_SESSION_new"))
    assert native is not None
    return native


def test_the_model_starts_at_its_own_time(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    library("SSL_SESSION_set_time", session.address, clock.to_real(CLOCK_START + 5))

    assert clock.now() == CLOCK_START
    assert clock.made_at(session) == CLOCK_START + 5


def test_sleep_makes_sessions_older(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    before = library("SSL_SESSION_get_time", session.address)

    clock.sleep(300, Living([session], []))

    assert library("SSL_SESSION_get_time", session.address) == before - 300
    assert clock.now() == CLOCK_START + 300


def test_a_session_that_could_not_be_made_older_has_its_time_all_the_same(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    made = clock.made_at(session)
    before = library("SSL_SESSION_get_time", session.address)

    clock.sleep(300, Living([], [session]))
    assert clock.made_at(session) == made
    assert library("SSL_SESSION_get_time", session.address) == before

    clock.sleep(20, Living([session], []))
    assert clock.made_at(session) == made
    assert library("SSL_SESSION_get_time", session.address) == before - 320


def test_real_time_that_passes_is_undone(library: Libssl, monkeypatch: pytest.MonkeyPatch) -> None:
    session = _session(library)
    monkeypatch.setattr("sslrefs.oracle.clock._seconds", lambda _: 2_000_000_000)
    clock = Clock(library)
    before = library("SSL_SESSION_get_time", session.address)
    monkeypatch.setattr("sslrefs.oracle.clock._seconds", lambda _: 2_000_000_007)

    clock.follow(Living([session], []))

    assert library("SSL_SESSION_get_time", session.address) == before + 7
    assert clock.now() == CLOCK_START


def test_no_session_is_from_the_future(library: Libssl) -> None:
    """The system has clocks that disagree for the first milliseconds of a second."""
    system = ctypes.CDLL(None)
    system.time.restype = ctypes.c_long
    session = _session(library)
    clock = Clock(library)
    before = system.time(None)

    while system.time(None) == before:
        clock.follow(Living([session], []))
        assert library("SSL_SESSION_get_time", session.address) <= system.time(None)


def test_a_second_that_ticks_while_a_session_is_made_is_set_right(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    library("SSL_SESSION_set_time", session.address, clock.to_real(CLOCK_START) + 1)

    clock.set_right(session, CLOCK_START)

    assert library("SSL_SESSION_get_time", session.address) == clock.to_real(CLOCK_START)


def test_a_session_out_of_bytes_is_as_old_as_the_others_have_become(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    clock.sleep(300, Living([], []))  # the bytes were made before it, and grew no older

    clock.set_right(session, CLOCK_START)

    assert library("SSL_SESSION_get_time", session.address) == clock.to_real(CLOCK_START)


def test_a_time_that_is_really_wrong_is_left_to_be_found(library: Libssl) -> None:
    session = _session(library)
    clock = Clock(library)
    wrong = clock.to_real(CLOCK_START) - 60
    library("SSL_SESSION_set_time", session.address, wrong)

    clock.set_right(session, CLOCK_START)

    assert library("SSL_SESSION_get_time", session.address) == wrong


def test_ageing_keeps_the_order_in_which_a_cache_gives_up_sessions(library: Libssl) -> None:
    """Equal expiries: the one added first leaves first, before and after a sleep."""
    registry = registry_of(library)
    registry.forget()
    ctx = library("SSL_CTX_new", library("TLS_method"))
    library("SSL_CTX_set_session_cache_mode", ctx, 2)
    for name in (b"one", b"two", b"new"):
        library("SSL_SESSION_set1_id", library("SSL_SESSION_new"), name, 3)
    ctx_native, first, second, new = registry.living()
    for session in (first, second):
        library("SSL_CTX_add_session", ctx, session.address)
    clock = Clock(library)

    clock.sleep(10, Living([first, second], []))
    library("SSL_CTX_sess_set_cache_size", ctx, 2)
    library("SSL_CTX_add_session", ctx, new.address)

    assert first.address not in Probe(library).cached(ctx_native)
