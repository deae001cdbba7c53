from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

import sslrefs.picture
from sslrefs.layout.builtin import BuiltIn
from sslrefs.picture.dot import geometry
from sslrefs.picture.scene import Edge, Look, Moment, Node, Scene
from sslrefs.picture.svg import Drawing, paint, patch, still
from tests.unit.picture.scenes import busy, crowd, delayed_failure, scene

SVG = "{http://www.w3.org/2000/svg}"
CSS = (Path(sslrefs.picture.__file__).parent / "theme.css").read_text("utf-8")
CASES = json.loads((Path(__file__).parent / "patch_cases.json").read_text("utf-8"))["cases"]
HOSTILE = "</script><img src=x onerror=alert(1)>\x00\n]]>\"'&amp;"


def drawn(of: Scene) -> Drawing:
    return paint(of, BuiltIn().draw(geometry(of), of))


def classes(root: ET.Element) -> list[str]:
    return [group.get("class", "") for group in root.iter(f"{SVG}g")]


def shown(of: Scene, moment: int, caption: str = "") -> ET.Element:
    return ET.fromstring(still(drawn(of), of, moment, CSS, caption))


def everything() -> Scene:
    """One item of each kind; only the reference ever says how many it is."""
    nodes = (
        Node("n_var", "var", "v"),
        Node("n_ssl", "ssl", "ssl#1", "SSL"),
        Node("n_ctx", "ctx", "ctx#1", "SSL_CTX"),
        Node("n_row", "row", "session#1", "", "n_ctx"),
        Node("n_session", "session", "session#1", "SSL_SESSION"),
    )
    edges = (
        Edge("e_pointer", "n_var", "n_session", "pointer"),
        Edge("e_reference", "n_ssl", "n_ctx", "reference"),
        Edge("e_cache", "n_row", "n_session", "cache"),
    )
    return Scene(nodes, edges, (Moment(((6, Look("counted", "×2")),), ()),))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['item']} {case['words']}{' hot' * case['hot']}"
)
def test_a_patch_sets_classes_and_text(case: dict[str, Any]) -> None:
    root = ET.fromstring(drawn(everything()).svg)
    groups = {group.get("id", ""): group for group in root.iter(f"{SVG}g")}
    group = next(groups[key] for key in (f"n_{case['item']}", f"e_{case['item']}") if key in groups)
    assert group.get("class") == case["base"]
    strip_namespace(group)

    patch(group, Look(case["words"], case["look_text"]), hot=case["hot"])

    texts = [text.text for text in group.iter("text") if text.get("class") in {"count", "times"}]
    assert group.get("class") == case["class"]
    assert texts == ([] if case["text"] is None else [case["text"]])


def strip_namespace(root: ET.Element) -> None:
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)


def test_every_item_is_drawn_once_under_its_id() -> None:
    of = busy()

    root = ET.fromstring(drawn(of).svg)

    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert sorted(ids, key=str) == sorted(
        [*(node.id for node in of.nodes), *(edge.id for edge in of.edges)]
    )


def test_positions_are_those_of_the_boxes() -> None:
    of = delayed_failure()

    drawing = drawn(of)

    for group in ET.fromstring(drawing.svg).iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect[@class='box']")
        if box is not None:
            place = drawing.positions[group.get("id", "")]
            assert float(box.get("x", "")) == pytest.approx(place.x, abs=0.06)
            assert float(box.get("y", "")) == pytest.approx(place.y, abs=0.06)


def test_all_is_inside_the_view_box() -> None:
    for of in (delayed_failure(), busy(), crowd(30)):
        drawing = drawn(of)

        width, height = map(float, ET.fromstring(drawing.svg).get("viewBox", "").split()[2:])

        for box in drawing.positions.values():
            assert 0 < box.x < box.right < width
            assert 0 < box.y < box.bottom < height


def test_the_drawing_is_made_of_plain_shapes_only() -> None:
    root = ET.fromstring(drawn(busy()).svg)

    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "g", "rect", "path", "polygon", "text", "title"}
    assert root.get("class") == "sslrefs-picture"


