"""Leads the real library through a run and compares after every statement.

Runs in the calling process. Where undefined behaviour begins it forks, so
that only the child can be hurt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sslrefs.model.objects import NULL, ObjectId, Uninitialised
from sslrefs.model.world import Peer, World, empty_world
from sslrefs.oracle.calls import ALIASES, SPECIAL, Surroundings, is_known
from sslrefs.oracle.clock import Clock, Living
from sslrefs.oracle.comparison import Difference, StepComparison
from sslrefs.oracle.doomed import see
from sslrefs.oracle.encoded import Encoded
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.names import Names
from sslrefs.oracle.observe import differences
from sslrefs.oracle.peer import Role, ScriptedPeer
from sslrefs.oracle.probe import Probe
from sslrefs.oracle.reading import read_timeline
from sslrefs.oracle.registry import Native, registry_of
from sslrefs.oracle.script import CallbackName, CallbackScript, Deed, Statement
from sslrefs.oracle.values import CannotBeReplayedError, Values, to_number
from sslrefs.trace.timeline import Timeline

__all__ = ["DOOMED_LIMIT", "Replay", "has_old_entry", "has_old_ticket", "replay"]

DOOMED_LIMIT = 5.0
"""Seconds a statement with undefined behaviour may run."""
_DECODERS = {"d2i_SSL_SESSION", "PEM_read_bio_SSL_SESSION"}


class Replay:
    """One run on one library. Leave it with `close`."""

    def __init__(
        self, library: Libssl, peer: Peer = Peer(), *, doomed_limit: float = DOOMED_LIMIT
    ) -> None:
        self._library = library
        registry = registry_of(library)
        registry.forget()
        self.names = Names(registry)
        self._probe = Probe(library)
        self._peer = ScriptedPeer(library, peer)
        self._clock = Clock(library)
        self._values = Values(self.names, self._call_back)
        self._encoded = Encoded(library, self.names)
        self._around = Surroundings(
            library,
            self._clock,
            self._peer,
            self._sessions,
            registry.native_at,
            self._side_of,
        )
        self._world = empty_world(peer=peer)
        self._limit = doomed_limit
        self._timed: set[ObjectId] = set()
        self._waiting: list[list[CallbackScript]] = []
        self._found: list[StepComparison] = []
        self._trouble: list[Difference] = []
        self._failure: BaseException | None = None
        self._is_comparing = True

    def close(self) -> None:
        """Free the scripted peer's objects; those of the program stay as the run left them."""
        self._peer.leave()

    def run(self, statement: Statement) -> tuple[StepComparison, ...]:
        """Carry out one statement of the top; the comparisons of it and of its inner ones.

        Raises:
            CannotBeReplayedError: A call of it has no counterpart here.
            NotInThisLibraryError: The library lacks a function.
        """
        self._found = []
        if statement.is_undefined:
            seen = self._see(statement)
            return (StepComparison(statement.index, seen=seen),)
        self._clock.follow(self._sessions())
        self._carry_out(statement)
        self._peer.sweep()
        return tuple(self._found)

    # -- statements --------------------------------------------------------

    def _carry_out(self, statement: Statement) -> None:
        outer, self._trouble = self._trouble, []
        was_comparing = self._is_comparing
        actual: Any = None
        for act in statement.acts:
            if isinstance(act, Statement):
                self._carry_out(act)
            else:
                actual = self._do(act)
        if statement.has_result:
            self._trouble += self._values.verdict("returned value", statement.returned, actual)
        self._is_comparing = was_comparing  # what came in another order is complete again
        if self._is_comparing:
            self._compare(statement)
        self._trouble = outer

    def _compare(self, statement: Statement) -> None:
        for problem in self.names.settle(statement.after):
            self._trouble.append(Difference("objects made", *problem))
        self._set_clocks_right(statement)
        self._world = statement.after
        self._trouble += differences(statement.after, self.names, self._probe)
        self._found.append(StepComparison(statement.index, tuple(self._trouble)))

    def _set_clocks_right(self, statement: Statement) -> None:
        decodes = any(isinstance(a, Deed) and a.name in _DECODERS for a in statement.acts)
        for which, native in self.names.matched():
            # Bytes may be read into a session that was there before.
            if which.kind == "session" and native.alive and (decodes or which not in self._timed):
                self._timed.add(which)
                record = statement.after.session(which)
                if record.alive and _list_is_sound(statement.after, record.cached_in):
                    self._clock.set_right(native, record.time)

    def _see(self, statement: Statement) -> str:
        """What libssl does with a statement whose behaviour is undefined."""
        for deed in _deeds(statement):
            if any(isinstance(value, Uninitialised) for value in deed.arguments):
                return "not run: nobody knows what an uninitialised variable holds"
        self._is_comparing = False
        return see(lambda: self._carry_out(statement), self._limit)

    # -- calls -------------------------------------------------------------

    def _do(self, deed: Deed) -> Any:
        if not is_known(deed.name):
            message = f"{deed.name} cannot be replayed yet"
            raise CannotBeReplayedError(message)
        name = ALIASES.get(deed.name, deed.name)
        self._waiting.append(list(deed.callbacks))
        actual = self._call(name, deed)
        self._library("ERR_clear_error")
        if self._failure is not None:
            raise self._failure
        for script in self._waiting.pop():
            self._trouble.append(Difference(f"{script.name} {script.function}", "runs", "not run"))
        if name.endswith("_method"):
            self._values.learn_method(name, actual)
        return actual

    def _call(self, name: str, deed: Deed) -> Any:
        """Make one call on the library, in the way its arguments and surroundings need."""
        if "peer resumes" in deed.directions and has_old_ticket(self._world):
            message = "a ticket that has expired cannot be shown without waiting for it"
            raise CannotBeReplayedError(message)
        encoded = self._encoded.calls.get(name)
        if encoded is not None:
            return encoded(self._world, deed.arguments)
        arguments = [self._values.to_c(value, deed.name) for value in deed.arguments]
        special = SPECIAL.get(name)
        if special is not None:
            return special(self._around, deed.directions, *arguments)
        return self._library(name, *arguments)

    # -- callbacks ---------------------------------------------------------

    def _call_back(self, name: CallbackName, function: str, arguments: tuple[Any, ...]) -> Any:
        """Libssl calls a callback of the program; nothing may be raised into C."""
        if self._failure is not None:
            return None if name == "remove_cb" else 0
        try:
            script = self._next_script(name, function, arguments)
            if script is None:
                self._trouble.append(Difference(f"{name} {function}", "not run", "runs"))
                return None if name == "remove_cb" else 0
            return self._run_script(script, arguments)
        except BaseException as error:  # noqa: BLE001  # told after the call has come back
            self._failure = error
            return None if name == "remove_cb" else 0

    def _run_script(self, script: CallbackScript, arguments: tuple[Any, ...]) -> Any:
        for expected, actual in zip(script.arguments, arguments, strict=False):
            what = f"argument of {script.function}"
            self._trouble += self._values.verdict(what, expected, actual)
        for statement in script.statements:
            self._carry_out(statement)
        if script.name == "new_cb":
            return to_number(script.returned)
        if script.name == "remove_cb":
            return None
        if script.copy is not None:
            arguments[3][0] = script.copy
        returned = script.returned if script.returned is not None else NULL
        return self._values.to_c(returned, script.function) or 0

    def _next_script(
        self, name: CallbackName, function: str, arguments: tuple[Any, ...]
    ) -> CallbackScript | None:
        """The run of the callback that this is: within one call their order is free."""
        waiting = self._waiting[-1]
        fitting = [s for s in waiting if (s.name, s.function) == (name, function)]
        same = (s for s in fitting if self._is_about(s, arguments))
        script = next(same, next(iter(fitting), None))
        if script is not None:
            if script is not waiting[0]:
                self._is_comparing = self._is_comparing and not script.statements
            waiting.remove(script)
        return script

    def _is_about(self, script: CallbackScript, arguments: Sequence[Any]) -> bool:
        """Whether the recorded run was given the objects that are given now."""
        pairs = zip(script.arguments, arguments, strict=False)
        return all(self.names.at(w, a) for w, a in pairs if isinstance(w, ObjectId))

    def _side_of(self, native: Native) -> Role:
        """The side of a connection before the call: libssl does not tell whether it has one."""
        ssls = (w for w, one in self.names.matched() if one is native and w.kind == "ssl")
        return next((self._world.ssl(which).side for which in ssls), "")

    # -- the model's order -------------------------------------------------

    def _sessions(self) -> Living:
        """Living sessions, by whether they can be made older."""
        free, stuck = [], []
        for which, native in self.names.matched():
            if which.kind == "session" and native.alive:
                record = self._world.session(which)
                if _list_is_sound(self._world, record.cached_in):
                    free.append((record.time + record.timeout, record.added, which, native))
                else:
                    stuck.append(native)
        return Living([native for *_, native in sorted(free, key=lambda row: row[:3])], stuck)


