"""SSL_SESSION_new(3), SSL_SESSION_up_ref, SSL_SESSION_free(3), SSL_SESSION_dup."""

from __future__ import annotations

from sslrefs.model.objects import NULL, Null, ObjectId, Session, Text, Value
from sslrefs.model.outcome import PROGRAM
from sslrefs.model.rules.cache import list_again, release_session, rename_entry
from sslrefs.model.turn import Turn

__all__ = [
    "copy_of",
    "get_time",
    "get_timeout",
    "get_version",
    "has_ticket",
    "is_resumable",
    "session_free",
    "session_new",
    "session_up_ref",
    "set_id",
    "set_time",
    "set_timeout",
    "set_version",
]


def session_new(turn: Turn) -> Value:
    """SSL_SESSION_new(3): an empty session, count 1, yours to free; not resumable yet."""
    return turn.create(Session(time=turn.clock), PROGRAM)


def session_up_ref(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_up_ref(3): one more reference, yours to give back."""
    turn.up(session, PROGRAM)
    return 1


def session_free(turn: Turn, session: ObjectId | Null) -> Value | None:
    """SSL_SESSION_free(3): gives your reference back; NULL is ignored."""
    if session is not NULL:
        release_session(turn, session, PROGRAM)
    return None


def copy_of(session: Session) -> Session:
    """The content of a session in a new object: count 1, in no cache."""
    return session._replace(count=1, alive=True, cached_in=None, added=0)


def is_resumable(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_is_resumable(3): alive is not enough, it must be unspoiled, with id or ticket."""
    return int(turn.library.knows_resumable and turn.session(session).is_resumable)


def set_id(turn: Turn, session: ObjectId, name: Value, length: int) -> Value:
    """SSL_SESSION_set1_id(3): the bytes are copied; at most 32."""
    if length > 32:
        return 0
    text = name.text[:length] if isinstance(name, Text) else "?"
    old = turn.session(session).cache_key
    turn.change_session(session, key=f"set {text}" if length else "")
    rename_entry(turn, session, old)
    return 1


def set_time(turn: Turn, session: ObjectId, when: int) -> Value:
    """SSL_SESSION_set_time(3): works on cached sessions too."""
    turn.change_session(session, time=when)
    list_again(turn, session)
    return when


def get_time(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_get_time(3)."""
    return turn.session(session).time


def set_timeout(turn: Turn, session: ObjectId, seconds: int) -> Value:
    """SSL_SESSION_set_timeout(3): works on cached sessions too."""
    turn.change_session(session, timeout=seconds)
    list_again(turn, session)
    return 1


def get_timeout(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_get_timeout(3)."""
    return turn.session(session).timeout


def set_version(turn: Turn, session: ObjectId, version: int) -> Value:
    """SSL_SESSION_set_protocol_version(3)."""
    old = turn.session(session).cache_key
    turn.change_session(session, version=version)
    rename_entry(turn, session, old)
    return 1


def get_version(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_get_protocol_version(3)."""
    return turn.session(session).version


def has_ticket(turn: Turn, session: ObjectId) -> Value:
    """SSL_SESSION_has_ticket(3)."""
    return int(turn.session(session).has_ticket)
