"""Shelves against plain lists, and what a changed shelf shares with the one before."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sslrefs.model.shelf import Shelf


def filled(number: int) -> Shelf[int]:
    shelf: Shelf[int] = Shelf()
    for thing in range(number):
        shelf = shelf.append(thing)
    return shelf


@given(st.integers(0, 200), st.lists(st.tuples(st.integers(0, 199), st.integers())))
def test_a_shelf_is_like_a_list(number: int, changes: list[tuple[int, int]]) -> None:
    shelf, plain = filled(number), list(range(number))
    for place, thing in changes:
        if place < number:
            shelf = shelf.set(place, thing)
            plain[place] = thing

    assert list(shelf) == plain
    assert len(shelf) == number
    assert [shelf[place] for place in range(number)] == plain


def test_the_shelf_before_stays_as_it_was() -> None:
    before = filled(130)

    before.set(70, -1)
    before.append(-2)

    assert list(before) == list(range(130))


@pytest.mark.parametrize("place", [-1, 3, 64])
def test_an_empty_place_is_refused(place: int) -> None:
    with pytest.raises(IndexError):
        filled(3)[place]
    with pytest.raises(IndexError):
        filled(3).set(place, 0)


def test_a_changed_shelf_shares_all_pieces_but_one() -> None:
    before = filled(5_000)

    after = before.set(70, -1)

    other = [new is not old for new, old in zip(after.pieces, before.pieces, strict=True)]
    assert other.count(True) == 1


def test_the_collector_sees_a_fraction_of_the_things() -> None:
    after = filled(5_000).set(70, -1)

    # What it must look at again for one shelf more: its row of pieces and the new piece.
    assert len(gc.get_referents(after.pieces)) + len(gc.get_referents(after.pieces[1])) < 200
