"""Settings and statistics: they change no count, but decide what is cached and resumed.

A connection takes over what SSL_new(3) finds in its context, and may then be
set itself; the cache mode and the callbacks are read from the context each time.
"""

from __future__ import annotations

from collections.abc import Callable

from sslrefs.model.objects import Function, Null, ObjectId, Opaque, Text, Value
from sslrefs.model.turn import Turn

__all__ = [
    "getter",
    "no_effect",
    "set_cache_mode",
    "set_get_cb",
    "set_id_context",
    "set_max_version",
    "set_min_version",
    "set_new_cb",
    "set_options",
    "set_quiet_shutdown",
    "set_remove_cb",
    "set_tickets",
    "set_timeout",
    "set_verify",
]

SSL_OP_NO_TICKET = 0x4000
SSL_VERIFY_PEER = 1


def getter(field: str) -> Callable[[Turn, ObjectId], Value]:
    """A function that returns a number the context keeps."""

    def get(turn: Turn, ctx: ObjectId) -> Value:
        return int(getattr(turn.ctx(ctx), field))

    return get


def set_cache_mode(turn: Turn, ctx: ObjectId, mode: int) -> Value:
    """SSL_CTX_set_session_cache_mode(3): returns the old mode."""
    old = turn.ctx(ctx).cache_mode
    turn.change_ctx(ctx, cache_mode=mode)
    return old


def set_max_version(turn: Turn, which: ObjectId, version: int) -> Value:
    """SSL_CTX_set_max_proto_version(3), SSL_set_max_proto_version(3): 0 is no limit."""
    turn.change(which, max_version=version or 0x304)
    return 1


def set_options(turn: Turn, which: ObjectId, options: int) -> Value:
    """SSL_CTX_set_options(3), SSL_set_options(3): only SSL_OP_NO_TICKET decides who holds what."""
    if options & SSL_OP_NO_TICKET:
        turn.change(which, no_ticket=True)
    return Opaque("option bits")


def set_id_context(turn: Turn, which: ObjectId, name: Value, length: int) -> Value:
    """SSL_CTX_set_session_id_context(3), SSL_set_session_id_context(3).

    At most 32 bytes, else 0 and no change.
    """
    if length > 32:
        return 0
    text = name.text[:length] if isinstance(name, Text) else str(name)[:length]
    turn.change(which, id_context=text)
    return 1


def no_effect(_turn: Turn, _ctx: ObjectId, *_rest: Value) -> Value:
    """A call that succeeds and changes no count."""
    return 1


def set_new_cb(turn: Turn, ctx: ObjectId, callback: Function | Null) -> Value | None:
    """SSL_CTX_sess_set_new_cb(3)."""
    turn.change_ctx(ctx, new_cb=_name(callback))
    return None


def set_remove_cb(turn: Turn, ctx: ObjectId, callback: Function | Null) -> Value | None:
    """SSL_CTX_sess_set_remove_cb(3)."""
    turn.change_ctx(ctx, remove_cb=_name(callback))
    return None


def set_get_cb(turn: Turn, ctx: ObjectId, callback: Function | Null) -> Value | None:
    """SSL_CTX_sess_set_get_cb(3)."""
    turn.change_ctx(ctx, get_cb=_name(callback))
    return None


def _name(callback: Function | Null) -> str:
    return callback.name if isinstance(callback, Function) else ""


def set_min_version(turn: Turn, which: ObjectId, version: int) -> Value:
    """SSL_CTX_set_min_proto_version(3), SSL_set_min_proto_version(3)."""
    turn.change(which, min_version=version)
    return 1


def set_verify(turn: Turn, which: ObjectId, mode: int, _callback: Value) -> Value | None:
    """SSL_CTX_set_verify(3), SSL_set_verify(3): who verifies needs an id context to cache."""
    turn.change(which, verify_peer=bool(mode & SSL_VERIFY_PEER))
    return None


def set_tickets(turn: Turn, which: ObjectId, number: int) -> Value:
    """SSL_CTX_set_num_tickets(3), SSL_set_num_tickets(3): of a TLS 1.3 server."""
    turn.change(which, tickets=number)
    return 1


def set_timeout(turn: Turn, ctx: ObjectId, seconds: int) -> Value:
    """SSL_CTX_set_timeout(3): for sessions made later; returns the old value."""
    old = turn.ctx(ctx).timeout
    turn.change_ctx(ctx, timeout=seconds)
    return old


def set_quiet_shutdown(turn: Turn, ctx: ObjectId, mode: int) -> Value | None:
    """SSL_CTX_set_quiet_shutdown(3): for connections made later."""
    turn.change_ctx(ctx, quiet_shutdown=bool(mode))
    return None
