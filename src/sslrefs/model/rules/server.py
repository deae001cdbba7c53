"""The server's side of a handshake: looking a session up, and making ids and tickets."""

from __future__ import annotations

from typing import Literal

from sslrefs.model.objects import ObjectId, Session
from sslrefs.model.outcome import PROGRAM, Refused
from sslrefs.model.rules import connections, shaking
from sslrefs.model.rules.cache import (
    add_session,
    cache_of,
    drop_session,
    is_readable,
    release_session,
)
from sslrefs.model.turn import Turn, Work
from sslrefs.model.world import Offer

__all__ = ["server"]


def server(turn: Turn, ssl: ObjectId) -> Work[bool]:
    """The handshake as server; False when it failed."""
    offer = turn.peer.offer if "peer resumes" in turn.directions else None
    record = turn.ssl(ssl)
    if record.version < record.min_version:
        _tell_client(turn, ssl, offer)
        return (yield from shaking.fail(turn, ssl))
    found = yield from _look_up(turn, ssl, offer)
    if found == "fatal":
        _tell_client(turn, ssl, offer)
        turn.change_ssl(ssl, state="failed")
        return False
    if found is not None:
        connections.leave_session(turn, ssl, "the client's session replaces it")
        connections.give_session(turn, ssl, found)
        turn.change_ssl(ssl, hit=True)
        shaking.count_up(turn, record.session_ctx, "hits")
        if (
            turn.library.offers_spoiled
            and turn.session(found).spoiled
            and record.version < shaking.TLS1_3
        ):
            turn.change_session(found, key="")
            return (yield from shaking.fail(turn, ssl))
    else:
        if offer is not None and offer.key:
            _tell_missed(turn, ssl, offer.key)
        made = shaking.new_session(turn, ssl, "a new session replaces it")
        if record.version < shaking.TLS1_3 and not _gives_ticket(turn, ssl):
            shaking.name_session(turn, made, with_ticket=False, peer_knows=False)
    if "fails" in turn.directions:
        return (yield from shaking.fail(turn, ssl))
    chosen = turn.ssl(ssl).session
    assert chosen is not None
    turn.change_session(chosen, has_cipher=True)
    finish = _server_finish_13 if record.version >= shaking.TLS1_3 else _server_finish_12
    return (yield from finish(turn, ssl))


def _tell_client(turn: Turn, ssl: ObjectId, offer: Offer | None) -> None:
    """A fatal alert reaches the client: the session it offered is spoiled on its side too."""
    if offer is not None and not turn.ssl(ssl).sent_shutdown:
        _remember(turn, None)


def _tell_missed(turn: Turn, ssl: ObjectId, key: str) -> None:
    """Why a session that the client asked for by id was not found, if the text shows it."""
    for number, session in enumerate(turn.sessions, 1):
        if session.key != key:
            continue
        which = ObjectId("session", number)
        if session.alive and session.cached_in not in (None, turn.ssl(ssl).session_ctx):
            turn.tell(Refused(which, ssl, "other context"))
        elif session.spoiled:
            turn.tell(Refused(which, ssl, "not resumable"))


def _gives_ticket(turn: Turn, ssl: ObjectId) -> bool:
    """Whether this TLS 1.2 server gives a stateless ticket instead of an id."""
    return turn.peer.gives_tickets and not turn.ssl(ssl).no_ticket


def _look_up(
    turn: Turn, ssl: ObjectId, offer: Offer | None
) -> Work[ObjectId | Literal["fatal"] | None]:
    """The session the client asks for, counted for the connection; None, or "fatal"."""
    record = turn.ssl(ssl)
    if record.version >= shaking.TLS1_3:
        connections.leave_session(turn, ssl, "TLS 1.3 asks which one the client has")
    if offer is not None and offer.version != record.version:
        offer = None
    holder = connections.session_of(ssl)
    is_cached = False
    found: ObjectId | None = None
    is_id = record.no_ticket and record.version < shaking.TLS1_3  # a ticket comes with one
    if offer is not None and offer.copy is not None and not is_id:
        if not record.no_ticket and offer.maker == record.session_ctx:
            found = turn.create(offer.copy, holder)
    elif _has_id(turn, ssl, offer):
        is_cached = record.version < shaking.TLS1_3  # TLS 1.3 leaves what has expired in the cache
        key = (offer.copy.key if offer.copy else offer.key) if offer else ""
        found = yield from _look_in_cache(turn, ssl, key)
    if found is None:
        return None
    session = turn.session(found)
    if session.version == record.version and session.id_context == record.id_context:
        if record.verify_peer and record.id_context == "":
            yield from _refuse_without_context(turn, ssl, found)
            return "fatal"
        if turn.clock <= session.time + session.timeout:
            return found
        shaking.count_up(turn, record.session_ctx, "timeouts")
        if is_cached:
            yield from drop_session(turn, record.session_ctx, found, "it has expired")
    release_session(turn, found, holder)
    return None


def _has_id(turn: Turn, ssl: ObjectId, offer: Offer | None) -> bool:
    """Whether the client's hello has a session id to look up.

    A client that knows TLS 1.3 sends one to an older server in any case; in
    TLS 1.3 itself a server that gives tickets takes an id for a broken ticket.
    """
    record = turn.ssl(ssl)
    if record.version >= shaking.TLS1_3:
        return offer is not None and record.no_ticket
    return offer is not None or turn.peer.max_version >= shaking.TLS1_3


