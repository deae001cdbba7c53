"""A random walk over calls: each is made on the model, and told as a script for libssl."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sslrefs.model.objects import NULL, Ctx, ObjectId, Session, Ssl, Value
from sslrefs.model.outcome import NeedsCallback, Outcome, Stored
from sslrefs.model.rules import step
from sslrefs.model.world import World
from sslrefs.oracle.script import CallbackScript, Deed, Statement

Inner = tuple[str, int]
"""A call that a callback makes on its argument of that number."""


class Body(NamedTuple):
    """A callback of the random program; a get callback answers with the chosen session."""

    calls: tuple[Inner, ...] = ()
    returned: Value | None = None
    copy: int | None = None


BODIES = {
    "look": Body((), 0),
    "keep": Body((), 1),
    "keep_a_second": Body((("SSL_SESSION_up_ref", 1),), 1),
    "count_and_hand_back": Body((("SSL_SESSION_up_ref", 1),), 0),
    "free_what_is_given": Body((("SSL_SESSION_free", 1),), 1),
    "leave": Body(),
    "count_up_and_down": Body((("SSL_SESSION_up_ref", 1), ("SSL_SESSION_free", 1))),
    "take_one": Body((("SSL_SESSION_up_ref", 1),)),
    "free_what_is_lent": Body((("SSL_SESSION_free", 1),)),
    "find": Body((), NULL, 1),
    "find_and_give": Body((), NULL, 0),
}


class Performed(NamedTuple):
    """A call made on the model, and what it wrote into variables."""

    statement: Statement
    world: World
    stored: tuple[Stored, ...] = ()


def perform(
    world: World,
    name: str,
    arguments: tuple[Value, ...],
    directions: tuple[str, ...] = (),
    *,
    answer: Value = NULL,
    index: int = 0,
) -> Performed:
    """Make one call on the model, with the callbacks it needs; `answer` is what they find."""
    outcome = step(world, name, arguments, directions)
    scripts = []
    while isinstance(outcome, NeedsCallback):
        script, after, copy = _run_body(outcome, answer, index)
        scripts.append(script)
        outcome = outcome.resume(after, script.returned, copy)
    deed = Deed(name, arguments, directions, tuple(scripts))
    statement = _statement(deed, outcome, index, was_undefined=world.undefined is not None)
    stored = tuple(event for event in outcome.events if isinstance(event, Stored))
    return Performed(statement, outcome.world, stored)


def _run_body(needs: NeedsCallback, answer: Value, index: int) -> tuple[CallbackScript, World, int]:
    body = BODIES[needs.function]
    world = needs.world
    statements = []
    for name, which in body.calls:
        done = perform(world, name, (needs.arguments[which],), index=index)
        statements.append(done.statement)
        world = done.world
    returned = answer if needs.name == "get_cb" else body.returned
    copy = 1 if body.copy is None else body.copy
    script = CallbackScript(
        needs.name,
        needs.function,
        needs.arguments,
        returned,
        copy if needs.name == "get_cb" else None,
        tuple(statements),
    )
    return script, world, copy


def _statement(deed: Deed, outcome: Outcome, index: int, *, was_undefined: bool) -> Statement:
    return Statement(
        index,
        (deed,),
        outcome.world,
        outcome.returned,
        has_result=True,
        is_undefined=outcome.world.undefined is not None and not was_undefined,
    )


def library_holds(world: World, which: ObjectId) -> int:
    """How many references libssl itself holds on an object, by its pointers."""
    living = [one for one in world.living() if one.kind in ("ssl", "ctx")]
    held = 0
    for one in living:
        record = world.record(one)
        if isinstance(record, Ssl):
            held += (record.session, record.ctx, record.session_ctx).count(which)
        elif isinstance(record, Ctx):
            held += list(record.cache.values()).count(which)
    return held


def program_owns(world: World, which: ObjectId) -> int:
    """How many references the program has to give back; negative if it gave too many."""
    return world.record(which).count - library_holds(world, which)


def is_sound(world: World) -> bool:
    """Whether every count covers what libssl's own pointers hold, and nothing dangles."""
    if any(world.ctx(one).has_broken_list for one in world.all_ids() if one.kind == "ctx"):
        return False
    return all(
        program_owns(world, one) >= 0 if world.record(one).alive else not library_holds(world, one)
        for one in world.all_ids()
    )


def clear_up(world: World, call: Callable[..., object], address: Callable[[ObjectId], int]) -> None:
    """Give back, on the real library, all that the program still owns; only in a sound world."""
    for one in world.living():
        if isinstance(world.record(one), Ctx):
            for setter in ("new", "remove", "get"):
                call(f"SSL_CTX_sess_set_{setter}_cb", address(one), None)
    owned = [(one, program_owns(world, one)) for one in world.living()]
    for kind, free in ((Ssl, "SSL_free"), (Ctx, "SSL_CTX_free"), (Session, "SSL_SESSION_free")):
        for one, count in owned:
            if isinstance(world.record(one), kind):
                for _ in range(count):
                    call(free, address(one))
