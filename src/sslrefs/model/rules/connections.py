"""SSL_new(3), SSL_free(3), SSL_get_session(3), SSL_set_session(3), SSL_set_SSL_CTX(3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sslrefs.model.objects import NULL, Null, ObjectId, Side, Ssl, Value
from sslrefs.model.outcome import PROGRAM, Holder
from sslrefs.model.rules.cache import drop_session, release_session
from sslrefs.model.rules.contexts import release_ctx
from sslrefs.model.turn import Rule, Turn

__all__ = [
    "choose_side",
    "default_method",
    "get1_session",
    "get_ctx",
    "get_session",
    "give_session",
    "is_finished",
    "leave_session",
    "release_ssl",
    "session_of",
    "session_reused",
    "set_ctx",
    "set_session",
    "set_side",
    "ssl_free",
    "ssl_new",
    "ssl_up_ref",
    "unclean_end",
]


def ssl_new(turn: Turn, ctx: ObjectId) -> Value:
    """SSL_new(3): a connection, count 1, yours to free.

    It takes two references to its context: one to the context in use, one to
    the context whose cache its sessions go to.
    """
    settings = turn.ctx(ctx)
    ssl = turn.create(
        Ssl(
            ctx=ctx,
            session_ctx=ctx,
            method=settings.method,
            min_version=settings.min_version,
            max_version=settings.max_version,
            no_ticket=settings.no_ticket,
            tickets=settings.tickets,
            verify_peer=settings.verify_peer,
            id_context=settings.id_context,
            quiet_shutdown=settings.quiet_shutdown,
        ),
        PROGRAM,
    )
    for slot in ("ctx", "session_ctx"):
        holder = Holder(slot, ssl)
        turn.up(ctx, holder)
        turn.linked(ctx, holder)
    return ssl


def ssl_up_ref(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_up_ref(3): one more reference, yours to give back."""
    turn.up(ssl, PROGRAM)
    return 1


def session_of(ssl: ObjectId) -> Holder:
    """The session pointer of a connection, as a holder."""
    return Holder("session", ssl)


def leave_session(turn: Turn, ssl: ObjectId, why: str) -> None:
    """The connection gives back its reference to its session, if it has one."""
    session = turn.ssl(ssl).session
    if session is None:
        return
    turn.change_ssl(ssl, session=None)
    turn.unlinked(session, session_of(ssl), why)
    release_session(turn, session, session_of(ssl))


def give_session(turn: Turn, ssl: ObjectId, session: ObjectId) -> None:
    """The connection now points to a session whose reference is already counted for it."""
    turn.change_ssl(ssl, session=session)
    turn.linked(session, session_of(ssl))


def unclean_end(turn: Turn, ssl: ObjectId) -> Rule:
    """A connection that ends without SSL_shutdown(3) spoils its session; 1 if it did."""
    record = turn.ssl(ssl)
    if record.session is None or record.sent_shutdown or record.state != "connected":
        return 0
    holder = Holder("session_ctx", ssl)
    if not turn.is_alive(record.session_ctx, holder, f"{ssl} ends without shutdown and reads"):
        return 1
    if turn.is_alive(record.session, session_of(ssl), f"{ssl} ends without shutdown and reads"):
        yield from drop_session(
            turn, record.session_ctx, record.session, "the connection ended without SSL_shutdown"
        )
    return 1


def release_ssl(turn: Turn, ssl: ObjectId, holder: Holder) -> Rule:
    """Give one reference back; at 0 the connection gives back its session and its contexts."""
    if not turn.is_alive(ssl, holder, f"{holder} gives a reference back to"):
        return None
    if turn.down(ssl, holder) > 0:
        return None
    yield from unclean_end(turn, ssl)
    leave_session(turn, ssl, "SSL_free")
    record = turn.ssl(ssl)
    turn.bury(ssl)
    for slot, ctx in (("session_ctx", record.session_ctx), ("ctx", record.ctx)):
        holding = Holder("ctx" if slot == "ctx" else "session_ctx", ssl)
        turn.unlinked(ctx, holding, "SSL_free")
        yield from release_ctx(turn, ctx, holding)
    return None


def ssl_free(turn: Turn, ssl: ObjectId | Null) -> Rule:
    """SSL_free(3): gives your reference back; NULL is ignored."""
    if ssl is not NULL:
        yield from release_ssl(turn, ssl, PROGRAM)
    return None


