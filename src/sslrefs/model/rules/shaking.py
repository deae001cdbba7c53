"""What both sides of a handshake share: new sessions, fatal alerts, and what becomes of a session.

A new session belongs to the connection. Cache, new callback and automatic
flush come afterwards (`settle`), in TLS 1.3 once per ticket.
"""

from __future__ import annotations

from sslrefs.model.objects import NULL, ObjectId, Session, Value
from sslrefs.model.outcome import PROGRAM, Holder
from sslrefs.model.rules import connections
from sslrefs.model.rules.cache import add_session, drop_session, flush, release_session
from sslrefs.model.turn import Rule, Turn, Work

__all__ = [
    "CACHE_CLIENT",
    "CACHE_SERVER",
    "NO_INTERNAL_LOOKUP",
    "NO_INTERNAL_STORE",
    "TLS1_3",
    "alert",
    "copied_session",
    "count_up",
    "fail",
    "name_session",
    "new_session",
    "settle",
]

TLS1_3 = 0x304
CACHE_CLIENT, CACHE_SERVER = 0x1, 0x2
DEFAULT_TIMEOUT = 7200
NO_AUTO_CLEAR, NO_INTERNAL_LOOKUP, NO_INTERNAL_STORE = 0x80, 0x100, 0x200


def new_session(turn: Turn, ssl: ObjectId, why: str, *, version: int = 0) -> ObjectId:
    """A new session for the connection, which gives its former one back.

    Its version is the negotiated one, but for a client's before the answer came.
    """
    record = turn.ssl(ssl)
    made = turn.create(
        Session(
            time=turn.clock,
            timeout=turn.ctx(record.session_ctx).timeout or DEFAULT_TIMEOUT,
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


def name_session(
    turn: Turn, session: ObjectId, *, with_ticket: bool, peer_knows: bool = True
) -> None:
    """Give the session an id nobody had before; the scripted server knows only its own."""
    prefix = "id" if peer_knows else "own id"
    turn.change_session(session, key=f"{prefix} {turn.next_serial()}", has_ticket=with_ticket)


def fail(turn: Turn, ssl: ObjectId, *, by_peer: bool = False) -> Work[bool]:
    """A fatal alert ends the handshake."""
    yield from alert(turn, ssl, by_peer=by_peer)
    turn.change_ssl(ssl, state="failed")
    return False


def alert(turn: Turn, ssl: ObjectId, *, by_peer: bool = False) -> Rule:
    """A fatal alert: the connection's session leaves the cache and is spoiled at once.

    After SSL_shutdown an alert of our own is not sent and spoils nothing.
    """
    record = turn.ssl(ssl)
    if record.session is not None and (by_peer or not record.sent_shutdown):
        holder = connections.session_of(ssl)
        if turn.is_alive(record.session, holder, "a fatal alert makes libssl read"):
            yield from drop_session(turn, record.session_ctx, record.session, "a fatal alert")
    return None


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


def count_up(turn: Turn, ctx: ObjectId, field: str) -> None:
    """One more in a statistic of the context."""
    turn.change_ctx(ctx, **{field: getattr(turn.ctx(ctx), field) + 1})
