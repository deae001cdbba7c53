from __future__ import annotations

from itertools import pairwise

from sslrefs.picture.placement import HEAD, place, plates
from sslrefs.picture.scene import Scene
from tests.unit.picture.scenes import busy, delayed_failure, scene


def named(drawn: Scene) -> dict[str, str]:
    return {node.id: f"{node.kind} {node.name}" for node in drawn.nodes}


def test_four_columns_stand_from_variables_to_sessions() -> None:
    drawn = delayed_failure()

    boxes = place(drawn)

    x = {node.kind: boxes[node.id].x for node in drawn.nodes}
    assert 0 == x["var"] < x["ssl"] < x["ctx"] < x["session"]


def test_boxes_of_a_column_are_equally_wide_and_in_order_of_creation() -> None:
    drawn = busy()

    boxes = place(drawn)

    for kind in ("var", "ssl", "session"):
        column = [boxes[node.id] for node in drawn.nodes if node.kind == kind]
        assert len({(box.x, box.width) for box in column}) == 1
        assert all(upper.bottom < lower.y for upper, lower in pairwise(column))


def test_an_object_stands_beside_its_first_owner() -> None:
    drawn = scene(
        ["var a", "var b", "ssl ssl#1"],
        ["*b ssl#1", "*a ssl#1"],
        [({}, "")],
    )

    boxes = {named(drawn)[item]: box for item, box in place(drawn).items()}

    assert boxes["ssl ssl#1"].port == boxes["var b"].port
    assert boxes["ssl ssl#1"].port > boxes["var a"].bottom


def test_rows_lie_in_their_context_below_its_head() -> None:
    drawn = busy()

    boxes = place(drawn)

    inside = [(boxes[node.id], boxes[node.group]) for node in drawn.nodes if node.group]
    assert len(inside) == 3
    for row, ctx in inside:
        assert ctx.x < row.x
        assert row.right == ctx.right
        assert ctx.y + HEAD < row.y
        assert row.bottom < ctx.bottom


def test_sessions_leave_room_below_the_head_of_the_first_context() -> None:
    drawn = busy()

    boxes = place(drawn)

    first = min(boxes[node.id].y for node in drawn.nodes if node.kind == "session")
    assert first >= 64 + HEAD


def test_a_plate_has_room_for_all_a_count_ever_says() -> None:
    small = scene(["session a"], [], [({"a": "live|1"}, "")])
    large = scene(
        ["session a"], [], [({"a": "live|1000"}, ""), ({"a": "live wrong|1000 ≠ 1001"}, "")]
    )

    (narrow,) = plates(small).values()
    (wide,) = plates(large).values()

    assert narrow.plain < wide.plain < wide.wrong
    assert narrow.wrong < wide.wrong


def test_what_a_later_step_adds_moves_nothing() -> None:
    whole = delayed_failure()
    # Without peek, the last thing made, and its arrow.
    part = Scene(whole.nodes[:-1], whole.edges[:-1], whole.moments[:1])

    before, after = place(part), place(whole)

    assert {item: after[item] for item in before} == before


def test_an_empty_scene_has_no_boxes() -> None:
    assert place(Scene((), (), ())) == {}
