"""SSL_CTX_new(3) with SSL_CTX_up_ref and SSL_CTX_free(3)."""

from __future__ import annotations

from sslrefs.model.objects import NULL, Ctx, Null, ObjectId, Opaque, Value
from sslrefs.model.outcome import PROGRAM, Holder
from sslrefs.model.rules.cache import flush
from sslrefs.model.turn import Rule, Turn

__all__ = ["ctx_free", "ctx_new", "ctx_up_ref", "release_ctx"]


def ctx_new(turn: Turn, method: Value) -> Value:
    """SSL_CTX_new(3): a new context, count 1, yours to free; its method may serve one side only."""
    side = method.side if isinstance(method, Opaque) else ""
    return turn.create(Ctx(method=side), PROGRAM)


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