def _refuse_without_context(turn: Turn, ssl: ObjectId, found: ObjectId) -> Work[None]:
    """TLS 1.3 has the found session in the connection already when the alert spoils that one."""
    is_13 = turn.ssl(ssl).version >= shaking.TLS1_3
    if is_13:
        connections.give_session(turn, ssl, found)
    yield from shaking.alert(turn, ssl)
    if is_13:
        turn.change_ssl(ssl, session=None)
    release_session(turn, found, connections.session_of(ssl))


def _look_in_cache(turn: Turn, ssl: ObjectId, key: str) -> Work[ObjectId | None]:
    """The internal cache first, then the get callback; the reference is the connection's."""
    record = turn.ssl(ssl)
    ctx, holder = record.session_ctx, connections.session_of(ssl)
    if not turn.ctx(ctx).cache_mode & shaking.NO_INTERNAL_LOOKUP:
        found = turn.ctx(ctx).cache.get((record.version, key)) if key else None
        if found is not None:
            if not turn.is_alive(found, cache_of(ctx), "the lookup reads"):
                return None
            turn.up(found, holder)
            return found
        if key and not is_readable(turn, ctx, key, "the lookup"):
            return None
        shaking.count_up(turn, ctx, "misses")
    return (yield from _ask_get_cb(turn, ssl))


def _ask_get_cb(turn: Turn, ssl: ObjectId) -> Work[ObjectId | None]:
    """The program's get callback: with copy 1 libssl counts up, with 0 it takes yours."""
    ctx, holder = turn.ssl(ssl).session_ctx, connections.session_of(ssl)
    callback = turn.ctx(ctx).get_cb
    if not callback:
        return None
    answer = yield from turn.call_back("get_cb", callback, (ssl,))
    found, copy = answer[0], answer[1] != 0
    if not isinstance(found, ObjectId) or found.kind != "session":
        return None
    if not turn.is_alive(found, PROGRAM, "libssl takes from the get callback"):
        return None
    if turn.session(found).spoiled and not turn.library.offers_spoiled:
        if not copy:
            release_session(turn, found, PROGRAM)
        return None
    shaking.count_up(turn, ctx, "cb_hits")
    if copy:
        turn.up(found, holder)
    else:
        turn.hand_over(found, PROGRAM, holder)
    if not turn.ctx(ctx).cache_mode & shaking.NO_INTERNAL_STORE:
        yield from add_session(turn, ctx, found)
    return found


def _server_finish_12(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    session, ctx = record.session, record.session_ctx
    assert session is not None
    spoiled = turn.session(session).spoiled
    if not record.hit and (spoiled or not turn.ctx(record.ctx).cache_mode & shaking.CACHE_SERVER):
        turn.change_session(session, key="")
    yield from shaking.settle(turn, ssl, shaking.CACHE_SERVER)
    by_ticket = turn.peer.offer is not None and turn.peer.offer.copy is not None
    if _gives_ticket(turn, ssl):
        if not (record.hit and by_ticket):  # who came by id gets a ticket for the next time
            key = f"own id {turn.next_serial()}"  # the client makes one up, to see that it resumed
            _remember(turn, Offer(record.version, ctx, copy=_ticket(turn, session, key)))
    elif not record.hit:
        key = turn.session(session).key
        _remember(turn, Offer(record.version, ctx, key=key) if key else None)
    shaking.count_up(turn, record.ctx, "accepted")  # the one count that the context in use keeps
    turn.change_ssl(ssl, state="connected")
    return True


def _server_finish_13(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    tickets = record.tickets if turn.library.sends_tls13_tickets else 0
    if record.hit:
        tickets = min(1, tickets)  # without one the client keeps what it came with
    else:
        _remember(turn, None)
    for number in range(tickets):
        session = turn.ssl(ssl).session
        assert session is not None
        if number > 0 or record.hit:
            session = shaking.copied_session(turn, ssl, "the next ticket has a session of its own")
            assert session is not None
        shaking.name_session(turn, session, with_ticket=False, peer_knows=False)
        turn.change_session(session, time=turn.clock)
        yield from shaking.settle(turn, ssl, shaking.CACHE_SERVER)
        if record.no_ticket:
            _remember(
                turn, Offer(record.version, record.session_ctx, key=turn.session(session).key)
            )
        else:
            ticket = _ticket(turn, session, turn.session(session).key)
            _remember(turn, Offer(record.version, record.session_ctx, copy=ticket))
    shaking.count_up(turn, record.ctx, "accepted")
    turn.change_ssl(ssl, state="connected")
    return True


def _ticket(turn: Turn, session: ObjectId, key: str) -> Session:
    """The content a stateless ticket carries to the client and back, with the id it then has."""
    return turn.session(session)._replace(
        count=1,
        alive=True,
        cached_in=None,
        added=0,
        spoiled=False,
        key=key,
    )


def _remember(turn: Turn, offer: Offer | None) -> None:
    """What the scripted client will offer when it comes back."""
    turn.peer = turn.peer._replace(offer=offer)
