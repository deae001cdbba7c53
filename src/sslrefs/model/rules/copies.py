"""SSL_dup(3), SSL_clear(3), SSL_copy_session_id(3), SSL_SESSION_dup, d2i_SSL_SESSION(3), PEM."""

from __future__ import annotations

from sslrefs.model.objects import (
    NULL,
    Address,
    Bio,
    Bytes,
    Null,
    ObjectId,
    Opaque,
    Session,
    Side,
    Ssl,
    Value,
)
from sslrefs.model.outcome import PROGRAM, Holder, Stored
from sslrefs.model.rules import connections
from sslrefs.model.rules.cache import rename_entry
from sslrefs.model.rules.sessions import copy_of
from sslrefs.model.turn import Rule, Turn

_UNKNOWN = Opaque("unknown")
_SOME = Session(has_ticket=True, has_cipher=True, version=0x303)
"""What bytes hold of which nobody knows where they are from: a session of TLS 1.2."""

__all__ = [
    "bio_free",
    "bio_new",
    "copy_session_id",
    "d2i_session",
    "i2d_session",
    "pem_read",
    "pem_write",
    "session_dup",
    "ssl_clear",
    "ssl_dup",
]


def ssl_dup(turn: Turn, ssl: ObjectId) -> Rule:
    """SSL_dup(3): before the handshake a new connection, afterwards SSL_up_ref in disguise.

    The result is yours to free; a session that was set is shared.
    """
    record = turn.ssl(ssl)
    if record.state != "fresh" and turn.library.dup_shares_connection:
        turn.up(ssl, PROGRAM)
        return ssl
    if not turn.is_alive(record.ctx, None, "SSL_dup counts up"):
        return NULL
    made = connections.ssl_new(turn, record.ctx)
    assert isinstance(made, ObjectId)
    if _is_shared(turn, ssl, "SSL_dup"):
        yield from connections.set_session(turn, made, record.session or NULL)
    turn.change_ssl(made, method=_method_of(record))
    if record.side:
        connections.choose_side(turn, made, record.side)
    turn.change_ssl(
        made,
        id_context=record.id_context,
        min_version=record.min_version,
        max_version=record.max_version,
        no_ticket=record.no_ticket,
        verify_peer=record.verify_peer,
        sent_shutdown=record.sent_shutdown,
        received_shutdown=record.received_shutdown,
        hit=record.hit,
    )
    return made


def _method_of(ssl: Ssl) -> Side:
    """What a connection's SSL_METHOD serves: a handshake leaves one for its side."""
    return ssl.method if ssl.state == "fresh" else ssl.side


def ssl_clear(turn: Turn, ssl: ObjectId) -> Rule:
    """SSL_clear(3): ready for the next handshake; the session stays unless the end was unclean."""
    turn.is_alive(turn.ssl(ssl).ctx, Holder("ctx", ssl), "SSL_clear reads")
    if (yield from connections.unclean_end(turn, ssl)):
        connections.leave_session(turn, ssl, "SSL_clear")
    turn.change_ssl(
        ssl,
        state="fresh",
        method=connections.default_method(turn, ssl),
        is_cut_off=False,
        hit=False,
        sent_shutdown=False,
        received_shutdown=False,
        waiting_tickets=0,
    )
    return 1


def copy_session_id(turn: Turn, to: ObjectId, source: ObjectId) -> Rule:
    """SSL_copy_session_id(3): `to` takes a reference of its own to the session of `source`."""
    record = turn.ssl(source)
    if record.session and not _is_shared(turn, source, "SSL_copy_session_id"):
        return 0
    done = yield from connections.set_session(turn, to, record.session or NULL)
    record = turn.ssl(source)  # it may be `to` itself
    turn.change_ssl(to, id_context=record.id_context, method=_method_of(record))
    return done


def _is_shared(turn: Turn, ssl: ObjectId, name: str) -> bool:
    """Whether a connection has a session that may be counted up."""
    session = turn.ssl(ssl).session
    if session is None:
        return False
    return turn.is_alive(session, connections.session_of(ssl), f"{name} counts up")


