"""Random calls on the model and on the real libssl: every count must agree after every step.

`SSLREFS_PROFILE=deep pytest tests/property/test_model_against_libssl.py` walks
a million steps and more; the default profile, `quick`, walks 20,000.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import NULL, Function, Kind, ObjectId, Opaque, Text, Value
from sslrefs.model.world import Peer, empty_world
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.replay import Replay, has_old_ticket
from tests.property.libssl_pools import POOLS
from tests.property.libssl_walk import BODIES, clear_up, is_sound, perform, program_owns

pytestmark = pytest.mark.libssl

PROFILES = {"quick": (640, 60), "deep": (17_000, 75)}
DOOMED_LIMIT = 0.2  # most of what does not return in this time never will


DIRECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "SSL_connect": ((), (), ("fails",)),
    "SSL_accept": ((), ("peer resumes",), ("peer resumes",), ("fails",)),
    "SSL_read": ((), (), ("peer closes",), ("peer breaks",)),
}
LEFT_OUT = {
    "time": "its argument is a variable",
    "SSL_CTX_set_min_proto_version": "a handshake without a common version",
    "SSL_CTX_set_verify": "a client that has no certificate to show",
    "SSL_CTX_flush_sessions_ex": "not in every library",
    "SSL_write": "changes nothing of the model",
    "SSL_set_connect_state": "the side then decides",
    "SSL_set_accept_state": "the side then decides",
    "SSL_do_handshake": "the side then decides",
    "SSL_clear": "proved by vectors; a second handshake after it still differs in rare walks",
    "SSL_read": "proved by vectors; what a broken record does after a flush differs in rare walks",
    "SSL_set_SSL_CTX": "proved by vectors; a handshake between two contexts differs in rare walks",
    "SSL_SESSION_get_time": "a second may pass between the two sides",
    "SSL_SESSION_set_protocol_version": "on a connection's own session it confuses libssl",
    "i2d_SSL_SESSION": "needs variables",
    "d2i_SSL_SESSION": "needs variables",
    "BIO_s_mem": "needs variables",
    "BIO_new": "needs variables",
    "BIO_free": "needs variables",
    "PEM_write_bio_SSL_SESSION": "needs variables",
    "PEM_read_bio_SSL_SESSION": "needs variables",
}
_FILES = ("SSL_CTX_use_", "SSL_CTX_check_", "TLS_")
WALKED = [name for name in CALLS if name not in LEFT_OUT and not name.startswith(_FILES)]
_TALKS = (
    *("SSL_connect", "SSL_accept", "SSL_do_handshake", "SSL_shutdown", "SSL_read", "SSL_write"),
    *("SSL_clear", "SSL_dup", "SSL_get_shutdown", "SSL_set_shutdown", "SSL_is_init_finished"),
)
_GIVE_BACK = ("SSL_free", "SSL_CTX_free", "SSL_SESSION_free")
_GREATEST = 14  # objects of one kind alive at once; a walk that only makes objects proves little


class Tally:
    """What was walked, for the report at the end."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.endings: Counter[str] = Counter()

    @property
    def steps(self) -> int:
        return self.calls.total()


