"""What one libssl call did: events, in order, and the world after them.

A broken ownership rule is an event (`Violation`), never an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sslrefs.model.objects import ObjectId, Side, Value
from sslrefs.model.world import World

__all__ = [
    "PROGRAM",
    "Barred",
    "CallbackRun",
    "CountChanged",
    "Created",
    "Destroyed",
    "Event",
    "Holder",
    "Linked",
    "Misplaced",
    "NeedsCallback",
    "Outcome",
    "Refused",
    "Spoiled",
    "Stored",
    "Transferred",
    "Unlinked",
    "Violation",
]


class Holder(NamedTuple):
    """Who holds a counted reference.

    `slot` is "program", or what of `owner` holds it: "session", "ctx" or
    "session_ctx" of an SSL, "cache" of an SSL_CTX, "new_cb" while a new
    session is offered to the program's callback.
    """

    slot: Literal["program", "session", "ctx", "session_ctx", "cache", "new_cb", "lookup"]
    owner: ObjectId | None = None

    def __str__(self) -> str:
        return self.slot if self.owner is None else f"{self.owner}.{self.slot}"


PROGRAM = Holder("program")


class Created(NamedTuple):
    """An object came into being with count 1, held by `holder`."""

    target: ObjectId
    holder: Holder


class CountChanged(NamedTuple):
    """A count went from `before` to `after`; `holder` took or gave back the reference."""

    target: ObjectId
    before: int
    after: int
    holder: Holder


class Transferred(NamedTuple):
    """A counted reference changed hands; the count stayed."""

    target: ObjectId
    giver: Holder
    taker: Holder


class Linked(NamedTuple):
    """`holder` now points to `target`."""

    target: ObjectId
    holder: Holder


class Unlinked(NamedTuple):
    """`holder` no longer points to `target`; `why` is one of libssl's reasons."""

    target: ObjectId
    holder: Holder
    why: str


class Destroyed(NamedTuple):
    """The object's memory is gone."""

    target: ObjectId


class Spoiled(NamedTuple):
    """A session was marked not resumable; `why` is one of libssl's reasons."""

    target: ObjectId
    why: str


class Stored(NamedTuple):
    """The call wrote a value into a variable it was given the address of."""

    place: str
    value: Value


class Refused(NamedTuple):
    """A session was offered in a handshake that could not resume it.

    `why` is "not resumable", "peer" (the peer would not) or "other context"
    (it is in the cache of another context than the connection's).
    """

    target: ObjectId
    ssl: ObjectId
    why: Literal["not resumable", "peer", "other context"]


class Barred(NamedTuple):
    """A handshake was asked for that the connection's SSL_METHOD does not have."""

    ssl: ObjectId
    side: Side


class Misplaced(NamedTuple):
    """A session was to leave the cache of `ctx`, but it is in the cache of `actual`."""

    target: ObjectId
    ctx: ObjectId
    actual: ObjectId


class CallbackRun(NamedTuple):
    """A callback of the program ran to its end.

    `name` is "new_cb", "remove_cb" or "get_cb"; `arguments` are what libssl
    passed; `copy` is what a get callback wrote to `*copy`, None if it did not
    (libssl takes that for 1).
    """

    name: Literal["new_cb", "remove_cb", "get_cb"]
    function: str
    arguments: tuple[Value, ...]
    returned: Value | None
    copy: int | None = None


class Violation(NamedTuple):
    """A rule of C was broken: from here on the behaviour is undefined.

    `rule` is "dead" (freed memory is touched), "two lists" (a session is put
    into a second cache's list) or "bad pointer" (NULL, uninitialised, or of
    another kind). `by` is the holder whose pointer was followed, None for the
    program's argument; `what` says it in a few words.
    """

    rule: Literal["dead", "two lists", "bad pointer"]
    target: ObjectId | None
    by: Holder | None
    what: str


Event = (
    Created
    | CountChanged
    | Transferred
    | Linked
    | Unlinked
    | Destroyed
    | Spoiled
    | Stored
    | Refused
    | Barred
    | Misplaced
    | CallbackRun
    | Violation
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a call: the next world, what happened, and what it returned."""

    world: World
    events: tuple[Event, ...]
    returned: Value | None


@dataclass(frozen=True, slots=True)
class NeedsCallback:
    """A call that waits in its middle until a callback of the program has run.

    `world` is the world the callback sees, `events` what happened up to here.
    Run `function(*arguments)` on it, then call `resume(world, returned, copy)`
    once (`copy` is None unless a get callback wrote to it); it gives the end of
    the call or the next callback.
    """

    name: Literal["new_cb", "remove_cb", "get_cb"]
    function: str
    arguments: tuple[Value, ...]
    world: World
    events: tuple[Event, ...]
    resume: Callable[[World, Value | None, int | None], Outcome | NeedsCallback]
