"""One random walk: calls are chosen by drawn numbers, made on the model and on the real libssl.

Runs in the process that holds the library. The same numbers choose the same
calls, so that a walk that fails can be walked again and made shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import NULL, Kind, ObjectId, Opaque, Text, Value, show
from sslrefs.model.world import Peer, empty_world
from sslrefs.oracle.functions import SIGNATURES
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.profile import profile_of
from sslrefs.oracle.replay import Replay, has_old_entry, has_old_ticket
from tests.property.libssl_choice import DIRECTIONS, POOLS, SLOTS, VARIABLES, Picks
from tests.property.libssl_variables import Variables
from tests.property.libssl_walk import clear_up, is_sound, perform, program_owns

__all__ = ["Answer", "Plan", "Walk"]

DOOMED_LIMIT = 0.2  # most of what does not return in this time never will
_GREATEST = 14  # objects of one kind alive at once; a walk that only makes objects proves little
_GIVE_BACK = ("SSL_free", "SSL_CTX_free", "SSL_SESSION_free")
_TRAFFIC = ("SSL_read", "SSL_write", "SSL_read_ex", "SSL_write_ex")
_SHAKES = ("SSL_connect", "SSL_accept", "SSL_do_handshake", *_TRAFFIC)
_SIDES = ("SSL_set_connect_state", "SSL_set_accept_state")
_TALKS = (
    *(*_SHAKES, "SSL_shutdown"),
    *("SSL_clear", "SSL_dup", "SSL_get_shutdown", "SSL_set_shutdown", "SSL_is_init_finished"),
)
_MAKERS: dict[Kind, str] = {"ctx": "SSL_CTX_new", "ssl": "SSL_new", "session": "SSL_SESSION_new"}


class Plan(NamedTuple):
    """What is settled before the first step.

    A lawful walk makes no call that the model says is undefined. `mood` picks
    the calls that this walk leaves out, so that the others meet more often;
    mood 0 leaves out none.
    """

    peer: Peer
    is_lawful: bool
    mood: int = 0


class Answer(NamedTuple):
    """What one draw led to: the calls made, how undefined behaviour ended, what differs."""

    calls: tuple[str, ...] = ()
    ending: str | None = None
    differences: tuple[str, ...] = ()


class Walk:
    """Model and libssl side by side. `tell` hears of each call before it is made."""

    def __init__(self, library: Libssl, tell: Callable[[str], None]) -> None:
        self._library = library
        self._tell = tell
        self._profile = profile_of(library.version)
        self._known = tuple(n for n in SLOTS if n not in SIGNATURES or library.has(n))
        self._replay: Replay | None = None
        self._agrees = True
        self.world = empty_world()

    def begin(self, plan: Plan) -> Answer:
        """Start anew, with one context."""
        self._plan = plan
        chance = Random(plan.mood)  # noqa: S311  # a choice, no secret
        names = sorted(set(self._known))
        absent = {name for name in names if plan.mood and chance.random() < 0.5}
        self._slots = tuple(name for name in self._known if name not in absent) or self._known
        return self._start()

    def _start(self) -> Answer:
        self.leave()
        self.world = empty_world(library=self._profile, peer=self._plan.peer)
        self._replay = Replay(self._library, self._plan.peer, doomed_limit=DOOMED_LIMIT)
        self._given_another: set[Value] = set()
        self._variables = Variables()
        self._agrees = True
        self._made: list[str] = []
        self._ending: str | None = None
        self._differences: tuple[str, ...] = ()
        self._tell(str(self._plan.peer))
        for method in ("TLS_method", "TLS_client_method", "TLS_server_method"):
            self._make(method, (), ())
        self._make("SSL_CTX_new", (Opaque("pointer"),), ())
        self._make("SSL_CTX_set_session_id_context", (ObjectId("ctx", 1), Text("one"), 3), ())
        return self._answer()

    def leave(self) -> None:
        """Give back all that is left, where that is allowed."""
        if self._replay is None:
            return
        self._replay.close()
        if self._agrees and self.world.undefined is None and is_sound(self.world):
            natives = {which: native.address for which, native in self._replay.names.matched()}
            clear_up(self.world, self._library, natives.__getitem__)
        self._replay = None

    def take(self, which: int, number: int) -> Answer:
        """Make the call that these numbers choose; none if it does not fit the moment."""
        name = self._slots[which % len(self._slots)]
        picks = Picks(number)
        self._made, self._ending = [], None
        choices = DIRECTIONS.get(name, ((),))
        directions = choices[picks.among(len(choices))]
        arguments = self._arguments(name, picks)
        if self._differences or arguments is None:
            return self._answer()
        offered = self._offered(directions)
        if self._is_out_of_place(name, arguments, offered):
            return self._answer()
        is_older_here = has_old_ticket(self.world) or has_old_entry(self.world)
        if "peer resumes" in directions and (is_older_here or self._is_at_its_end()):
            return self._answer()
        self._make(name, arguments, directions, offered if picks.among(3) else NULL)
        return self._answer()

    def _answer(self) -> Answer:
        return Answer(tuple(self._made), self._ending, self._differences)

    def _is_at_its_end(self) -> bool:
        """Whether a session expires in this second on a library that knows parts of a second."""
        return self._library.has("SSL_SESSION_get_time_ex") and any(
            session.alive and session.time + session.timeout == self.world.clock
            for session in self.world.sessions
        )

    def _is_out_of_place(self, name: str, arguments: tuple[Value, ...], offered: Value) -> bool:
        """Whether this is one of the SITUATIONS that the walks leave out."""
        if name in _TALKS and arguments[0] in self._given_another:
            return True
        ssl = arguments[0] if arguments else None
        if not isinstance(ssl, ObjectId) or ssl.kind != "ssl":
            return False
        record = self.world.ssl(ssl)
        if name in _SIDES and record.state != "fresh":
            return True
        if not self._profile.offers_spoiled:
            return False
        is_spoiled = isinstance(offered, ObjectId) and self.world.session(offered).spoiled
        serves = record.side == "server" or (record.side == "" and name == "SSL_accept")
        is_asked = name in _SHAKES and record.state == "fresh" and serves
        return is_asked and (is_spoiled or record.session is not None)

    def _make(
        self,
        name: str,
        arguments: tuple[Value, ...],
        directions: tuple[str, ...],
        answer: Value = NULL,
    ) -> None:
        assert self._replay is not None
        done = perform(self.world, name, arguments, directions, answer=answer)
        if self._plan.is_lawful and done.world.undefined is not None:
            return
        self._tell(_in_c(name, arguments, directions, answer))
        self._made.append(name)
        compared = self._replay.run(done.statement)
        self._differences = tuple(str(one) for step in compared for one in step.differences)
        self._agrees = not self._differences
        if self._differences:
            return
        self._note_changed_connections(name, arguments)
        self._variables.note(name, arguments, done)
        self.world = done.world
        if done.statement.is_undefined:
            made = self._made
            self._start()
            self._made = [*made, *self._made]
            self._ending = compared[-1].seen or ""

    def _offered(self, directions: tuple[str, ...]) -> Value:
        """The session with the id that the client asks for: an honest store would find it."""
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
            self._given_another.add(arguments[0])

    def _living(self, kind: Kind) -> list[ObjectId]:
        return [which for which in self.world.living() if which.kind == kind]

    # -- arguments ---------------------------------------------------------

    def _arguments(self, name: str, picks: Picks) -> tuple[Value, ...] | None:
        """Values for all parameters; None if there is no object that could be one."""
        row = CALLS[name]
        chosen: list[Value] = []
        for parameter in row.parameters:
            if parameter.kind in ("ctx", "ssl", "session"):
                found = self._object(name, parameter.kind, picks, parameter.null_is_fine)
                if found is None:
                    return None
                chosen.append(found)
            elif parameter.type in VARIABLES:
                sessions = self._living("session")
                value = self._variables.choose(parameter.type, picks, sessions)
                if value is None:
                    return None
                chosen.append(value)
            else:
                pool = POOLS[name, parameter.name]
                value = pool.values[picks.among(len(pool.values))]
                if pool.is_time and isinstance(value, int) and value:
                    value += self.world.clock
                chosen.append(value)
        is_maker = row.result == "own" and name != "SSL_get1_session"
        if is_maker and any(len(self._living(k)) > _GREATEST for k in _MAKERS):
            return None
        return tuple(chosen)

    def _object(self, name: str, kind: Any, picks: Picks, null_is_fine: bool) -> Value | None:
        """An object of the world: a living one, but in lawless walks also a dead one."""
        oddity = picks.among(8)
        if null_is_fine and oddity == 6:
            return NULL
        if not self._plan.is_lawful and oddity == 7:
            candidates = [which for which in self.world.all_ids() if which.kind == kind]
        else:
            candidates = self._living(kind)
        if self._plan.is_lawful and name in _GIVE_BACK:
            candidates = [one for one in candidates if program_owns(self.world, one) > 0]
        elif not candidates:
            candidates = self._new_object(kind)
        return candidates[-1 - picks.among(len(candidates))] if candidates else None

    def _new_object(self, kind: Kind) -> list[ObjectId]:
        """One of a kind that is missing, made at once so that the call can be made."""
        if kind == "ssl" and not self._living("ctx"):
            self._new_object("ctx")
        made_from: dict[Kind, tuple[Value, ...]] = {
            "ctx": (Opaque("pointer"),),
            "ssl": tuple(self._living("ctx")[-1:]),
            "session": (),
        }
        self._make(_MAKERS[kind], made_from[kind], ())
        return self._living(kind)


def _in_c(
    name: str, arguments: tuple[Value, ...], directions: tuple[str, ...], answer: Value
) -> str:
    """A call as a person would write it, with the objects' names in place of variables."""
    inner = (f'"{one.text}"' if isinstance(one, Text) else str(show(one)) for one in arguments)
    comments = [f"sslrefs: {direction}" for direction in directions]
    if answer is not NULL:
        comments.append(f"the get callback finds {show(answer)}")
    return f"{name}({', '.join(inner)});" + "".join(f" /* {one} */" for one in comments)
