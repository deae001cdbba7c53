"""The client's side of a handshake: what it offers, and what the peer makes of it."""

from __future__ import annotations

from sslrefs.model.objects import ObjectId, Session
from sslrefs.model.outcome import Refused
from sslrefs.model.rules import shaking
from sslrefs.model.rules.cache import drop_session
from sslrefs.model.turn import Turn, Work

__all__ = ["client"]

TICKET_LIFETIME = 7200


def client(turn: Turn, ssl: ObjectId) -> Work[bool]:
    """The handshake as client; False when it failed."""
    record = turn.ssl(ssl)
    offered = turn.session(record.session) if record.session else None
    lowest = max(1, record.min_version)
    if offered is None or not (
        offered.is_resumable and lowest <= offered.version <= record.max_version
    ):
        if record.session is not None and offered is not None and not offered.is_resumable:
            turn.tell(Refused(record.session, ssl, "not resumable"))
        why = "it cannot be resumed, a new session replaces it"
        shaking.new_session(turn, ssl, why, version=record.max_version)
        offered = None
    if "fails" in turn.directions or record.version < record.min_version:
        # The peer's fatal alert counts as its close_notify too.
        turn.change_ssl(ssl, received_shutdown=True)
        return (yield from shaking.fail(turn, ssl, by_peer=True))
    if offered is not None and _peer_resumes(turn, ssl, offered):
        turn.change_ssl(ssl, hit=True)
        if offered.id_context != record.id_context:
            return (yield from shaking.fail(turn, ssl))
    elif offered is not None:
        assert record.session is not None
        turn.tell(Refused(record.session, ssl, "peer"))
        shaking.new_session(turn, ssl, "the peer did not resume it, a new session replaces it")
        shaking.count_up(turn, record.session_ctx, "misses")
    return (yield from _client_finish(turn, ssl))


def _peer_resumes(turn: Turn, ssl: ObjectId, offered: Session) -> bool:
    """Whether the scripted server knows the offered session and takes it."""
    record = turn.ssl(ssl)
    if turn.peer.refuses or offered.version != record.version:
        return False
    if not (offered.has_ticket or offered.key.startswith("id ")):
        return False
    if record.version < shaking.TLS1_3:
        return not (record.no_ticket and offered.has_ticket)
    return turn.library.resumes_tls13 and turn.clock - offered.time <= TICKET_LIFETIME + 1


def _client_finish(turn: Turn, ssl: ObjectId) -> Work[bool]:
    record = turn.ssl(ssl)
    session, ctx = record.session, record.session_ctx
    assert session is not None
    turn.change_session(session, has_cipher=True, version=record.version)
    if record.version >= shaking.TLS1_3:
        if turn.ctx(ctx).cache_mode & shaking.CACHE_CLIENT:
            yield from drop_session(turn, ctx, session, "TLS 1.3 uses a session once")
        tickets = (1 if record.hit else 2) if turn.peer.gives_tickets else 0
        turn.change_ssl(ssl, waiting_tickets=tickets)
    else:
        if not record.hit:
            shaking.name_session(
                turn, session, with_ticket=turn.peer.gives_tickets and not record.no_ticket
            )
        yield from shaking.settle(turn, ssl, shaking.CACHE_CLIENT)
    if record.hit:
        shaking.count_up(turn, ctx, "hits")
    shaking.count_up(turn, ctx, "connected")
    turn.change_ssl(ssl, state="connected")
    return True
