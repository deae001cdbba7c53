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


def test_what_was_made_inside_is_not_searched_twice() -> None:
    searched: list[int] = []

    def watch(phase: str, details: dict[str, int]) -> None:
        if phase == "start":
            searched.append(details["generation"])

    gc.collect()
    with without_collector():
        made = [[] for _ in range(10_000)]  # type: ignore[var-annotated]
    gc.callbacks.append(watch)
    try:
        made.append([])
    finally:
        gc.callbacks.remove(watch)

    assert searched == []
    assert gc.get_freeze_count() == 0
    assert any(one is made for one in gc.get_objects(generation=2))
