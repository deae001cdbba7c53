"""SSL_connect(3), SSL_accept(3) and SSL_do_handshake(3), against the scripted peer."""

from __future__ import annotations

from sslrefs.model.objects import ObjectId, Side
from sslrefs.model.outcome import Barred, Holder
from sslrefs.model.rules import connections, shaking
from sslrefs.model.rules.client import client
from sslrefs.model.rules.server import server
from sslrefs.model.turn import Rule, Turn, Work

__all__ = ["accept", "connect", "do_handshake", "is_open"]


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


def is_open(turn: Turn, ssl: ObjectId) -> Work[bool]:
    """Whether data can go over the connection; the first data shake hands before."""
    if turn.ssl(ssl).state == "fresh":
        yield from do_handshake(turn, ssl)
    return turn.ssl(ssl).state == "connected"


def _handshake(turn: Turn, ssl: ObjectId, side: Side) -> Rule:
    record = turn.ssl(ssl)
    if record.state != "fresh":
        return 1 if record.state == "connected" else -1
    if not record.side:
        connections.choose_side(turn, ssl, side)
        record = turn.ssl(ssl)
    if record.is_barred:
        turn.tell(Barred(ssl, record.side))
        return 0
    if not _can_start(turn, ssl):
        return -1
    side = record.side
    version = min(record.max_version, turn.peer.max_version)
    turn.change_ssl(
        ssl,
        side=side,
        version=version,
        hit=False,
        is_silent=False,
        sent_shutdown=False,
        received_shutdown=False,
    )
    if side == "client" and record.max_version < record.min_version:  # no hello can be written
        yield from shaking.fail(turn, ssl)
        return -1
    shake = client if side == "client" else server
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
