"""SSL_CTX_new(3) with SSL_CTX_up_ref and SSL_CTX_free(3), and a context's settings."""

from __future__ import annotations

from sslrefs.model.objects import NULL, Ctx, Function, Null, ObjectId, Opaque, Text, Value
from sslrefs.model.outcome import PROGRAM, Holder
from sslrefs.model.rules.cache import flush
from sslrefs.model.turn import Rule, Turn

__all__ = [
    "ctx_free",
    "ctx_new",
    "ctx_up_ref",
    "no_effect",
    "release_ctx",
    "set_cache_mode",
    "set_id_context",
    "set_max_version",
    "set_options",
]

SSL_OP_NO_TICKET = 0x4000


def ctx_new(turn: Turn, _method: Value) -> Value:
    """SSL_CTX_new(3): a new context, count 1, yours to free."""
    return turn.create(Ctx(), PROGRAM)


def ctx_up_ref(turn: Turn, ctx: ObjectId) -> Value:
    """SSL_CTX_up_ref(3): one more reference, yours to give back."""
    turn.up(ctx, PROGRAM)
    return 1


def release_ctx(turn: Turn, ctx: ObjectId, holder: Holder) -> Rule:
    """Give one reference back; at 0 the cache is flushed, then the memory goes."""
    if not turn.is_alive(ctx, holder, f"{holder} gives a reference back to"):
        return None
    if turn.down(ctx, holder) == 0:
        yield from flush(turn, ctx, 0)
        turn.bury(ctx)
    return None


def ctx_free(turn: Turn, ctx: ObjectId | Null) -> Rule:
    """SSL_CTX_free(3): gives your reference back; NULL is ignored."""
    if ctx is not NULL:
        yield from release_ctx(turn, ctx, PROGRAM)
    return None


def set_cache_mode(turn: Turn, ctx: ObjectId, mode: int) -> Value:
    """SSL_CTX_set_session_cache_mode(3): returns the old mode."""
    old = turn.ctx(ctx).cache_mode
    turn.change_ctx(ctx, cache_mode=mode)
    return old


def set_max_version(turn: Turn, ctx: ObjectId, version: int) -> Value:
    """SSL_CTX_set_max_proto_version(3): 0 means the highest the library has."""
    turn.change_ctx(ctx, max_version=version or 0x304)
    return 1


def set_options(turn: Turn, ctx: ObjectId, options: int) -> Value:
    """SSL_CTX_set_options(3): of the options only SSL_OP_NO_TICKET decides who holds what."""
    if options & SSL_OP_NO_TICKET:
        turn.change_ctx(ctx, no_ticket=True)
    return Opaque("option bits")


def set_id_context(turn: Turn, ctx: ObjectId, name: Value, length: int) -> Value:
    """SSL_CTX_set_session_id_context(3): at most 32 bytes, else 0 and no change."""
    if length > 32:
        return 0
    text = name.text[:length] if isinstance(name, Text) else str(name)[:length]
    turn.change_ctx(ctx, id_context=text)
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