def test_a_hostile_name_stays_text() -> None:
    of = Scene(
        tuple(node._replace(name=HOSTILE, sub=HOSTILE) for node in everything().nodes),
        everything().edges,
        (Moment(tuple((at, Look("live", HOSTILE)) for at in range(8)), ()),),
    )

    for text in (drawn(of).svg, still(drawn(of), of, 0, CSS, HOSTILE)):
        root = ET.fromstring(text)
        assert "<img" not in text
        assert not [element for element in root.iter() if element.tag.endswith("img")]
        assert any("onerror" in (title.text or "") for title in root.iter(f"{SVG}title"))


def test_a_long_name_is_clipped_and_whole_in_the_title() -> None:
    of = scene(["var " + "x" * 300], [], [({"*" + "x" * 300: "live"}, "")])

    root = ET.fromstring(drawn(of).svg)

    (name,) = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"]
    assert name is not None
    assert name.endswith("…")
    assert [title.text for title in root.iter(f"{SVG}title")] == ["variable " + "x" * 300]


def test_a_still_shows_what_there_is_and_what_was_just_given_up() -> None:
    of = delayed_failure()

    before, after = classes(shown(of, 7)), classes(shown(of, 8))

    assert "edge k-cache s-dangling" in before
    assert "edge k-cache s-absent hot" in after
    assert "node k-row s-absent hot" in after
    assert "node k-session s-freed s-wrong hot" in after
    assert sum(word.startswith("edge k-reference") for word in before) == 2
    assert not any(word.startswith("edge k-reference") for word in after)


def test_a_still_before_the_first_step_shows_no_item() -> None:
    words = classes(shown(delayed_failure(), 0))

    assert not [word for word in words if word.startswith(("node ", "edge "))]


def test_a_still_says_the_counts_of_its_moment() -> None:
    root = shown(delayed_failure(), 5)

    counts = {text.text for text in root.iter(f"{SVG}text") if text.get("class") == "count"}
    times = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "times"]
    assert counts == {"1", "3", "1 ≠ 2"}
    assert times == ["×2"]


def test_a_still_stands_alone() -> None:
    root = shown(delayed_failure(), 5, "Step 5 of 8: 1 < 2 & so on.")

    assert root.get("role") == "img"
    assert root.get("aria-label") == "Step 5 of 8: 1 < 2 & so on."
    assert root.find(f"{SVG}style") is not None
    assert root.find(f".//{SVG}rect[@class='paper']") is not None
    assert not [element for element in root.iter() if element.get("id")]
    assert [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "caption"] == [
        "Step 5 of 8: 1 < 2 & so on."
    ]


def test_a_still_without_caption_has_a_name() -> None:
    root = shown(delayed_failure(), 5)

    assert root.get("aria-label") == "Who owns what"
    assert not [t for t in root.iter(f"{SVG}text") if t.get("class") == "caption"]


def test_a_caption_makes_the_picture_higher_and_moves_nothing() -> None:
    plain, told = shown(delayed_failure(), 5), shown(delayed_failure(), 5, "What happened.")

    top, height = map(float, told.get("viewBox", "").split()[1::2])
    plain_top, plain_height = map(float, plain.get("viewBox", "").split()[1::2])
    assert plain_top == 0 > top
    assert top + height == plain_top + plain_height


def test_a_still_of_a_lesson_is_small() -> None:
    of = busy()

    assert all(len(still(drawn(of), of, m, CSS, "Said.").encode()) < 20_000 for m in range(3))


def test_a_style_sheet_in_a_still_has_no_comments() -> None:
    of = delayed_failure()

    text = still(drawn(of), of, 1, "/* why */ .a > .b ,\n.c { fill : red; }\n", "")

    assert "<style>.a &gt; .b,.c{fill : red}</style>" in text


def test_an_empty_scene_is_an_empty_picture() -> None:
    of = Scene((), (), (Moment((), ()),))

    root = ET.fromstring(still(drawn(of), of, 0, CSS, ""))

    assert float(root.get("width", "")) > 100
