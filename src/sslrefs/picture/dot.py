"""The scene as DOT text: geometry for the layout engines, or a labelled graph for people.

A layout engine gets sizes, positions and who is joined to whom, under keys of
our own (`n0`, `e0`). No name or label of the scene reaches it, so nothing needs
DOT escaping and every version of Graphviz draws the same. The labelled graph is
for those who take it elsewhere; there the graphviz package escapes the names.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import graphviz

from sslrefs.picture.placement import COLUMNS, Size, cache_rows, place, sizes
from sslrefs.picture.scene import Scene

__all__ = ["Manner", "geometry", "keys", "labelled", "manner"]

Manner = Literal["routed", "ranked", "straight"]

_ROUTED_BOXES = 40
_ROUTED_EDGES = 80
_RANKED_BOXES = 200
_INCH = 72
_GRAPH = {"bgcolor": "transparent", "outputorder": "edgesfirst", "pad": "0"}
_NODE = {"shape": "box", "label": "", "fixedsize": "true"}
_EDGE = {"dir": "none", "tailport": "e", "headport": "w"}
# The plus signs matter: without them these are factors, boxes overlap, and
# every edge silently becomes a straight line through what is in its way.
_PLACED = {"layout": "nop", "esep": "+6", "sep": "+8"}
_RANKED = {"rankdir": "LR", "ranksep": "1.3", "nodesep": "0.19", "splines": "true"}


def manner(scene: Scene) -> Manner:
    """How a scene of this size is laid out.

    "routed": our placement, arrows bent around the boxes. That router is about
    cubic, so a larger scene is "ranked": Graphviz places the boxes too. A very
    large one is "straight": our placement again, and straight arrows.
    """
    boxes = sum(node.kind != "row" for node in scene.nodes)
    if boxes <= _ROUTED_BOXES and len(scene.edges) <= _ROUTED_EDGES:
        return "routed"
    return "ranked" if boxes <= _RANKED_BOXES else "straight"


def keys(scene: Scene) -> dict[str, str]:
    """The name that each item has in DOT: a row has none, it is part of its context."""
    nodes = {node.id: f"n{at}" for at, node in enumerate(scene.nodes) if node.kind != "row"}
    return nodes | {edge.id: f"e{at}" for at, edge in enumerate(scene.edges)}


def geometry(scene: Scene) -> str:
    """DOT text whose drawing holds a polygon for each box and a path for each arrow."""
    graph = graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    way = manner(scene)
    if way == "ranked":
        _ranked_nodes(graph, scene)
    else:
        graph.attr("graph", splines="true" if way == "routed" else "line", **_PLACED)
        _placed_nodes(graph, scene)
    name = keys(scene)
    box = {row.id: context for context, rows in cache_rows(scene).items() for row in rows}
    for edge in scene.edges:
        source = box.get(edge.source, edge.source)
        graph.edge(name[source], name[edge.target], id=name[edge.id])
    return str(graph.source)


def labelled(scene: Scene, moment: int) -> str:
    """One moment as a graph with names, counts and kinds of arrows, without positions.

    >>> from sslrefs.picture.scene import Look, Moment, Node
    >>> scene = Scene((Node("n_s", "var", "s"),), (), (Moment(((0, Look("live")),), ()),))
    >>> print(labelled(scene, 0).splitlines()[2].strip())
    n0 [label=s shape=box]
    """
    graph = graphviz.Digraph("owners", graph_attr={"rankdir": "LR"})
    looks = scene.looks_at(moment)
    name = keys(scene)
    rows = {node.id: node.group for node in scene.nodes if node.kind == "row"}
    for node, look in zip(scene.nodes, looks, strict=False):
        if node.kind == "row" or "absent" in look.words:
            continue
        style = "dashed" if "freed" in look.words else ""
        parts = [part for part in (node.name, node.sub, look.text) if part]
        label = "\\n".join(graphviz.escape(part) for part in parts)
        graph.node(
            name[node.id], label, shape=_SHAPES[node.kind], **({"style": style} if style else {})
        )
    for edge, look in zip(scene.edges, looks[len(scene.nodes) :], strict=True):
        if look.words != "absent":
            source = name[rows.get(edge.source, edge.source)]
            badge = {"label": look.text} if look.text else {}
            graph.edge(source, name[edge.target], **_STYLES[look.words], **badge)
    return str(graph.source)


_SHAPES = {"var": "box", "ssl": "ellipse", "ctx": "folder", "session": "component"}
_STYLES: dict[str, dict[str, str]] = {
    "counted": {},
    "borrowed": {"style": "dashed", "arrowhead": "empty"},
    "dangling": {"style": "dotted", "arrowhead": "open", "color": "red", "taillabel": "dangling"},
}


def _placed_nodes(graph: graphviz.Digraph, scene: Scene) -> None:
    """The boxes where `placement` puts them; the y axis of Graphviz points up."""
    name = keys(scene)
    for node, box in place(scene).items():
        if node in name:
            middle = f"{box.x + box.width / 2:.1f},{-(box.y + box.height / 2):.1f}"
            graph.node(name[node], id=name[node], pos=middle, **_inches(box))


def _ranked_nodes(graph: graphviz.Digraph, scene: Scene) -> None:
    """The columns as ranks; invisible edges ask for order of creation."""
    name = keys(scene)
    size = sizes(scene)
    graph.attr("graph", **_RANKED)
    firsts: list[str] = []
    for kind, _ in COLUMNS:
        column = [node.id for node in scene.nodes if node.kind == kind]
        with graph.subgraph(graph_attr={"rank": "same"}) as rank:
            for node in column:
                rank.node(name[node], id=name[node], **_inches(size[node]))
            for upper, lower in pairwise(column):
                rank.edge(name[upper], name[lower], style="invis")
        firsts += column[:1]
    for left, right in pairwise(firsts):
        graph.edge(name[left], name[right], style="invis", weight="0")


def _inches(size: Size | tuple[float, float, float, float]) -> dict[str, str]:
    """The last two numbers, width and height, as Graphviz wants them."""
    width, height = size[-2:]
    return {"width": f"{width / _INCH:.3f}", "height": f"{height / _INCH:.3f}"}
