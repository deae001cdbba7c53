"""Where a cache's table cannot be followed: entries that changed or died while it lists them."""

from __future__ import annotations

import pytest

from sslrefs.model import ObjectId, Outcome, World, empty_world, step
from sslrefs.model.objects import Opaque, Text, Value
from sslrefs.model.outcome import Violation

CTX = ObjectId("ctx", 1)
FIRST, SECOND = ObjectId("session", 1), ObjectId("session", 2)
ONE = (Text("one"), 3)


def done(world: World, name: str, *arguments: Value) -> Outcome:
    outcome = step(world, name, arguments)
    assert isinstance(outcome, Outcome)
    return outcome


def two_versions_of_one_id() -> World:
    """Both sessions have the id, the first is cached and the second of another version."""
    world = empty_world()
    for name, arguments in (
        ("SSL_CTX_new", (Opaque("pointer"),)),
        ("SSL_SESSION_new", ()),
        ("SSL_SESSION_new", ()),
        ("SSL_SESSION_set1_id", (FIRST, *ONE)),
        ("SSL_SESSION_set1_id", (SECOND, *ONE)),
        ("SSL_SESSION_set_protocol_version", (SECOND, 0x304)),
        ("SSL_CTX_add_session", (CTX, FIRST)),
    ):
        world = done(world, name, *arguments).world
    return world


def violations(outcome: Outcome) -> list[Violation]:
    return [event for event in outcome.events if isinstance(event, Violation)]


@pytest.mark.parametrize("looked_up", ["SSL_CTX_remove_session", "SSL_CTX_add_session"])
def test_looking_an_id_up_reads_the_dead_entry_of_that_id(looked_up: str) -> None:
    world = two_versions_of_one_id()
    for _ in range(2):
        world = done(world, "SSL_SESSION_free", FIRST).world

    outcome = done(world, looked_up, CTX, SECOND)

    assert [(one.rule, one.target) for one in violations(outcome)] == [("dead", FIRST)]


def test_a_living_entry_of_another_version_is_no_trouble() -> None:
    outcome = done(two_versions_of_one_id(), "SSL_CTX_remove_session", CTX, SECOND)

    assert violations(outcome) == []
    assert outcome.world.cached(CTX) == [FIRST]


@pytest.mark.parametrize(
    "change",
    [("SSL_SESSION_set_protocol_version", (SECOND, 0)), ("SSL_SESSION_set1_id", (SECOND, *ONE))],
)
def test_two_entries_that_become_equal_cannot_be_told_apart(
    change: tuple[str, tuple[Value, ...]],
) -> None:
    world = two_versions_of_one_id()
    if change[0] == "SSL_SESSION_set1_id":
        world = done(world, "SSL_SESSION_set1_id", SECOND, Text("two"), 3).world
    world = done(world, "SSL_CTX_add_session", CTX, SECOND).world

    outcome = done(world, change[0], *change[1])

    assert [(one.rule, one.target) for one in violations(outcome)] == [("bad pointer", SECOND)]