def session_dup(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_dup: a copy with count 1, yours to free; it is in no cache."""
    return turn.create(copy_of(turn.session(session)), PROGRAM)


def _encoded(turn: Turn, session: ObjectId) -> Session | None:
    """What the bytes of a session say; they do not say that it was spoiled."""
    record = turn.session(session)
    return copy_of(record)._replace(spoiled=False) if record.has_cipher else None


def i2d_session(turn: Turn, session: ObjectId, where: Value) -> Value:
    """i2d_SSL_SESSION(3): counts nothing; with `*pp == NULL` the bytes are allocated."""
    content = _encoded(turn, session)
    if content is None:
        return 0
    if isinstance(where, Address):
        target = where.content
        if target in (NULL, None):
            turn.tell(Stored(where.place, Bytes(content)))
        elif isinstance(target, Address):
            turn.tell(Stored(target.place, Bytes(content)))
            turn.tell(Stored(where.place, Opaque("pointer")))
    return Opaque("positive")


def d2i_session(turn: Turn, into: Value, where: Value, _length: Value) -> Value:
    """d2i_SSL_SESSION(3): a new session with one reference, yours to free.

    If `*a` is set already that session is filled in place and returned: no
    new reference. Bytes that are no session give NULL.
    """
    content = _bytes_at(where)
    return NULL if content is None else _decoded(turn, content, into, "d2i_SSL_SESSION")


def _decoded(turn: Turn, content: Session, into: Value, name: str) -> Value:
    """A session of that content: the one that `*into` points to, filled anew, or a new one."""
    if isinstance(into, Address) and isinstance(into.content, ObjectId):
        target = into.content
        if not turn.is_alive(target, None, f"{name} fills"):
            return NULL
        old = turn.session(target)
        if old.has_ticket and not content.has_ticket:
            what = f"{name} leaves {target} the length of the ticket it had, without the ticket"
            turn.violate("bad pointer", target, None, what)
            return target
        turn.change_session(
            target,
            **content._replace(
                count=old.count, cached_in=old.cached_in, added=old.added, spoiled=old.spoiled
            )._asdict(),
        )
        rename_entry(turn, target, old.cache_key)
        return target
    made = turn.create(content, PROGRAM)
    if isinstance(into, Address):
        turn.tell(Stored(into.place, made))
    return made


def _bytes_at(where: Value) -> Session | None:
    """The encoded session a `const unsigned char **` leads to; unknown bytes are some session's."""
    target: Value | None = where.content if isinstance(where, Address) else None
    while isinstance(target, Address):
        target = target.content
    if target == _UNKNOWN:
        return _SOME
    return target.session if isinstance(target, Bytes) else None


def bio_new(turn: Turn, _method: Value) -> Value:
    """BIO_new(3): a memory BIO; the model looks only at the sessions written to it."""
    turn.bios = turn.bios.append(())
    return Bio(len(turn.bios))


def bio_free(_turn: Turn, _bio: Value) -> Value:
    """BIO_free(3)."""
    return 1


def pem_write(turn: Turn, bio: Value, session: ObjectId) -> Value:
    """PEM_write_bio_SSL_SESSION: counts nothing; what is written to an unknown BIO is not kept."""
    content = _encoded(turn, session)
    if content is None or not isinstance(bio, Bio):
        return int(content is not None and bio == _UNKNOWN)
    index = bio.number - 1
    turn.bios = turn.bios.set(index, (*turn.bios[index], content))
    return 1


def pem_read(turn: Turn, bio: Value, into: Value | Null, *_rest: Value) -> Value:
    """PEM_read_bio_SSL_SESSION: a new session with one reference, yours to free.

    As with d2i_SSL_SESSION(3), a session that `*a` points to is filled in place instead,
    and what nobody knows, here a BIO, is some session's.
    """
    if bio == _UNKNOWN:
        return _decoded(turn, _SOME, into, "PEM_read_bio_SSL_SESSION")
    if not isinstance(bio, Bio) or not turn.bios[bio.number - 1]:
        return NULL
    index = bio.number - 1
    content, *left = turn.bios[index]
    turn.bios = turn.bios.set(index, tuple(left))
    return _decoded(turn, content, into, "PEM_read_bio_SSL_SESSION")
