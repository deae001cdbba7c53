"""Scenes made by hand for the tests of picture and layout: lessons and crowds."""

from __future__ import annotations

import random

from sslrefs.picture.scene import Edge, Look, Moment, Node, Scene

__all__ = ["busy", "crowd", "delayed_failure", "scene"]

Changes = dict[str, str]

TYPES = {"var": "", "ssl": "SSL", "ctx": "SSL_CTX", "row": "", "session": "SSL_SESSION"}
ARROWS = {"var": "pointer", "ssl": "reference", "row": "cache"}


def scene(nodes: list[str], edges: list[str], moments: list[tuple[Changes, str]]) -> Scene:
    """A scene in few words.

    A node is written `kind name` or `row name in context`, an edge `source target`, both by
    name; a row is named `row:name` elsewhere. A change is `"state words|text"`.
    """
    made: dict[str, Node] = {}
    for text in nodes:
        kind, name, *rest = text.split()
        key = f"row:{name}" if kind == "row" else f"*{name}" if kind == "var" else name
        group = made[rest[1]].id if rest else ""
        made[key] = Node(f"n_{len(made)}", kind, name, TYPES[kind], group)  # type: ignore[arg-type]
    arrows: dict[str, Edge] = {}
    for text in edges:
        source, target = text.split()
        arrow = ARROWS[made[source].kind]
        arrows[text] = Edge(f"e_{len(arrows)}", made[source].id, made[target].id, arrow)  # type: ignore[arg-type]
    index = {key: at for at, key in enumerate([*made, *arrows])}
    steps = [
        Moment(
            tuple((index[key], Look(*look.split("|"))) for key, look in changes.items()),
            tuple(sorted(index[key] for key in hot.split(", ") if key)),
        )
        for changes, hot in moments
    ]
    return Scene(tuple(made.values()), tuple(arrows.values()), tuple(steps))


def delayed_failure() -> Scene:
    """The pointer peek is only lent and freed all the same; the flush finds the memory gone."""
    ctx, ssl, session = "ctx#1", "ssl#1", "session#1"
    return scene(
        [
            "var ctx",
            f"ctx {ctx}",
            "var ssl",
            f"ssl {ssl}",
            f"session {session}",
            f"row {session} in {ctx}",
            "var peek",
        ],
        [
            f"*ctx {ctx}",
            f"*ssl {ssl}",
            f"{ssl} {ctx}",
            f"{ssl} {session}",
            f"row:{session} {session}",
            f"*peek {session}",
        ],
        [
            ({}, ""),
            ({"*ctx": "live", ctx: "live|1", f"*ctx {ctx}": "counted"}, f"*ctx, {ctx}, *ctx {ctx}"),
            (
                {
                    "*ssl": "live",
                    ssl: "live|1",
                    ctx: "live|3",
                    f"*ssl {ssl}": "counted",
                    f"{ssl} {ctx}": "counted|×2",
                },
                f"*ssl, {ssl}, {ctx}, *ssl {ssl}, {ssl} {ctx}",
            ),
            (
                {
                    session: "live|2",
                    f"row:{session}": "live",
                    f"{ssl} {session}": "counted",
                    f"row:{session} {session}": "counted",
                },
                f"{session}, row:{session}, {ssl} {session}, row:{session} {session}",
            ),
            ({"*peek": "live", f"*peek {session}": "borrowed"}, f"*peek, *peek {session}"),
            ({session: "live wrong|1 ≠ 2"}, session),
            ({}, ssl),
            (
                {
                    ssl: "freed|0",
                    session: "freed wrong|0 ≠ 1",
                    ctx: "live|1",
                    f"*ssl {ssl}": "dangling",
                    f"{ssl} {ctx}": "absent",
                    f"{ssl} {session}": "absent",
                    f"*peek {session}": "dangling",
                    f"row:{session}": "dangling",
                    f"row:{session} {session}": "dangling",
                },
                f"{ssl}, {session}, {ctx}, {ssl} {ctx}, {ssl} {session}",
            ),
            (
                {f"row:{session}": "absent", f"row:{session} {session}": "absent"},
                f"row:{session}, row:{session} {session}, {session}",
            ),
        ],
    )


