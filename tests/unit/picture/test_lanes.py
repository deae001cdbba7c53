from __future__ import annotations

import pytest

from sslrefs.picture.lanes import Column, columns, lane
from sslrefs.picture.placement import Box, place
from tests.unit.picture.scenes import busy

SOURCE = Box(0, 0, 50, 20)
TARGET = Box(300, 200, 50, 20)
COLUMN = Column.of([Box(100, 0, 100, 100), Box(100, 114, 100, 100), Box(100, 300, 100, 20)])


def passing(curve: list[tuple[float, float]]) -> float:
    """The height at which a curve of three pieces passes the column in its way."""
    assert len(curve) == 10
    assert curve[3][1] == curve[6][1]
    return curve[3][1]


def test_a_neighbour_is_reached_in_one_piece() -> None:
    curve = lane(SOURCE, TARGET, [], number=0)

    assert (curve[0], curve[-1]) == ((50, 10), (300, 210))
    assert len(curve) == 4


def test_a_column_is_passed_in_the_nearest_room_between_its_boxes() -> None:
    y = passing(lane(SOURCE, TARGET, [COLUMN], number=0))

    assert 100 < y < 114


def test_a_wide_room_is_passed_where_the_straight_line_would() -> None:
    y = passing(lane(SOURCE, Box(300, 490, 50, 20), [COLUMN], number=0))

    assert y == pytest.approx(10 + (500 - 10) * (150 - 50) / 250, abs=60)
    assert 214 < y < 300


def test_arrows_that_share_a_room_lie_apart() -> None:
    heights = {passing(lane(SOURCE, TARGET, [COLUMN], number=number)) for number in range(3)}

    assert len(heights) == 3


def test_a_column_above_and_below_has_room_without_end() -> None:
    below = passing(lane(SOURCE, Box(300, 900, 50, 20), [COLUMN], number=0))

    assert below > 320


def test_only_columns_between_the_two_boxes_count() -> None:
    among = [Column.of([box]) for box in (SOURCE, Box(400, 0, 50, 500), TARGET)]

    assert len(lane(SOURCE, TARGET, among, number=0)) == 4


def test_an_arrow_to_the_left_is_still_a_curve() -> None:
    curve = lane(TARGET, SOURCE, [COLUMN], number=0)

    assert (curve[0], curve[-1]) == ((350, 210), (0, 10))


def test_columns_are_the_boxes_by_kind_without_rows() -> None:
    drawn = busy()

    assert [len(column.rooms) - 1 for column in columns(drawn, place(drawn))] == [8, 3, 1, 4]