def get_session(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_get_session(3), SSL_get0_session(3): the session is lent to you."""
    return turn.ssl(ssl).session or NULL


def get1_session(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_get1_session(3): one more reference to the session, yours to give back."""
    session = turn.ssl(ssl).session
    if session is None:
        return NULL
    if turn.is_alive(session, session_of(ssl), "SSL_get1_session counts up"):
        turn.up(session, PROGRAM)
    return session


def set_session(turn: Turn, ssl: ObjectId, session: ObjectId | Null) -> Rule:
    """SSL_set_session(3): the connection takes a reference of its own; yours stays yours.

    The former session is given back; on a connection that was not shut down
    it is spoiled too, even if it is the same one.
    """
    record = turn.ssl(ssl)
    wanted = None if session is NULL else session
    if wanted and turn.library.refuses_unversioned and not turn.session(wanted).version:
        return 0
    turn.is_alive(record.ctx, Holder("ctx", ssl), "SSL_set_session reads")
    counts_first = turn.library.set_session_counts_first
    if wanted and counts_first:
        turn.up(wanted, session_of(ssl))
    if turn.library.spoils_own_session or wanted not in (None, record.session):
        yield from unclean_end(turn, ssl)
    if wanted and not counts_first:
        turn.up(wanted, session_of(ssl))
    leave_session(turn, ssl, "SSL_set_session")
    if wanted:
        give_session(turn, ssl, wanted)
    if record.state == "connected" and record.side == "client":
        turn.change_ssl(ssl, is_cut_off=True)
    if record.state == "fresh":
        follow_method(turn, ssl, default_method(turn, ssl))
    return 1


def default_method(turn: Turn, ssl: ObjectId) -> Side:
    """The method a connection goes back to."""
    record = turn.ssl(ssl)
    ctx = record.ctx if turn.library.method_follows_ctx else record.session_ctx
    return turn.ctx(ctx).method


def follow_method(turn: Turn, ssl: ObjectId, method: Side) -> None:
    """Give the connection another method, and of it the handshake that it had of the old one.

    Each method has one for either side; for a side it does not serve that is
    a function that only fails.
    """
    record = turn.ssl(ssl)
    chosen = "none" if record.is_barred else record.side
    for side in _SIDES:
        if chosen and chosen == _handshake_of(record.method, side):
            chosen = _handshake_of(method, side)
            break
    turn.change_ssl(ssl, method=method, is_barred=chosen == "none")


_SIDES: tuple[Side, ...] = ("client", "server")


def _handshake_of(method: Side, side: Side) -> Side | Literal["none"]:
    return side if method in ("", side) else "none"


def choose_side(turn: Turn, ssl: ObjectId, side: Side) -> None:
    """Make the connection ready for a handshake of that side, if its method has one."""
    is_barred = _handshake_of(turn.ssl(ssl).method, side) == "none"
    turn.change_ssl(
        ssl,
        side=side,
        is_barred=is_barred,
        state="fresh",
        sent_shutdown=False,
        received_shutdown=False,
    )


def get_ctx(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_get_SSL_CTX(3): the context in use is lent to you."""
    return turn.ssl(ssl).ctx


def set_ctx(turn: Turn, ssl: ObjectId, ctx: ObjectId | Null) -> Rule:
    """SSL_set_SSL_CTX(3): one of the two references moves; the cache stays the first context's.

    NULL goes back to the context of SSL_new. The result is lent.
    """
    record = turn.ssl(ssl)
    wanted = record.session_ctx if ctx is NULL else ctx
    old = record.ctx
    if wanted == old:
        if ctx is NULL:  # libssl compares before it looks up what NULL means, and goes on
            turn.is_alive(wanted, Holder("session_ctx", ssl), "SSL_set_SSL_CTX reads")
        return old
    holder = Holder("ctx", ssl)
    if not turn.is_alive(wanted, None, "SSL_set_SSL_CTX counts up"):
        return NULL
    if record.id_context == turn.ctx(old).id_context:
        turn.change_ssl(ssl, id_context=turn.ctx(wanted).id_context)
    turn.up(wanted, holder)
    turn.unlinked(old, holder, "SSL_set_SSL_CTX")
    turn.change_ssl(ssl, ctx=wanted)
    turn.linked(wanted, holder)
    yield from release_ctx(turn, old, holder)
    return wanted


def session_reused(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_session_reused(3): 1 when the last handshake resumed a session."""
    return int(turn.ssl(ssl).hit)


def set_side(side: Side) -> Callable[[Turn, ObjectId], Value | None]:
    """SSL_set_connect_state(3), SSL_set_accept_state(3): the next handshake's side."""

    def set_state(turn: Turn, ssl: ObjectId) -> Value | None:
        choose_side(turn, ssl, side)
        return None

    return set_state


def is_finished(turn: Turn, ssl: ObjectId) -> Value:
    """SSL_is_init_finished(3)."""
    return int(turn.ssl(ssl).state == "connected")
