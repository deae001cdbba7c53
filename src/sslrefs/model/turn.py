"""A call in progress: the world as far as it has got, and the events so far.

A rule receives a turn, changes it through the few verbs here and returns the
call's value. The world the call started from is never touched: its parts are
replaced, not changed. Counting, dying and touching what is dead are written
here once, for all three kinds of object.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Literal, TypeVar

from sslrefs.model.objects import Ctx, ObjectId, Session, Ssl, Value
from sslrefs.model.outcome import (
    CallbackRun,
    CountChanged,
    Created,
    Destroyed,
    Event,
    Holder,
    Linked,
    NeedsCallback,
    Outcome,
    Spoiled,
    Transferred,
    Unlinked,
    Violation,
)
from sslrefs.model.world import World

__all__ = ["Pause", "Rule", "Turn", "Work"]

BrokenRule = Literal["dead", "two lists", "bad pointer"]
CallbackName = Literal["new_cb", "remove_cb", "get_cb"]


class Pause:
    """What a rule yields to let a callback of the program run."""

    __slots__ = ("arguments", "function", "name")

    def __init__(self, name: CallbackName, function: str, arguments: tuple[Value, ...]) -> None:
        self.name: CallbackName = name
        self.function = function
        self.arguments = arguments


Answer = tuple[Value | None, int | None]
T = TypeVar("T")
Work = Generator[Pause, Answer, T]
"""Work that may run callbacks on its way to a result."""
Rule = Work[Value | None]
"""A rule that may run callbacks; it returns what the C function returns."""


class Turn:
    """One libssl call while it is being worked out."""

    __slots__ = (
        "bios",
        "clock",
        "ctxs",
        "directions",
        "events",
        "library",
        "peer",
        "serial",
        "sessions",
        "ssls",
        "undefined",
    )

    def __init__(self, world: World, directions: tuple[str, ...] = ()) -> None:
        self.events: list[Event] = []
        self.directions = directions
        self._adopt(world)

    def _adopt(self, world: World) -> None:
        (
            self.library,
            self.ctxs,
            self.ssls,
            self.sessions,
            self.clock,
            self.serial,
            self.peer,
            self.undefined,
            self.bios,
        ) = world

    @property
    def world(self) -> World:
        """The world as it is now."""
        return World(
            self.library,
            self.ctxs,
            self.ssls,
            self.sessions,
            self.clock,
            self.serial,
            self.peer,
            self.undefined,
            self.bios,
        )

    # -- reading -----------------------------------------------------------

    def ctx(self, which: ObjectId) -> Ctx:
        """The SSL_CTX of that name."""
        return self.ctxs[which.number - 1]

    def ssl(self, which: ObjectId) -> Ssl:
        """The SSL of that name."""
        return self.ssls[which.number - 1]

    def session(self, which: ObjectId) -> Session:
        """The SSL_SESSION of that name."""
        return self.sessions[which.number - 1]

    def record(self, which: ObjectId) -> Ctx | Ssl | Session:
        """The object of that name."""
        if which.kind == "session":
            return self.sessions[which.number - 1]
        if which.kind == "ssl":
            return self.ssls[which.number - 1]
        return self.ctxs[which.number - 1]

    # -- changing ----------------------------------------------------------

    def change_ctx(self, which: ObjectId, **fields: Any) -> None:
        """Give some fields of an SSL_CTX new values."""
        index = which.number - 1
        self.ctxs = self.ctxs.set(index, self.ctxs[index]._replace(**fields))

    def change_ssl(self, which: ObjectId, **fields: Any) -> None:
        """Give some fields of an SSL new values."""
        index = which.number - 1
        self.ssls = self.ssls.set(index, self.ssls[index]._replace(**fields))

    def change_session(self, which: ObjectId, **fields: Any) -> None:
        """Give some fields of an SSL_SESSION new values."""
        index = which.number - 1
        self.sessions = self.sessions.set(index, self.sessions[index]._replace(**fields))

    def change(self, which: ObjectId, **fields: Any) -> None:
        """Give some fields of an object of any kind new values."""
        if which.kind == "session":
            self.change_session(which, **fields)
        elif which.kind == "ssl":
            self.change_ssl(which, **fields)
        else:
            self.change_ctx(which, **fields)

    def next_serial(self) -> int:
        """A number never given before: for ids and for the order in lists."""
        self.serial += 1
        return self.serial

    # -- living and dying --------------------------------------------------

    def create(self, record: Ctx | Ssl | Session, holder: Holder) -> ObjectId:
        """A new object with count 1; the reference belongs to `holder`."""
        if isinstance(record, Session):
            self.sessions = self.sessions.append(record)
            made = ObjectId("session", len(self.sessions))
        elif isinstance(record, Ssl):
            self.ssls = self.ssls.append(record)
            made = ObjectId("ssl", len(self.ssls))
        else:
            self.ctxs = self.ctxs.append(record)
            made = ObjectId("ctx", len(self.ctxs))
        self.events.append(Created(made, holder))
        return made

    def up(self, which: ObjectId, holder: Holder) -> None:
        """Count one up for `holder`."""
        before = self.record(which).count
        self.change(which, count=before + 1)
        self.events.append(CountChanged(which, before, before + 1, holder))

    def down(self, which: ObjectId, holder: Holder) -> int:
        """Count one down, given back by `holder`; the new count. Nothing dies here."""
        before = self.record(which).count
        self.change(which, count=before - 1)
        self.events.append(CountChanged(which, before, before - 1, holder))
        return before - 1

    def hand_over(self, which: ObjectId, giver: Holder, taker: Holder) -> None:
        """A counted reference changes hands."""
        self.events.append(Transferred(which, giver, taker))

    def bury(self, which: ObjectId) -> None:
        """The object's memory goes."""
        self.change(which, alive=False)
        self.events.append(Destroyed(which))

    def linked(self, which: ObjectId, holder: Holder) -> None:
        """Say that `holder` points to the object from now on."""
        self.events.append(Linked(which, holder))

    def unlinked(self, which: ObjectId, holder: Holder, why: str) -> None:
        """Say that `holder` no longer points to the object."""
        self.events.append(Unlinked(which, holder, why))

    def tell(self, event: Event) -> None:
        """Note an event that changes nothing in the world."""
        self.events.append(event)

    def spoil(self, which: ObjectId, why: str) -> None:
        """Mark a session not resumable."""
        if not self.session(which).spoiled:
            self.change_session(which, spoiled=True)
            self.events.append(Spoiled(which, why))

    # -- undefined behaviour -----------------------------------------------

    def violate(
        self, rule: BrokenRule, target: ObjectId | None, by: Holder | None, what: str
    ) -> None:
        """Note a broken rule of C; from here on the run is undefined."""
        self.events.append(Violation(rule, target, by, what))
        if self.undefined is None:
            self.undefined = what

    def is_alive(self, which: ObjectId, by: Holder | None, deed: str) -> bool:
        """Whether the object may be touched; if it is dead, touching it is a violation."""
        if self.record(which).alive:
            return True
        self.violate("dead", which, by, f"{deed} {which}, whose memory is gone")
        return False

    # -- callbacks and the end ---------------------------------------------

    def call_back(
        self, name: CallbackName, function: str, arguments: tuple[Value, ...]
    ) -> Generator[Pause, Answer, Answer]:
        """Let a callback of the program run; what it returned, and its `*copy`."""
        answer = yield Pause(name, function, arguments)
        copy = answer[1] if name == "get_cb" else None
        self.events.append(CallbackRun(name, function, arguments, answer[0], copy))
        return answer

    def finish(self, rule: Rule, answer: Answer | None = None) -> Outcome | NeedsCallback:
        """Work a rule on to its end, or to the next callback it needs."""
        try:
            pause = rule.send(answer) if answer is not None else next(rule)
        except StopIteration as end:
            return self.outcome(end.value)
        events, self.events = tuple(self.events), []

        def resume(
            world: World, returned: Value | None, copy: int | None
        ) -> Outcome | NeedsCallback:
            self._adopt(world)
            return self.finish(rule, (returned, copy))

        return NeedsCallback(
            pause.name, pause.function, pause.arguments, self.world, events, resume
        )

    def outcome(self, returned: Value | None) -> Outcome:
        """The call is over and returned this value."""
        return Outcome(self.world, tuple(self.events), returned)
