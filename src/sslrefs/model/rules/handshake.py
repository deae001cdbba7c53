"""SSL_connect(3) and SSL_accept(3) up to the end of the handshake, against the scripted peer.

A new session belongs to the connection. What happens to it afterwards (cache,
new callback, automatic flush) is `settle`, which TLS 1.3 runs per ticket.
"""

from __future__ import annotations

from typing import Literal

from sslrefs.model.objects import NULL, ObjectId, Session, Value
from sslrefs.model.outcome import PROGRAM, Holder, Refused
from sslrefs.model.rules import connections
from sslrefs.model.rules.cache import add_session, cache_of, drop_session, flush, release_session
from sslrefs.model.turn import Rule, Turn, Work
from sslrefs.model.world import Offer

__all__ = [
    "CACHE_CLIENT",
    "accept",
    "connect",
    "copied_session",
    "do_handshake",
    "fail",
    "name_session",
    "settle",
]

TLS1_2, TLS1_3 = 0x303, 0x304
CACHE_CLIENT, CACHE_SERVER = 0x1, 0x2
NO_AUTO_CLEAR, NO_INTERNAL_LOOKUP, NO_INTERNAL_STORE = 0x80, 0x100, 0x200
TICKET_LIFETIME = 7200


def connect(turn: Turn, ssl: ObjectId) -> Rule:
    """SSL_connect(3): a handshake as client; 1, or -1 when the line says `fails`."""
    return (yield from _handshake(turn, ssl, "client"))


def accept(turn: Turn, ssl: ObjectId) -> Rule:
    """SSL_accept(3): a handshake as server; 1, or -1 when the line says `fails`."""
    return (yield from _handshake(turn, ssl, "server"))


def do_handshake(turn: Turn, ssl: ObjectId) -> Rule:
    """SSL_do_handshake(3): the side was set before; -1 if it was not."""
    side = turn.ssl(ssl).side
    if side == "":
        return -1
    return (yield from _handshake(turn, ssl, side))


def _handshake(turn: Turn, ssl: ObjectId, side: Literal["client", "server"]) -> Rule:
    record = turn.ssl(ssl)
    if record.state != "fresh":
        return 1 if record.state == "connected" else -1
    if not _can_start(turn, ssl):
        return -1
    side = record.side or side
    version = min(record.max_version, turn.peer.max_version)
    turn.change_ssl(ssl, side=side, version=version, hit=False)
    shake = _client if side == "client" else _server
    is_done = yield from shake(turn, ssl)
    return 1 if is_done else -1


def _can_start(turn: Turn, ssl: ObjectId) -> bool:
    """Whether the connection's own pointers still lead to living objects."""
    record = turn.ssl(ssl)
    holder = Holder("session_ctx", ssl)
    if not turn.is_alive(record.session_ctx, holder, "the handshake reads"):
        return False
    if record.session is None:
        return True
    return turn.is_alive(
        record.session, connections.session_of(ssl), "the handshake reads the offered"
    )


def new_session(turn: Turn, ssl: ObjectId, why: str, *, version: int = 0) -> ObjectId:
    """A new session for the connection, which gives its former one back.

    Its version is the negotiated one, but for a client's before the answer came.
    """
    record = turn.ssl(ssl)
    made = turn.create(
        Session(
            time=turn.clock,
            timeout=turn.ctx(record.session_ctx).timeout,
            version=version or record.version,
            id_context=record.id_context,
        ),
        connections.session_of(ssl),
    )
    connections.leave_session(turn, ssl, why)
    connections.give_session(turn, ssl, made)
    return made


def copied_session(turn: Turn, ssl: ObjectId, why: str) -> ObjectId | None:
    """A copy of the connection's session in its place, as TLS 1.3 makes per ticket."""
    old = turn.ssl(ssl).session
    if old is None or not turn.is_alive(old, connections.session_of(ssl), "the ticket copies"):
        return None
    content = turn.session(old)._replace(
        count=1, alive=True, cached_in=None, added=0, spoiled=False
    )
    made = turn.create(content, connections.session_of(ssl))
    connections.leave_session(turn, ssl, why)
    connections.give_session(turn, ssl, made)
    return made


def name_session(turn: Turn, session: ObjectId, *, with_ticket: bool) -> None:
    """Give the session an id nobody had before."""
    turn.change_session(session, key=f"id {turn.next_serial()}", has_ticket=with_ticket)


def fail(turn: Turn, ssl: ObjectId) -> Work[bool]:
    """A fatal alert: the session leaves the cache and is spoiled at once."""
    record = turn.ssl(ssl)
    if record.session is not None:
        yield from drop_session(turn, record.session_ctx, record.session, "a fatal alert")
    turn.change_ssl(ssl, state="failed")
    return False


# -- client ----------------------------------------------------------------


