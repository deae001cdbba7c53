from __future__ import annotations

import re
from itertools import pairwise

import pytest

from sslrefs.layout.builtin import BuiltIn
from sslrefs.picture.dot import geometry
from sslrefs.picture.placement import place
from sslrefs.picture.routes import Geometry, read
from sslrefs.picture.scene import Scene
from tests.unit.picture.scenes import busy, crowd, scene


def routed(drawn: Scene) -> Geometry:
    return read(drawn, BuiltIn().draw(geometry(drawn), drawn))


def fan(arrows: int, target: str, *, texted: bool = False) -> list[float]:
    """The heights of the heads of so many arrows at one box, as in the scene's order."""
    variables = [f"var v{n}" for n in range(arrows)]
    edges = [f"*v{n} {target.split()[1]}" for n in range(arrows)]
    looks = dict.fromkeys(edges, "counted|×2") if texted else {}
    drawn = scene([*variables, target], edges, [(looks, "")])
    return [route.head[0][1] for route in routed(drawn).routes.values()]


def test_boxes_are_read_where_they_were_placed() -> None:
    drawn = busy()

    assert routed(drawn).boxes == {item: pytest.approx(box) for item, box in place(drawn).items()}


def test_the_heads_of_two_arrows_are_apart_and_in_the_order_they_come() -> None:
    heads = fan(5, "session s")

    assert heads == sorted(heads)
    assert all(lower - upper >= 8 for upper, lower in pairwise(heads))


def test_all_heads_reach_the_box_however_many() -> None:
    drawn = scene(
        [*(f"var v{n}" for n in range(30)), "session s"],
        [f"*v{n} s" for n in range(30)],
        [({}, "")],
    )

    found = routed(drawn)

    box = found.boxes["n_30"]
    assert {round(route.head[0][0] - box.x, 1) for route in found.routes.values()} == {0}
    assert all(box.y < route.head[0][1] < box.bottom for route in found.routes.values())
    assert len({route.head[0][1] for route in found.routes.values()}) == 30


def test_arrows_that_say_how_many_they_are_stand_further_apart() -> None:
    plain, texted = fan(2, "session s"), fan(2, "session s", texted=True)

    assert texted[1] - texted[0] > plain[1] - plain[0]


def test_a_cache_arrow_starts_at_its_row() -> None:
    drawn = busy()

    found = routed(drawn)

    for edge in drawn.edges:
        if edge.kind == "cache":
            row, start = found.boxes[edge.source], found.routes[edge.id].curve[0]
            assert start == pytest.approx((row.right, row.y + row.height / 2))


def test_a_warning_stands_on_the_first_half_of_its_arrow() -> None:
    for route in routed(crowd(30)).routes.values():
        start, tip = route.curve[0][0], route.head[0][0]

        assert start < route.mark[0] < tip
        assert route.mark[0] - start <= 47


def test_a_drawing_that_lost_an_arrow_is_refused() -> None:
    drawn = busy()
    whole = BuiltIn().draw(geometry(drawn), drawn)
    lossy = re.sub(r'<g id="e3">.*?</g>', "", whole)

    with pytest.raises(ValueError, match="lacks 1 of 39 items, the first is e3"):
        read(drawn, lossy)


@pytest.mark.parametrize("text", ["", "Error: syntax error in line 1", "<svg><g id='n0'"])
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an SVG drawing"):
        read(busy(), text)


def test_a_shape_without_numbers_is_refused() -> None:
    drawn = scene(["session s"], [], [({}, "")])
    empty = '<svg xmlns="http://www.w3.org/2000/svg"><g id="n0"/></svg>'

    with pytest.raises(ValueError, match="n0 has no shape"):
        read(drawn, empty)