def busy() -> Scene:
    """Sixteen boxes: a context, three connections, four sessions, eight variables."""
    variables = ["ctx", "a", "saved", "peek", "b", "tmp", "store", "c"]
    connections = ["ssl#1", "ssl#2", "ssl#3"]
    sessions = [f"session#{number}" for number in range(1, 5)]
    nodes = [
        *(f"var {name}" for name in variables),
        *(f"ssl {name}" for name in connections),
        "ctx ctx#1",
        *(f"session {name}" for name in sessions),
        *(f"row {name} in ctx#1" for name in sessions[:3]),
    ]
    edges = [
        "*ctx ctx#1", "*a ssl#1", "ssl#1 ctx#1", "ssl#1 session#1", "row:session#1 session#1",
        "*saved session#1", "*peek session#1", "*b ssl#2", "ssl#2 ctx#1", "ssl#2 session#1",
        "ssl#2 session#2", "row:session#2 session#2", "*peek session#2", "*tmp session#2",
        "*store session#2", "*c ssl#3", "ssl#3 ctx#1", "ssl#3 session#2", "ssl#3 session#3",
        "row:session#3 session#3", "*saved session#4", "*saved session#3", "*tmp session#3",
    ]  # fmt: skip
    last: Changes = {f"*{name}": "live" for name in variables}
    last |= {"ssl#1": "freed|0", "ssl#2": "live|1", "ssl#3": "live|1", "ctx#1": "live|5"}
    last |= {"session#1": "freed|0", "session#2": "live|4", "session#3": "live|1",
             "session#4": "live|1"}  # fmt: skip
    last |= {"*ctx ctx#1": "counted", "*a ssl#1": "dangling", "*saved session#4": "counted",
             "*peek session#2": "borrowed", "*b ssl#2": "counted", "ssl#2 ctx#1": "counted|×2",
             "ssl#2 session#2": "counted", "*tmp session#2": "counted",
             "*store session#2": "counted", "*c ssl#3": "counted", "ssl#3 ctx#1": "counted|×2",
             "ssl#3 session#3": "counted"}  # fmt: skip
    cached = dict.fromkeys(["row:session#2", "row:session#2 session#2", "row:session#3",
                            "row:session#3 session#3"], "counted")  # fmt: skip
    before = last | {"session#2": "live|5", "session#3": "live|2"} | cached
    flushed = {"session#2": "live|4", "session#3": "live|1"} | dict.fromkeys(cached, "absent")
    return scene(
        nodes,
        edges,
        [({}, ""), (before, "session#2"), (flushed, ", ".join([*flushed]))],
    )


def crowd(objects: int, *, seed: int = 1) -> Scene:
    """A random scene of about so many boxes, all of them alive, in order of creation."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    contexts = ["ctx#1"] + [f"ctx#{n}" for n in range(2, 2 + objects // 60)]
    connections = [f"ssl#{n}" for n in range(1, 1 + objects * 3 // 10)]
    variables = [f"v{n}" for n in range(1, 1 + objects * 3 // 10)]
    rest = objects - len(contexts) - len(connections) - len(variables)
    sessions = [f"session#{n}" for n in range(1, 1 + max(1, rest))]
    cached = {session: pick.choice(contexts) for session in sessions[: len(sessions) // 2]}
    nodes = [
        *(f"ctx {name}" for name in contexts),
        *(f"var {name}" for name in variables),
        *(f"ssl {name}" for name in connections),
        *(f"session {name}" for name in sessions),
        *(f"row {name} in {ctx}" for name, ctx in cached.items()),
    ]
    edges = [f"{ssl} {pick.choice(contexts)}" for ssl in connections]
    edges += [f"{ssl} {pick.choice(sessions)}" for ssl in connections]
    edges += [f"*{name} {pick.choice(connections + sessions)}" for name in variables]
    edges += [f"row:{session} {session}" for session in cached]
    first = {key: "live|1" if "#" in key else "live" for key in (text.split()[1] for text in nodes)}
    looks = {f"*{name}" if name in variables else name: look for name, look in first.items()}
    looks |= {f"row:{name}": "live" for name in cached}
    looks |= dict.fromkeys(edges, "counted")
    return scene(nodes, edges, [({}, ""), (looks, sessions[0])])
