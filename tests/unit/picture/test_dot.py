from __future__ import annotations

import re

import pytest

from sslrefs.picture import dot
from sslrefs.picture.scene import Scene
from tests.unit.picture.scenes import busy, crowd, scene

HOSTILE = '"];evil[label=<b>\\N</b>'


def test_no_name_reaches_graphviz() -> None:
    quiet = busy()
    loud = Scene(
        tuple(node._replace(name=HOSTILE, sub=HOSTILE) for node in quiet.nodes),
        quiet.edges,
        quiet.moments,
    )

    written = dot.geometry(loud)

    assert "evil" not in written
    assert not re.search(r"label=(?!\"\")", written)


@pytest.mark.parametrize(
    ("objects", "expected"), [(8, "routed"), (38, "routed"), (50, "ranked"), (300, "straight")]
)
def test_the_manner_follows_the_size(objects: int, expected: str) -> None:
    assert dot.manner(crowd(objects)) == expected


def test_many_arrows_between_few_boxes_are_not_routed_by_the_slow_router() -> None:
    variables = [f"var v{n}" for n in range(20)]
    sessions = [f"session s{n}" for n in range(10)]
    edges = [f"*v{a} s{b}" for a in range(20) for b in range(10)]

    assert dot.manner(scene([*variables, *sessions], edges, [({}, "")])) == "ranked"


def test_our_placement_goes_with_overlap_free_margins() -> None:
    written = dot.geometry(busy())

    assert "layout=nop" in written
    assert 'esep="+6"' in written
    assert 'sep="+8"' in written
    assert written.count("pos=") == 16


def test_a_ranked_scene_asks_for_columns_and_order() -> None:
    written = dot.geometry(crowd(50))

    assert "pos=" not in written
    assert written.count("rank=same") == 4
    assert "style=invis" in written


def test_a_cache_row_is_part_of_its_context() -> None:
    drawn = scene(["ctx c", "session s", "row s in c"], ["row:s s"], [({}, "")])

    written = dot.geometry(drawn)

    assert dot.keys(drawn) == {"n_0": "n0", "n_1": "n1", "e_0": "e0"}
    assert "n0 -> n1" in written
