"""A replay agrees with a true model, and finds each thing a false one would say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyrsistent import pmap

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import NULL
from sslrefs.model.world import World
from sslrefs.oracle.comparison import StepComparison
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.replay import replay
from sslrefs.trace.timeline import Timeline

pytestmark = pytest.mark.libssl

TEXT = """\
// sslrefs: peer TLS 1.2
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
"""


def _told_wrong(timeline: Timeline, world: World) -> Timeline:
    """The same run, but the model says that this is the world after its last step."""
    last = timeline.steps[-1]._replace(world=world)
    return replace(timeline, steps=(*timeline.steps[:-1], last))


def _last(timeline: Timeline, library: Libssl) -> StepComparison:
    return list(replay(timeline, library))[-1]


def test_a_true_run_agrees_at_every_step(library: Libssl) -> None:
    timeline = run_text(TEXT)

    steps = list(replay(timeline, library))

    assert [step.step for step in steps] == list(range(len(timeline.steps)))
    assert all(step.agrees for step in steps)


def test_a_wrong_count_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    world = timeline.steps[-1].world
    session = world.sessions[0]
    wrong = world._replace(sessions=world.sessions.set(0, session._replace(count=2)))

    found = _last(_told_wrong(timeline, wrong), library)

    assert [str(one) for one in found.differences] == [
        "count of session#1: the model says 2, libssl says 3"
    ]


def test_a_wrong_cache_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    world = timeline.steps[-1].world
    ctx = world.ctxs[0]
    wrong = world._replace(ctxs=world.ctxs.set(0, ctx._replace(cache=pmap())))

    found = _last(_told_wrong(timeline, wrong), library)

    assert [one.what for one in found.differences] == ["cache of ctx#1"]
    assert [one.libssl for one in found.differences] == ["session#1"]


def test_a_wrong_mark_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    world = timeline.steps[-1].world
    session = world.sessions[0]
    wrong = world._replace(sessions=world.sessions.set(0, session._replace(spoiled=True)))

    found = _last(_told_wrong(timeline, wrong), library)

    assert [one.libssl for one in found.differences] == ["resumable"]


def test_a_wrong_pointer_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    world = timeline.steps[-1].world
    ssl = world.ssls[0]
    wrong = world._replace(ssls=world.ssls.set(0, ssl._replace(session=None)))

    found = _last(_told_wrong(timeline, wrong), library)

    assert [one.what for one in found.differences] == ["session of ssl#1"]


def test_a_death_that_did_not_happen_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    world = timeline.steps[-1].world
    session = world.sessions[0]
    wrong = world._replace(sessions=world.sessions.set(0, session._replace(alive=False)))

    found = _last(_told_wrong(timeline, wrong), library)

    assert [str(one) for one in found.differences] == [
        "session#1: the model says destroyed, libssl says alive"
    ]


def test_a_wrong_result_is_found(library: Libssl) -> None:
    timeline = run_text(TEXT)
    last = timeline.steps[-1]._replace(returned=NULL)

    found = _last(replace(timeline, steps=(*timeline.steps[:-1], last)), library)

    assert [str(one) for one in found.differences] == [
        "returned value: the model says NULL, libssl says session#1"
    ]


def test_a_comparison_ends_with_the_first_difference(library: Libssl) -> None:
    timeline = run_text(TEXT)
    first = timeline.steps[0]
    ctx = first.world.ctxs[0]._replace(count=5)
    wrong = first._replace(world=first.world._replace(ctxs=first.world.ctxs.set(0, ctx)))

    steps = list(replay(replace(timeline, steps=(wrong, *timeline.steps[1:])), library))

    assert len(steps) == 1


def test_undefined_behaviour_is_seen_in_a_child_and_ends_the_comparison(library: Libssl) -> None:
    text = (
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\n"
        "SSL_CTX_free(ctx);\n"
        "SSL_CTX_free(ctx);\n"
        "SSL_SESSION *s = SSL_SESSION_new();\n"
    )

    steps = list(replay(run_text(text), library))

    assert [step.seen is None for step in steps] == [True, True, False]
    assert steps[-1].seen is not None
    assert steps[-1].seen.startswith(("ended by SIG", "no visible effect", "did not return"))


def test_callbacks_of_one_flush_may_come_in_any_order(library: Libssl) -> None:
    text = """\
static void on_remove(SSL_CTX *c, SSL_SESSION *sess) { SSL_SESSION_up_ref(sess); }
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL_SESSION *a = SSL_SESSION_new();
SSL_SESSION *b = SSL_SESSION_new();
SSL_SESSION_set1_id(a, (const unsigned char *)"a", 1);
SSL_SESSION_set1_id(b, (const unsigned char *)"b", 1);
SSL_CTX_add_session(ctx, a);
SSL_CTX_add_session(ctx, b);
SSL_CTX_flush_sessions(ctx, 0);
"""

    steps = list(replay(run_text(text), library))

    assert all(step.agrees for step in steps)
    assert steps[-1].step == len(run_text(text).steps) - 1
