"""Whatever a scene holds, it becomes a valid picture with everything in its place."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sslrefs.layout.builtin import BuiltIn
from sslrefs.layout.executable import Executable
from sslrefs.picture.dot import geometry
from sslrefs.picture.placement import place
from sslrefs.picture.routes import read
from sslrefs.picture.scene import Edge, Look, Moment, Node, Scene
from sslrefs.picture.svg import paint, still

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "]]>",
    "-->",
    '"];n0 [label=<x>]',
    "\\N{|}",
    "two\nlines",
    "\x00\x0b\ufffe\ud800",
    "x" * 300,
    "会话" * 40,
    "جلسة",
    "👩\u200d👩\u200d👧",
    "",
]
NAMES = st.sampled_from(HOSTILE) | st.text(max_size=30)
KINDS = ("var", "ssl", "ctx", "session")
WORDS = {
    "node": ("absent", "live", "freed", "live wrong", "freed wrong"),
    "edge": ("absent", "counted", "borrowed", "dangling"),
}


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A scene as a run makes it: arrows from variables, connections and cache rows."""
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=14))
    nodes = [Node(f"n_{at}", kind, draw(NAMES), draw(NAMES)) for at, kind in enumerate(kinds)]  # type: ignore[arg-type]
    targets = {kind: [node.id for node in nodes if node.kind == kind] for kind in KINDS}
    edges: list[Edge] = []

    def arrow(source: str, target: str, kind: str) -> None:
        edges.append(Edge(f"e_{len(edges)}", source, target, kind))  # type: ignore[arg-type]

    held = {"var": ("ssl", "ctx", "session"), "ssl": ("ctx", "session")}
    for node in list(nodes):
        to = [target for kind in held.get(node.kind, ()) for target in targets[kind]]
        if to:
            chosen = draw(st.lists(st.sampled_from(to), max_size=3, unique=True))
            for target in chosen:
                arrow(node.id, target, "pointer" if node.kind == "var" else "reference")
    for ctx in targets["ctx"]:
        for session in targets["session"]:
            if draw(st.booleans()):
                row = Node(f"n_{len(nodes)}", "row", draw(NAMES), "", ctx)
                nodes.append(row)
                arrow(row.id, session, "cache")
    return Scene(tuple(nodes), tuple(edges), draw(moments(len(nodes), len(edges))))


@st.composite
def moments(draw: st.DrawFn, nodes: int, edges: int) -> tuple[Moment, ...]:
    """Some moments in which any item may look any way."""
    items = st.integers(0, max(0, nodes + edges - 1))
    made: list[Moment] = []
    for _ in range(draw(st.integers(1, 3))):
        touched = draw(st.lists(items, max_size=6, unique=True)) if nodes else []
        changes = [
            (at, Look(draw(st.sampled_from(WORDS["node" if at < nodes else "edge"])), draw(NAMES)))
            for at in sorted(touched)
        ]
        made.append(Moment(tuple(changes), tuple(sorted(touched))))
    return tuple(made)


# The first text of a fresh machine makes Hypothesis build its table of all characters.
unhurried = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@unhurried
@given(scenes())
def test_every_item_is_drawn_once_in_valid_xml(scene: Scene) -> None:
    drawing = paint(scene, BuiltIn().draw("", scene))

    ids = Counter(g.get("id") for g in ET.fromstring(drawing.svg).iter() if g.get("id"))
    assert ids == Counter([*(n.id for n in scene.nodes), *(e.id for e in scene.edges)])


@unhurried
@given(scenes(), NAMES)
def test_every_moment_is_a_valid_still_without_anything_active(scene: Scene, caption: str) -> None:
    drawing = paint(scene, BuiltIn().draw("", scene))

    for moment in range(len(scene.moments)):
        root = ET.fromstring(still(drawing, scene, moment, ".a > .b { fill: red; }", caption))
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert tags <= {"svg", "style", "g", "rect", "path", "polygon", "text", "title"}
        assert not {name for name in attributes if name.startswith("on") or "href" in name}


@unhurried
@given(scenes())
def test_columns_keep_the_order_of_creation_and_nothing_overlaps(scene: Scene) -> None:
    boxes = place(scene)

    columns = [[boxes[n.id] for n in scene.nodes if n.kind == kind] for kind in KINDS]
    assert all(a.bottom < b.y for column in columns for a, b in pairwise(column))
    rights = [column[0].right for column in columns if column]
    lefts = [column[0].x for column in columns if column]
    assert all(right < left for right, left in zip(rights, lefts[1:], strict=False))


@unhurried
@given(scenes(), st.sampled_from(KINDS))
def test_a_new_object_moves_no_old_one(scene: Scene, kind: str) -> None:
    # With a name that needs no wider column, and no column that was not there.
    short = [node._replace(name="n", sub="") for node in scene.nodes]
    old = Scene(tuple(short), scene.edges, ())
    is_known = any(node.kind == kind for node in short)
    new = Node("n_new", kind if is_known else "session", "n")  # type: ignore[arg-type]

    before, after = place(old), place(Scene((*short, new), scene.edges, ()))

    assert {item: after[item] for item in before} == before


def points(curve: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Points on a curve of Bézier pieces."""
    found = []
    for first in range(0, len(curve) - 1, 3):
        a, b, c, d = curve[first : first + 4]
        for t in (0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0):
            u = 1 - t
            weights = (u * u * u, 3 * t * u * u, 3 * t * t * u, t * t * t)
            x, y = (
                sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True))
                for axis in (0, 1)
            )
            found.append((x, y))
    return found


@unhurried
@given(scenes())
def test_the_built_in_router_runs_behind_no_box(scene: Scene) -> None:
    found = read(scene, BuiltIn().draw("", scene))

    owner = {node.id: node.group or node.id for node in scene.nodes}
    for edge in scene.edges:
        own = {owner[edge.source], edge.target}
        others = [found.boxes[n.id] for n in scene.nodes if n.kind != "row" and n.id not in own]
        for x, y in points(found.routes[edge.id].curve):
            assert not [b for b in others if b.x < x < b.right and b.y < y < b.bottom]


@settings(unhurried, max_examples=25)  # each example starts a program
@given(scenes())
def test_graphviz_draws_what_the_built_in_router_draws(scene: Scene) -> None:
    dot = geometry(scene)

    ours = read(scene, BuiltIn().draw(dot, scene))
    theirs = read(scene, Executable("graphviz-pure").draw(dot, scene))

    assert set(theirs.boxes) == set(ours.boxes)
    assert set(theirs.routes) == set(ours.routes)
    for edge in scene.edges:
        # No arrow goes around the back of a box, whatever the program routed.
        start, end = theirs.boxes[edge.source].right, theirs.boxes[edge.target].x
        across = [x for x, _ in theirs.routes[edge.id].curve]
        assert start - 5 <= min(across)
        assert max(across) <= end + 5
