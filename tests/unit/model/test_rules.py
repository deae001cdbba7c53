"""What single calls do to counts: the rules, one fact at a time."""

from __future__ import annotations

import pytest

from sslrefs.model import NULL, NeedsCallback, ObjectId, Outcome, Peer, World, empty_world, step
from sslrefs.model.objects import Address, Bytes, Function, Opaque, Value
from sslrefs.model.outcome import PROGRAM, CountChanged, Created, Destroyed, Holder, Violation

CTX, SSL, SESSION = ObjectId("ctx", 1), ObjectId("ssl", 1), ObjectId("session", 1)
METHOD = Opaque("pointer")
TLS_1_2_WITHOUT_TICKETS = Peer(max_version=0x303, gives_tickets=False)


def done(world: World, name: str, *arguments: Value) -> Outcome:
    outcome = step(world, name, arguments)
    assert isinstance(outcome, Outcome)
    return outcome


def after(*calls: tuple[str, tuple[Value, ...]]) -> World:
    world = empty_world(peer=TLS_1_2_WITHOUT_TICKETS)
    for name, arguments in calls:
        world = done(world, name, *arguments).world
    return world


def served() -> World:
    """A server has accepted one connection: its session is cached."""
    return after(("SSL_CTX_new", (METHOD,)), ("SSL_new", (CTX,)), ("SSL_accept", (SSL,)))


def test_a_new_session_has_count_one_and_belongs_to_the_program() -> None:
    outcome = done(empty_world(), "SSL_SESSION_new")

    assert outcome.returned == SESSION
    assert outcome.events == (Created(SESSION, PROGRAM),)
    assert outcome.world.session(SESSION).count == 1


def test_a_connection_holds_its_context_twice() -> None:
    world = after(("SSL_CTX_new", (METHOD,)))

    outcome = done(world, "SSL_new", CTX)

    assert outcome.world.ctx(CTX).count == 3
    assert [e for e in outcome.events if isinstance(e, CountChanged)] == [
        CountChanged(CTX, 1, 2, Holder("ctx", SSL)),
        CountChanged(CTX, 2, 3, Holder("session_ctx", SSL)),
    ]


def test_a_server_without_tickets_shares_its_session_with_the_cache() -> None:
    world = served()

    assert world.session(SESSION).count == 2
    assert world.cached(CTX) == [SESSION]


@pytest.mark.parametrize("getter", ["SSL_get_session", "SSL_get0_session"])
def test_a_plain_getter_lends(getter: str) -> None:
    world = served()

    outcome = done(world, getter, SSL)

    assert outcome.returned == SESSION
    assert outcome.world == world


def test_get1_counts() -> None:
    assert done(served(), "SSL_get1_session", SSL).world.session(SESSION).count == 3


def test_free_does_not_look_whether_the_cache_still_links_it() -> None:
    world = served()
    for _ in range(2):
        world = done(world, "SSL_SESSION_free", SESSION).world

    assert not world.session(SESSION).alive
    assert world.cached(CTX) == [SESSION]
    assert world.ctx(CTX).dead_links == 1
    assert world.undefined is None


def test_the_flush_that_reads_the_dead_entry_is_the_violation() -> None:
    world = served()
    for _ in range(2):
        world = done(world, "SSL_SESSION_free", SESSION).world

    outcome = done(world, "SSL_CTX_flush_sessions", CTX, 0)

    assert outcome.events == (
        Violation(
            "dead",
            SESSION,
            Holder("cache", CTX),
            "the flush of ctx#1's cache reads session#1, whose memory is gone",
        ),
    )
    assert outcome.world.undefined == outcome.events[0].what


def test_an_unclean_end_takes_the_session_out_of_the_cache_and_spoils_it() -> None:
    world = done(served(), "SSL_SESSION_up_ref", SESSION).world

    world = done(world, "SSL_free", SSL).world

    assert world.cached(CTX) == []
    assert world.session(SESSION).spoiled
    assert world.session(SESSION).count == 1


def test_shutdown_spares_it() -> None:
    world = done(served(), "SSL_shutdown", SSL).world

    world = done(world, "SSL_free", SSL).world

    assert world.cached(CTX) == [SESSION]
    assert not world.session(SESSION).spoiled


