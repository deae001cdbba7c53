"""SSL_read(3), SSL_write(3), SSL_shutdown(3): what comes and goes on a connection.

In TLS 1.3 a client's SSL_read takes in the tickets, each a session of its own.
"""

from __future__ import annotations

from sslrefs.model.objects import Address, ObjectId, Value
from sslrefs.model.outcome import Holder, Stored
from sslrefs.model.rules import handshake, shaking
from sslrefs.model.turn import Rule, Turn

__all__ = [
    "get_shutdown",
    "read",
    "read_ex",
    "set_quiet_shutdown",
    "set_shutdown",
    "shutdown",
    "write",
    "write_ex",
]

SENT, RECEIVED = 1, 2
TLS1_3 = 0x304
WHAT_PEER_SENDS = 5


def shutdown(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_shutdown(3): sends close_notify, which saves the session from being spoiled."""
    record = turn.ssl(ssl)
    if record.state != "connected":
        return -1
    if record.quiet_shutdown:
        turn.change_ssl(ssl, sent_shutdown=True, received_shutdown=True)
        return 1
    if not record.sent_shutdown:
        turn.is_alive(record.ctx, Holder("ctx", ssl), "SSL_shutdown reads")
    if record.is_cut_off:
        # The mark is set though the keys are gone; in TLS 1.3 the record cannot even be written.
        is_written = not record.sent_shutdown and (
            record.version < TLS1_3 or record.session is None
        )
        turn.change_ssl(ssl, sent_shutdown=True)
        return 0 if is_written else -1
    if record.sent_shutdown and not record.received_shutdown:
        return -1
    turn.change_ssl(ssl, sent_shutdown=True)
    return int(record.received_shutdown)


def set_shutdown(turn: Turn, ssl: ObjectId, mode: int) -> Value | None:
    """SSL_set_shutdown(3): SSL_SENT_SHUTDOWN protects the session, nothing is sent."""
    turn.change_ssl(ssl, sent_shutdown=bool(mode & SENT), received_shutdown=bool(mode & RECEIVED))
    return None


def get_shutdown(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_get_shutdown(3)."""
    record = turn.ssl(ssl)
    return SENT * record.sent_shutdown | RECEIVED * record.received_shutdown


def set_quiet_shutdown(turn: Turn, ssl: ObjectId, mode: int) -> Value | None:
    """SSL_set_quiet_shutdown(3): alone it protects nothing; SSL_shutdown must still be called."""
    turn.change_ssl(ssl, quiet_shutdown=bool(mode))
    return None


def write(turn: Turn, ssl: ObjectId, _data: Value, length: int) -> Rule:
    """SSL_write(3): all of it, if the connection is open; before the handshake it makes it."""
    if turn.ssl(ssl).sent_shutdown or not (yield from handshake.is_open(turn, ssl)):
        return -1
    return length


def write_ex(turn: Turn, ssl: ObjectId, data: Value, length: int, written: Value) -> Rule:
    """SSL_write_ex(3): as SSL_write(3), but 1 or 0, and how much it was goes to `*written`."""
    return _counted(turn, (yield from write(turn, ssl, data, length)), written)


def read_ex(turn: Turn, ssl: ObjectId, buffer: Value, size: int, readbytes: Value) -> Rule:
    """SSL_read_ex(3): as SSL_read(3), but 1 or 0, and how much it was goes to `*readbytes`."""
    return _counted(turn, (yield from read(turn, ssl, buffer, size)), readbytes)


def _counted(turn: Turn, length: Value | None, where: Value) -> int:
    if not isinstance(length, int) or length <= 0:
        return 0
    if isinstance(where, Address):
        turn.tell(Stored(where.place, length))
    return 1


def read(turn: Turn, ssl: ObjectId, _buffer: Value, size: int) -> Rule:
    """SSL_read(3): five bytes of the peer, or what the line's direction says.

    Before the handshake it makes it. A waiting TLS 1.3 ticket makes a new
    session; the connection gives back the one it had.
    """
    record = turn.ssl(ssl)
    if record.side == "":
        return -1
    if record.received_shutdown:
        return 0
    if not (yield from handshake.is_open(turn, ssl)):
        return -1
    for _ in range(turn.ssl(ssl).waiting_tickets):
        yield from _take_ticket(turn, ssl)
    turn.change_ssl(ssl, waiting_tickets=0)
    if "peer breaks" in turn.directions:
        yield from shaking.fail(turn, ssl)
        return -1
    if turn.ssl(ssl).is_silent:
        if turn.library.close_notify_stays and record.version >= TLS1_3:
            turn.change_ssl(ssl, received_shutdown=True)
            return 0
        return -1
    if "peer closes" in turn.directions:
        turn.change_ssl(ssl, received_shutdown=True, is_silent=True)
        return 0
    return min(size, WHAT_PEER_SENDS)


def _take_ticket(turn: Turn, ssl: ObjectId) -> Rule:
    session = shaking.copied_session(turn, ssl, "a ticket has a session of its own")
    if session is None:
        return None
    shaking.name_session(turn, session, with_ticket=True)
    turn.change_session(session, time=turn.clock, spoiled=False)
    yield from shaking.settle(turn, ssl, shaking.CACHE_CLIENT)
    return None