def _client(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    offered = turn.session(record.session) if record.session else None
    if offered is None or not (offered.is_resumable and 0 < offered.version <= record.max_version):
        if record.session is not None and offered is not None and not offered.is_resumable:
            turn.tell(Refused(record.session, ssl, "not resumable"))
        why = "it cannot be resumed, a new session replaces it"
        new_session(turn, ssl, why, version=record.max_version)
        offered = None
    if "fails" in turn.directions or record.version < record.min_version:
        return (yield from fail(turn, ssl))
    if offered is not None and _peer_resumes(turn, ssl, offered):
        if offered.id_context != record.id_context:
            return (yield from fail(turn, ssl))
        turn.change_ssl(ssl, hit=True)
    elif offered is not None:
        assert record.session is not None
        turn.tell(Refused(record.session, ssl, "peer"))
        new_session(turn, ssl, "the peer did not resume it, a new session replaces it")
        _count_ctx(turn, record.session_ctx, "misses")
    return (yield from _client_finish(turn, ssl))


def _peer_resumes(turn: Turn, ssl: ObjectId, offered: Session) -> bool:
    """Whether the scripted server knows the offered session and takes it."""
    record = turn.ssl(ssl)
    if turn.peer.refuses or offered.version != record.version:
        return False
    if not (offered.has_ticket or offered.key.startswith("id ")):
        return False
    if record.version < TLS1_3:
        return not (record.no_ticket and offered.has_ticket)
    return turn.library.resumes_tls13 and turn.clock - offered.time <= TICKET_LIFETIME + 1


def _client_finish(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    session, ctx = record.session, record.session_ctx
    assert session is not None
    turn.change_session(session, has_cipher=True, version=record.version)
    if record.version >= TLS1_3:
        if turn.ctx(ctx).cache_mode & CACHE_CLIENT:
            yield from drop_session(turn, ctx, session, "TLS 1.3 uses a session once")
        tickets = (1 if record.hit else 2) if turn.peer.gives_tickets else 0
        turn.change_ssl(ssl, waiting_tickets=tickets)
    else:
        if not record.hit:
            name_session(
                turn, session, with_ticket=turn.peer.gives_tickets and not record.no_ticket
            )
        yield from settle(turn, ssl, CACHE_CLIENT)
    if record.hit:
        _count_ctx(turn, ctx, "hits")
    _count_ctx(turn, ctx, "connected")
    turn.change_ssl(ssl, state="connected")
    return True


# -- server ----------------------------------------------------------------


def _server(turn: Turn, ssl: ObjectId) -> Work[bool]:
    offer = turn.peer.offer if "peer resumes" in turn.directions else None
    found = yield from _look_up(turn, ssl, offer)
    record = turn.ssl(ssl)
    if found == "fatal":
        return (yield from fail(turn, ssl))
    if found is not None:
        connections.leave_session(turn, ssl, "the client's session replaces it")
        connections.give_session(turn, ssl, found)
        turn.change_ssl(ssl, hit=True)
        _count_ctx(turn, record.session_ctx, "hits")
    elif record.version < record.min_version:
        return (yield from fail(turn, ssl))
    else:
        if offer is not None and offer.key:
            _tell_missed(turn, ssl, offer.key)
        made = new_session(turn, ssl, "a new session replaces it")
        if record.version < TLS1_3 and not _gives_ticket(turn, ssl):
            name_session(turn, made, with_ticket=False)
    if "fails" in turn.directions:
        return (yield from fail(turn, ssl))
    chosen = turn.ssl(ssl).session
    assert chosen is not None
    turn.change_session(chosen, has_cipher=True)
    finish = _server_finish_13 if record.version >= TLS1_3 else _server_finish_12
    return (yield from finish(turn, ssl))


def _tell_missed(turn: Turn, ssl: ObjectId, key: str) -> None:
    """Why a session that the client asked for by id was not found, if the text shows it."""
    for number, session in enumerate(turn.sessions, 1):
        if session.key != key or not session.alive:
            continue
        which = ObjectId("session", number)
        if session.cached_in not in (None, turn.ssl(ssl).session_ctx):
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
    if offer is not None and offer.version != record.version:
        offer = None
    holder = connections.session_of(ssl)
    is_cached = False
    found: ObjectId | None = None
    if offer is not None and offer.copy is not None:
        if not record.no_ticket:
            found = turn.create(offer.copy, holder)
    elif offer is not None or (record.version < TLS1_3 and turn.peer.max_version >= TLS1_3):
        is_cached = record.version < TLS1_3  # TLS 1.3 leaves what has expired in the cache
        found = yield from _look_in_cache(turn, ssl, offer.key if offer else "")
    if found is None:
        return None
    session = turn.session(found)
    if session.version == record.version and session.id_context == record.id_context:
        if record.verify_peer and record.id_context == "":
            release_session(turn, found, holder)
            return "fatal"
        if turn.clock <= session.time + session.timeout:
            return found
        _count_ctx(turn, record.session_ctx, "timeouts")
        if is_cached:
            yield from drop_session(turn, record.session_ctx, found, "it has expired")
    release_session(turn, found, holder)
    return None


def _look_in_cache(turn: Turn, ssl: ObjectId, key: str) -> Work[ObjectId | None]:
    """The internal cache first, then the get callback; the reference is the connection's."""
    record = turn.ssl(ssl)
    ctx, holder = record.session_ctx, connections.session_of(ssl)
    if not turn.ctx(ctx).cache_mode & NO_INTERNAL_LOOKUP:
        found = turn.ctx(ctx).cache.get((record.version, key)) if key else None
        if found is not None:
            if not turn.is_alive(found, cache_of(ctx), "the lookup reads"):
                return None
            turn.up(found, holder)
            return found
        _count_ctx(turn, ctx, "misses")
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
    if turn.session(found).spoiled:
        if not copy:
            release_session(turn, found, PROGRAM)
        return None
    _count_ctx(turn, ctx, "cb_hits")
    if copy:
        turn.up(found, holder)
    else:
        turn.hand_over(found, PROGRAM, holder)
    if not turn.ctx(ctx).cache_mode & NO_INTERNAL_STORE:
        yield from add_session(turn, ctx, found)
    return found


def _server_finish_12(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    session, ctx = record.session, record.session_ctx
    assert session is not None
    spoiled = turn.session(session).spoiled
    if not record.hit and (spoiled or not turn.ctx(record.ctx).cache_mode & CACHE_SERVER):
        turn.change_session(session, key="")
    yield from settle(turn, ssl, CACHE_SERVER)
    if not record.hit:
        content = turn.session(session)
        if _gives_ticket(turn, ssl):
            _remember(turn, Offer(record.version, copy=_ticket(turn, session)))
        else:
            _remember(turn, Offer(record.version, key=content.key) if content.key else None)
    _count_ctx(turn, ctx, "accepted")
    turn.change_ssl(ssl, state="connected")
    return True


def _server_finish_13(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    tickets = record.tickets if turn.library.sends_tls13_tickets else 0
    if record.hit:
        tickets = min(1, tickets)
    _remember(turn, None)
    for number in range(tickets):
        session = turn.ssl(ssl).session
        assert session is not None
        if number > 0 or record.hit:
            session = copied_session(turn, ssl, "the next ticket has a session of its own")
            assert session is not None
        name_session(turn, session, with_ticket=False)
        turn.change_session(session, time=turn.clock)
        yield from settle(turn, ssl, CACHE_SERVER)
        if record.no_ticket:
            _remember(turn, Offer(record.version, key=turn.session(session).key))
        else:
            _remember(turn, Offer(record.version, copy=_ticket(turn, session)))
    _count_ctx(turn, record.session_ctx, "accepted")
    turn.change_ssl(ssl, state="connected")
    return True


def _ticket(turn: Turn, session: ObjectId) -> Session:
    """The content a stateless ticket carries to the client and back."""
    return turn.session(session)._replace(
        count=1,
        alive=True,
        cached_in=None,
        added=0,
        spoiled=False,
        key=f"id {turn.next_serial()}",
    )


def _remember(turn: Turn, offer: Offer | None) -> None:
    """What the scripted client will offer when it comes back."""
    turn.peer = turn.peer._replace(offer=offer)


# -- both ------------------------------------------------------------------


def settle(turn: Turn, ssl: ObjectId, side: int) -> Rule:
    """A new session goes to the internal cache and to the new callback, if the mode says so.

    The new callback gets one reference already counted for it: if it returns
    1 that reference is the program's, else libssl takes it back.
    """
    record = turn.ssl(ssl)
    session, ctx = record.session, record.session_ctx
    assert session is not None
    if turn.session(session).key == "" or _lacks_id_context(turn, ssl):
        return None
    mode = turn.ctx(ctx).cache_mode
    is_13 = record.version >= TLS1_3
    if mode & side and (not record.hit or is_13):
        if not mode & NO_INTERNAL_STORE and (
            not is_13 or side == CACHE_CLIENT or turn.ctx(ctx).remove_cb or record.no_ticket
        ):
            yield from add_session(turn, ctx, session)
        yield from _offer_new(turn, ssl, session)
    if not mode & NO_AUTO_CLEAR and mode & side:
        settings = turn.ctx(ctx)
        count = settings.connected if side == CACHE_CLIENT else settings.accepted
        if count & 0xFF == 0xFF:
            yield from flush(turn, ctx, turn.clock)
    return None


def _lacks_id_context(turn: Turn, ssl: ObjectId) -> bool:
    """A verifying server without a session id context caches nothing."""
    record = turn.ssl(ssl)
    if record.side != "server" or turn.library.caches_without_id_context:
        return False
    return record.verify_peer and record.id_context == ""


def _offer_new(turn: Turn, ssl: ObjectId, session: ObjectId) -> Rule:
    ctx = turn.ssl(ssl).session_ctx
    callback = turn.ctx(ctx).new_cb
    if not callback:
        return None
    offered = Holder("new_cb", ctx)
    turn.up(session, offered)
    answer: Value | None
    answer, _copy = yield from turn.call_back("new_cb", callback, (ssl, session))
    if answer in (0, NULL, None):
        release_session(turn, session, offered)
    else:
        turn.hand_over(session, offered, PROGRAM)
    return None


def _count_ctx(turn: Turn, ctx: ObjectId, field: str) -> None:
    turn.change_ctx(ctx, **{field: getattr(turn.ctx(ctx), field) + 1})