def test_null_is_ignored_by_the_three_free_functions_only() -> None:
    for name in ("SSL_CTX_free", "SSL_free", "SSL_SESSION_free"):
        assert done(empty_world(), name, NULL).events == ()
    assert done(empty_world(), "SSL_SESSION_up_ref", NULL).world.undefined is not None


def test_what_is_dead_is_not_changed_by_a_call() -> None:
    world = after(("SSL_SESSION_new", ()), ("SSL_SESSION_free", (SESSION,)))

    outcome = done(world, "SSL_SESSION_free", SESSION)

    assert [type(event) for event in outcome.events] == [Violation]
    assert outcome.world.sessions == world.sessions


def test_the_last_free_of_a_context_flushes_first() -> None:
    world = done(done(served(), "SSL_shutdown", SSL).world, "SSL_free", SSL).world

    outcome = done(world, "SSL_CTX_free", CTX)

    assert [e.target for e in outcome.events if isinstance(e, Destroyed)] == [SESSION, CTX]


def test_a_handshake_waits_for_the_new_callback_and_goes_on_once_it_has_run() -> None:
    world = after(
        ("SSL_CTX_new", (METHOD,)),
        ("SSL_CTX_sess_set_new_cb", (CTX, Function("on_new"))),
        ("SSL_new", (CTX,)),
    )

    waiting = step(world, "SSL_accept", (SSL,))

    assert isinstance(waiting, NeedsCallback)
    assert (waiting.name, waiting.function, waiting.arguments) == (
        "new_cb",
        "on_new",
        (SSL, SESSION),
    )
    assert waiting.world.session(SESSION).count == 3
    kept = waiting.resume(waiting.world, 1, None)
    assert isinstance(kept, Outcome)
    assert kept.world.session(SESSION).count == 3


def test_a_world_is_never_changed_by_a_step() -> None:
    world = served()
    before = (world.sessions, world.ssls, world.ctxs, world.ctx(CTX).cache)

    done(world, "SSL_free", SSL)

    assert (world.sessions, world.ssls, world.ctxs, world.ctx(CTX).cache) == before


@pytest.mark.parametrize("sharing", [("SSL_copy_session_id", 2), ("SSL_dup", 1)])
def test_sharing_a_session_that_is_gone_is_undefined(sharing: tuple[str, int]) -> None:
    """A connection still points to it: the program gave back what it did not own."""
    other = ObjectId("ssl", 2)
    world = after(
        ("SSL_CTX_new", (METHOD,)),
        ("SSL_new", (CTX,)),
        ("SSL_new", (CTX,)),
        ("SSL_SESSION_new", ()),
        ("SSL_set_session", (SSL, SESSION)),
        ("SSL_SESSION_free", (SESSION,)),
        ("SSL_SESSION_free", (SESSION,)),
    )

    name, parameters = sharing
    outcome = done(world, name, *(other, SSL)[-parameters:])

    assert world.undefined is None
    assert outcome.world.undefined == f"{name} counts up session#1, whose memory is gone"


def test_null_for_a_context_that_is_gone_is_followed_into_it() -> None:
    world = after(("SSL_CTX_new", (METHOD,)), ("SSL_new", (CTX,)))
    for _ in range(3):
        world = done(world, "SSL_CTX_free", CTX).world

    outcome = done(world, "SSL_set_SSL_CTX", SSL, NULL)

    (violation,) = (event for event in outcome.events if isinstance(event, Violation))
    assert (violation.rule, violation.target) == ("dead", CTX)


def test_bytes_without_a_ticket_cannot_fill_a_session_that_has_one() -> None:
    """OpenSSL frees the ticket and keeps its length; what reads it then is not known."""
    world = after(("SSL_CTX_new", (METHOD,)), ("SSL_new", (CTX,)), ("SSL_connect", (SSL,)))
    bare = world.session(SESSION)
    with_ticket = World(*world)._replace(
        sessions=world.sessions.set(0, bare._replace(has_ticket=True))
    )

    place = Address("s", SESSION)
    outcome = done(with_ticket, "d2i_SSL_SESSION", place, Address("p", Bytes(bare)), 64)

    assert [e.rule for e in outcome.events if isinstance(e, Violation)] == ["bad pointer"]
