"""Wrong beliefs about libssl that people really have, each as a rule for the model.

The walks have to find every one of them; that shows that they can fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sslrefs.model.objects import ObjectId, Value
from sslrefs.model.rules import RULES, cache, connections
from sslrefs.model.turn import Turn

__all__ = ["BELIEFS", "believe"]


def _counts_nothing(_turn: Turn, _session: ObjectId) -> Value:
    """SSL_SESSION_up_ref only asks."""
    return 1


def _lends(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_get1_session is SSL_get_session by another name."""
    return connections.get_session(turn, ssl)


def _takes_all_that_expires(turn: Turn, ctx: ObjectId, when: int) -> Any:
    """A session whose expiry equals the time of a flush goes too."""
    return cache.flush_sessions(turn, ctx, when + 1 if when else 0)


def _leaves_absent_sessions_alone(turn: Turn, ctx: ObjectId, session: Value) -> Any:
    """Removing a session that is not in the cache does nothing to it."""
    if isinstance(session, ObjectId) and turn.session(session).cached_in != ctx:
        return 0
    return cache.remove_session(turn, ctx, session)  # type: ignore[arg-type]  # NULL is left


def _moves_both(turn: Turn, ssl: ObjectId, ctx: Value) -> Any:
    """SSL_set_SSL_CTX moves both references of the connection."""
    wanted = yield from connections.set_ctx(turn, ssl, ctx)  # type: ignore[arg-type]
    if isinstance(wanted, ObjectId):
        turn.change_ssl(ssl, session_ctx=wanted)
    return wanted


BELIEFS: dict[str, tuple[str, Callable[..., Any]]] = {
    "up_ref only asks": ("SSL_SESSION_up_ref", _counts_nothing),
    "get1 lends": ("SSL_get1_session", _lends),
    "a flush takes what expires now": ("SSL_CTX_flush_sessions", _takes_all_that_expires),
    "removing what is absent is harmless": (
        "SSL_CTX_remove_session",
        _leaves_absent_sessions_alone,
    ),
    "SSL_set_SSL_CTX moves both references": ("SSL_set_SSL_CTX", _moves_both),
}


def believe(belief: str) -> None:
    """From here on, in this process, the model has this wrong rule."""
    name, rule = BELIEFS[belief]
    RULES[name] = rule
