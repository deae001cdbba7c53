"""Large groups share a box; every number on it is exact at every moment."""

from __future__ import annotations

from collections import Counter

import pytest

from sslrefs.picture.scene import Scene
from sslrefs.studio.run import Run, run

HEAD = "/* sslrefs: peer TLS 1.2 */\nSSL_CTX *ctx = SSL_CTX_new(TLS_server_method());\n"
LOOP = (
    HEAD
    + """\
SSL *all[{n}];
for (int i = 0; i < {n}; i++) {{
  all[i] = SSL_new(ctx);
  SSL_accept(all[i]);
}}
for (int i = 0; i < {n}; i++)
  SSL_free(all[i]);
SSL_CTX_free(ctx);
"""
)


def boxes(scene: Scene) -> dict[str, str]:
    """The boxes that are drawn: names by id."""
    return {node.id: node.name for node in scene.nodes if node.kind != "row"}


def badge(scene: Scene, name: str, moment: int) -> str:
    """What an item says at a moment."""
    ids = [node.id for node in scene.nodes] + [edge.id for edge in scene.edges]
    return scene.looks_at(moment)[ids.index(name)].text


def test_a_small_run_is_drawn_whole() -> None:
    small = run(LOOP.format(n=10))

    assert small.folded.homes == {}
    assert small.folded.boxes == len(boxes(small.scene)) == 31 + 1


def test_what_a_loop_made_shares_a_box_after_the_first_few() -> None:
    loop = run(LOOP.format(n=500))
    names = Counter(boxes(loop.scene).values())

    assert names["+497 more"] == 3  # variables, connections, sessions
    assert {"ssl#1", "ssl#3", "session#3", "ctx#1"} <= set(names)
    assert "ssl#4" not in names
    assert len(names) < 16
    assert loop.folded.boxes == 1502


@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.8, 1])
def test_the_numbers_are_those_of_the_whole_picture(share: float) -> None:
    timeline = run(LOOP.format(n=60)).timeline
    moment = int(share * len(timeline.steps))
    folded, whole = Run(timeline).folded, Run(timeline, is_whole=True).scene
    looks = dict(
        zip(
            [*(node.id for node in whole.nodes), *(edge.id for edge in whole.edges)],
            whole.looks_at(moment),
            strict=True,
        )
    )
    (group,) = {home for node, home in folded.homes.items() if node.startswith("n_ssl")}
    members = [node for node, home in folded.homes.items() if home == group]
    alive = sum("live" in looks[node].words for node in members)
    exist = sum(looks[node].words != "absent" for node in members)

    assert badge(folded.scene, group, moment) == (f"{alive} alive" if exist else "")
    held = sum(
        int(looks[edge.id].text[1:] or 1) if looks[edge.id].text else 1
        for edge in whole.edges
        if edge.source in members and edge.target == "n_ctx1" and looks[edge.id].words == "counted"
    )
    arrow = badge(folded.scene, f"e_{group[2:]}__ctx1", moment)
    assert arrow == (f"×{held}" if held > 1 else "")


def test_a_group_is_freed_only_when_nothing_is_to_come() -> None:
    text = HEAD + "for (int i = 0; i < 60; i++) { SSL *s = SSL_new(ctx); SSL_free(s); }"
    scene = run(text).scene
    (group,) = (node.id for node in scene.nodes if node.kind == "ssl" and node.more)
    at = [node.id for node in scene.nodes].index(group)

    middle, end = scene.looks_at(61)[at], scene.looks_at(len(scene.moments) - 1)[at]

    assert (middle.words, middle.text) == ("live", "0 alive")
    assert (end.words, end.text) == ("freed", "0 alive")


def test_what_the_findings_are_about_keeps_its_box() -> None:
    text = HEAD + "SSL *keep[60];\nfor (int i = 0; i < 60; i++) keep[i] = SSL_new(ctx);\n"
    text += "for (int i = 0; i < 60; i++) if (i != 40) SSL_free(keep[i]);\nSSL_CTX_free(ctx);"
    one = run(text)

    assert [str(bug.object) for bug in one.findings] == ["ssl#41"]
    assert "ssl#41" in boxes(one.scene).values()
    assert "ssl#40" not in boxes(one.scene).values()


def test_many_alike_that_no_loop_made_share_a_box_too() -> None:
    text = "".join(f"SSL_SESSION *s{n} = SSL_SESSION_new();\n" for n in range(100))

    names = Counter(boxes(run(text).scene).values())

    assert len(names) < 30
    assert any(name.endswith(" more") for name in names)


def test_two_thousand_objects_in_ten_thousand_steps_are_drawn_in_seconds() -> None:
    rounds = "SSL *s = SSL_new(ctx);\nSSL_accept(s);\nSSL_shutdown(s);\nSSL_free(s);\n" * 1
    text = HEAD + f"for (int i = 0; i < 990; i++) {{\n{rounds}{'SSL_CTX_up_ref(ctx);' * 5}\n}}\n"
    large = run(text)

    assert large.timeline.cut is None
    assert len(large.timeline.objects()) > 1900
    assert len(boxes(large.scene)) < 20
    assert len(large.drawn.svg) < 40_000