def has_old_ticket(world: World) -> bool:
    """Whether the scripted client's ticket has expired: no oracle can age what is inside one."""
    ticket = world.peer.offer.copy if world.peer.offer else None
    return ticket is not None and world.clock > ticket.time + ticket.timeout


def has_old_entry(world: World) -> bool:
    """Whether a session has expired whose list leads through freed memory: it cannot be aged."""
    return any(
        session.alive
        and world.clock > session.time + session.timeout
        and not _list_is_sound(world, session.cached_in)
        for session in world.sessions
    )


def _list_is_sound(world: World, ctx: ObjectId | None) -> bool:
    return ctx is None or not world.ctx(ctx).dead_links


def _deeds(statement: Statement) -> Iterator[Deed]:
    """All calls of a statement, inner ones too."""
    for act in statement.acts:
        if isinstance(act, Statement):
            yield from _deeds(act)
        else:
            yield act
            for script in act.callbacks:
                for inner in script.statements:
                    yield from _deeds(inner)


def replay(
    timeline: Timeline, library: Libssl, *, doomed_limit: float = DOOMED_LIMIT
) -> Iterator[StepComparison]:
    """Lead a library through a recorded run; a comparison per step, up to the first difference."""
    run = Replay(library, timeline.before.peer, doomed_limit=doomed_limit)
    try:
        for statement in read_timeline(timeline):
            compared = run.run(statement)
            yield from compared
            if not all(step.agrees for step in compared):
                return
    finally:
        run.close()
