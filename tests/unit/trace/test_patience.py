from __future__ import annotations

import gc

import pytest

from sslrefs.trace.patience import without_collector


def test_the_collector_rests_inside_and_works_again_after_it() -> None:
    assert gc.isenabled()

    with without_collector(), without_collector():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError), without_collector():
        fail()

    assert gc.isenabled()


def test_who_had_turned_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
