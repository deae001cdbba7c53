"""Whatever a program does, its run can be explained: counts, holders, scenes, words, data."""

from __future__ import annotations

import json

from hypothesis import example, given, settings

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import Session
from sslrefs.picture.scene import Look
from sslrefs.studio.run import Run, run
from sslrefs.trace.timeline import Timeline
from tests.property.programs import programs

STEP_FIELDS = {
    *("step", "line", "text", "depth", "calls", "returns", "counts", "holders", "cached"),
    *("dangling", "not_resumable", "destroyed", "callbacks", "variables", "undefined", "says"),
}
FINDING_FIELDS = {
    *("kind", "cause", "object", "wrong_step", "shows_step", "wrong_line", "shows_line"),
    *("at_line", "fix_line", "consequences", "message", "fix"),
}

FREED_INSIDE_AND_AGAIN = """
static void drop(SSL_SESSION *x) { SSL_SESSION_free(x); }
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
drop(s);
SSL_SESSION_free(s);
"""


def first_trouble(result: Run) -> int:
    """The first step that a finding calls wrong, or that is undefined.

    The wrong step of a finding is the outermost statement; inside a function
    the count is wrong from the free itself on, which is an earlier step.
    """
    wrong = [f.wrong_step for f in result.findings if f.kind not in ("leak", "lost_pointer")]
    wrong += [surplus.step for surplus in result.ledger.surpluses]
    wrong += [step.index for step in result.timeline.steps if step.undefined]
    return min(wrong, default=len(result.timeline.steps))


@given(programs())
@example(FREED_INSIDE_AND_AGAIN)
@settings(max_examples=300, deadline=None)
def test_counts_are_the_number_of_holders_until_something_is_wrong(source: str) -> None:
    result = run(source)

    for step in result.timeline.steps[: first_trouble(result)]:
        for which in step.world.living():
            count = step.world.record(which).count
            holders = result.ledger.holders(which, step.index)
            assert count > 0
            assert (step.index, str(which), count) == (step.index, str(which), len(holders))


@given(programs())
@settings(max_examples=100, deadline=None)
def test_nothing_is_shown_as_wrong_before_something_is_wrong(source: str) -> None:
    result = run(source)
    end = first_trouble(result)

    for rows in result.rows[:end]:
        assert [row for row in rows if "≠" in row.state or "still held" in row.state] == []
    for moment in result.scene.moments[: end + 1]:
        assert [look for _item, look in moment.changes if "wrong" in look.words] == []


@given(programs())
@settings(max_examples=150, deadline=None)
def test_a_run_without_undefined_behaviour_has_no_finding_that_needs_it(source: str) -> None:
    result = run(source)

    undefined = any(step.undefined for step in result.timeline.steps)
    assert undefined == any(
        f.kind in ("double_free", "use_after_free", "bad_pointer") or f.shows_step is not None
        for f in result.findings
        if f.kind not in ("wrong_ctx", "not_resumable")
    ) or any(f.kind == "wrong_ctx" for f in result.findings)


@given(programs())
@settings(max_examples=100, deadline=None)
def test_references_still_held_at_the_end_of_a_defined_run_are_found(source: str) -> None:
    result = run(source)
    if not result.timeline.steps or any(step.undefined for step in result.timeline.steps):
        return

    last = result.timeline.steps[-1]
    found = {f.object for f in result.findings if f.kind in ("leak", "lost_pointer")}
    for which in last.world.living():
        holders = result.ledger.holders(which, last.index)
        if any("#" not in holder for holder in holders):
            assert which in found


@given(programs())
@settings(max_examples=100, deadline=None)
def test_the_data_have_the_fields_of_the_schema(source: str) -> None:
    result = run(source)

    data = json.loads(json.dumps(result.data()))

    assert {"schema", "library", "steps", "findings", "notes"} <= set(data)
    assert data["schema"] == 1
    assert [step["step"] for step in data["steps"]] == list(range(len(data["steps"])))
    for step in data["steps"]:
        assert set(step) >= STEP_FIELDS
        assert set(step["holders"]) == set(step["counts"])
        assert step["says"]
    for finding in data["findings"]:
        assert set(finding) >= FINDING_FIELDS
        last = len(data["steps"])
        assert 0 <= finding["wrong_step"] < last
        assert finding["shows_step"] is None or 0 <= finding["shows_step"] < last
        assert finding["wrong_line"] == data["steps"][finding["wrong_step"]]["line"]
        assert all(0 <= c["step"] < last for c in finding["consequences"])


@given(programs())
@settings(max_examples=100, deadline=None)
def test_the_scene_is_consistent(source: str) -> None:
    result = run(source)
    scene = result.scene
    items = len(scene.nodes) + len(scene.edges)
    nodes = {node.id for node in scene.nodes}

    assert len(scene.moments) == len(result.timeline.steps) + 1
    assert len({node.id for node in scene.nodes} | {edge.id for edge in scene.edges}) == items
    assert all(edge.source in nodes and edge.target in nodes for edge in scene.edges)
    for moment in scene.moments:
        assert all(0 <= item < items for item, _look in moment.changes)
        assert all(0 <= item < items for item in moment.hot)
    if not result.timeline.steps:
        return
    looks = scene.looks_at(len(result.timeline.steps))
    world = result.timeline.steps[-1].world
    objects = {f"n_{str(which).replace('#', '')}": which for which in world.all_ids()}
    for node, look in zip(scene.nodes, looks, strict=False):
        if node.id in objects:
            record = world.record(objects[node.id])
            assert look.words.startswith("live" if record.alive else "freed")
    live = {str(which) for which in world.all_ids()}
    assert {node.name for node in scene.nodes if node.kind in ("ctx", "ssl", "session")} == live
    assert Look("absent") == scene.looks_at(0)[0] if scene.nodes else True


@given(programs())
@settings(max_examples=60, deadline=None)
def test_a_run_can_be_repeated(source: str) -> None:
    first, second = run(source), run(source)

    assert json.dumps(first.data()) == json.dumps(second.data())
    assert first.scene == second.scene
    assert str(first) == str(second)


@given(programs())
@settings(max_examples=60, deadline=None)
def test_worlds_do_not_change_after_their_step(source: str) -> None:
    timeline = run_text(source)
    before = [repr(step.world) for step in timeline.steps]

    Run(timeline).data()
    Run(timeline).scene  # noqa: B018  # made for its side effects, of which there must be none

    assert [repr(step.world) for step in timeline.steps] == before
    assert_prefixes_agree(source, timeline)


def assert_prefixes_agree(source: str, timeline: Timeline) -> None:
    """A run of the text cut after some line is the beginning of the whole run."""
    lines = source.splitlines()
    for cut in range(12, len(lines), 7):
        if "{" in lines[cut] and "}" not in lines[cut]:
            continue
        part = run_text("\n".join(lines[: cut + 1]))
        whole = [step for step in timeline.steps if step.line <= cut + 1]
        assert [step.world for step in part.steps] == [
            step.world for step in whole[: len(part.steps)]
        ]
        assert all(isinstance(session, Session) for session in part.world_after(-1).sessions)
