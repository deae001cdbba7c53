"""SSL_SESSION_new(3), SSL_SESSION_up_ref, SSL_SESSION_free(3), SSL_SESSION_dup."""

from __future__ import annotations

from sslrefs.model.objects import NULL, Null, ObjectId, Session, Value
from sslrefs.model.outcome import PROGRAM
from sslrefs.model.rules.cache import release_session
from sslrefs.model.turn import Turn

__all__ = ["copy_of", "session_free", "session_new", "session_up_ref"]


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