class Walk(RuleBasedStateMachine):
    """Model and libssl side by side. A rule per call is added below."""

    library: ClassVar[Libssl]
    tally: ClassVar[Tally]

    def __init__(self) -> None:
        super().__init__()
        self.replay: Replay | None = None
        self.world = empty_world()
        self.lines: list[str] = []
        self.agrees = True

    @initialize(
        version=st.sampled_from((0x303, 0x304)),
        gives_tickets=st.booleans(),
        refuses=st.integers(0, 5),
        is_lawful=st.integers(0, 3),
    )
    def begin(self, version: int, gives_tickets: bool, refuses: int, is_lawful: int) -> None:
        self.peer = Peer(version, gives_tickets, refuses == 1)
        self.is_lawful = is_lawful > 0
        self._start()

    def _start(self) -> None:
        self.teardown()
        self.world = empty_world(peer=self.peer)
        self.replay = Replay(self.library, self.peer, doomed_limit=DOOMED_LIMIT)
        self.given_another: set[Value] = set()
        self.lines = [f"-- {self.peer}"]
        self._make("TLS_method", (), ())
        self._make("SSL_CTX_new", (Opaque("pointer"),), ())
        self._make("SSL_CTX_set_session_id_context", (ObjectId("ctx", 1), Text("one"), 3), ())

    def teardown(self) -> None:
        if self.replay is None:
            return
        self.replay.close()
        if self.agrees and self.world.undefined is None and is_sound(self.world):
            natives = {which: native.address for which, native in self.replay.names.matched()}
            clear_up(self.world, self.library, natives.__getitem__)
        self.replay = None

    def call(self, name: str, picks: tuple[int, ...]) -> None:
        """Choose arguments and make the call on both sides; nothing if there is no object."""
        arguments = self._arguments(name, picks)
        if arguments is None or self._is_beyond_the_model(name, arguments):
            return
        choices = DIRECTIONS.get(name, ((),))
        directions = choices[picks[-1] % len(choices)]
        if "peer resumes" in directions and has_old_ticket(self.world):
            return
        self._make(name, arguments, directions, picks[-2])

    def _is_beyond_the_model(self, name: str, arguments: tuple[Value, ...]) -> bool:
        """An open connection that was given another session is only good to be let go."""
        return name in _TALKS and arguments[0] in self.given_another

    def _make(
        self, name: str, arguments: tuple[Value, ...], directions: tuple[str, ...], pick: int = 0
    ) -> None:
        assert self.replay is not None
        answer = self._found_by_get_callback(directions) if pick % 3 else NULL
        done = perform(self.world, name, arguments, directions, answer=answer)
        if self.is_lawful and done.world.undefined is not None:
            return
        self.lines.append(f"{name}{arguments} {directions} answer={answer}")
        compared = self.replay.run(done.statement)
        self.tally.calls[name] += 1
        differences = [str(one) for step in compared for one in step.differences]
        self.agrees = not differences
        assert not differences, "\n".join([*self.lines, *differences])
        self._note_changed_connections(name, arguments)
        self.world = done.world
        if done.statement.is_undefined:
            self.tally.endings[compared[-1].seen or ""] += 1
            self._start()

    def _found_by_get_callback(self, directions: tuple[str, ...]) -> Value:
        """What an honest store has: a session with the id that the client asks for."""
        offer = self.world.peer.offer
        if "peer resumes" not in directions or offer is None or not offer.key:
            return NULL
        living = self._living("session")
        keyed = (one for one in living if self.world.session(one).key == offer.key)
        return next(keyed, NULL)

    def _note_changed_connections(self, name: str, arguments: tuple[Value, ...]) -> None:
        """A connection may have got another one's session, and its method with it."""
        if name not in ("SSL_set_session", "SSL_copy_session_id"):
            return
        ssls = [one for one in arguments if isinstance(one, ObjectId) and one.kind == "ssl"]
        if any(self.world.ssl(ssl).state != "fresh" for ssl in ssls):
            self.given_another.add(arguments[0])

    def _living(self, kind: Kind) -> list[ObjectId]:
        return [which for which in self.world.living() if which.kind == kind]

    def _arguments(self, name: str, picks: tuple[int, ...]) -> tuple[Value, ...] | None:
        row = CALLS[name]
        chosen: list[Value] = []
        for parameter, pick in zip(row.parameters, picks, strict=False):
            if parameter.kind in ("ctx", "ssl", "session"):
                found = self._object(name, parameter.kind, pick, parameter.null_is_fine)
                if found is None:
                    return None
                chosen.append(found)
            else:
                pool = POOLS[name, parameter.name]
                value = pool.values[pick % len(pool.values)]
                if pool.is_time and isinstance(value, int) and value:
                    value += self.world.clock
                chosen.append(value)
        is_maker = row.result == "own" and name not in ("SSL_get1_session",)
        if is_maker and any(len(self._living(k)) > _GREATEST for k in ("ctx", "ssl", "session")):
            return None
        return tuple(chosen)

    def _object(self, name: str, kind: Any, pick: int, null_is_fine: bool) -> Value | None:
        """An object of the world: a living one, but in lawless walks also a dead one."""
        candidates: list[Value] = list(self._living(kind))
        if self.is_lawful and name in _GIVE_BACK:
            candidates = [
                which
                for which in candidates
                if isinstance(which, ObjectId) and program_owns(self.world, which) > 0
            ]
        elif not self.is_lawful and pick == 7:
            candidates = [which for which in self.world.all_ids() if which.kind == kind]
        if null_is_fine and pick == 6:
            candidates = [NULL]
        return candidates[-1 - pick % len(candidates)] if candidates else None


def _add_rule(name: str) -> None:
    picks = st.tuples(*[st.integers(0, 7)] * 4)

    def make(self: Walk, picks: tuple[int, ...]) -> None:
        self.call(name, picks)

    make.__name__ = name
    setattr(Walk, name, rule(picks=picks)(make))


for _name in WALKED:
    _add_rule(_name)


def _settings(profile: str) -> settings:
    examples, steps = PROFILES[profile]
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=profile == "quick",
        suppress_health_check=list(HealthCheck),
    )


def _walk(library: Libssl, how: settings) -> Tally:
    tally = Tally()
    walk = type("OneWalk", (Walk,), {"library": library, "tally": tally})
    run_state_machine_as_test(walk, settings=how)
    return tally


def test_model_and_libssl_agree_after_every_random_step(
    library: Libssl, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = os.environ.get("SSLREFS_PROFILE", "quick")

    tally = _walk(library, _settings(profile))

    with capsys.disabled():
        print(f"\n{library.version}: {tally.steps:,} random steps ({profile}), no difference")
        print(f"  {len(tally.calls)} functions:", dict(tally.calls.most_common()))
        print("  undefined behaviour, in a child process:", dict(tally.endings))
    assert set(WALKED) <= set(tally.calls)
    assert tally.steps >= {"quick": 20_000, "deep": 1_000_000}[profile]


def test_every_call_of_the_model_is_walked_or_left_out_for_a_reason() -> None:
    needed = {
        (name, parameter.name)
        for name in WALKED
        for parameter in CALLS[name].parameters
        if parameter.kind not in ("ctx", "ssl", "session")
    }

    assert needed <= set(POOLS)
    assert {
        name
        for pool in POOLS.values()
        for f in pool.values
        if isinstance(f, Function)
        for name in (f.name,)
    } == set(BODIES)
