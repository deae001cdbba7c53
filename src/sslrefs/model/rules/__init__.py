"""The rules: one function per libssl call, and `step`, which applies one.

`step(world, name, arguments)` is the model. It never raises for what a C
program does wrong: a broken rule is an event in the outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from types import GeneratorType
from typing import Any

from sslrefs.model.calls import CALLS, Call
from sslrefs.model.objects import NULL, ObjectId, Opaque, Side, Uninitialised, Value
from sslrefs.model.outcome import NeedsCallback, Outcome
from sslrefs.model.rules import (
    cache,
    connections,
    contexts,
    copies,
    handshake,
    sessions,
    settings,
    traffic,
)
from sslrefs.model.turn import Turn
from sslrefs.model.world import World

__all__ = ["RULES", "step"]


def _method(side: Side = "") -> Callable[..., Any]:
    return lambda _turn: Opaque("pointer", side)


_FAIL_BY_THEMSELVES = ("SSL_connect", "SSL_accept", "SSL_do_handshake")


def _time(turn: Turn, _where: Value) -> Value:
    """time(3) on the virtual clock."""
    return turn.clock


def _sleep(turn: Turn, seconds: int) -> Value:
    """sleep(3) moves the virtual clock, at once."""
    turn.clock += max(0, seconds)
    return 0


RULES: dict[str, Callable[..., Any]] = {
    "TLS_client_method": _method("client"),
    "TLS_server_method": _method("server"),
    "TLS_method": _method(),
    "time": _time,
    "sleep": _sleep,
    "SSL_CTX_new": contexts.ctx_new,
    "SSL_CTX_up_ref": contexts.ctx_up_ref,
    "SSL_CTX_free": contexts.ctx_free,
    "SSL_CTX_set_session_cache_mode": settings.set_cache_mode,
    "SSL_CTX_get_session_cache_mode": settings.getter("cache_mode"),
    "SSL_CTX_set_min_proto_version": settings.set_min_version,
    "SSL_CTX_set_max_proto_version": settings.set_max_version,
    "SSL_CTX_set_options": settings.set_options,
    "SSL_CTX_set_verify": settings.set_verify,
    "SSL_CTX_set_num_tickets": settings.set_tickets,
    "SSL_CTX_set_timeout": settings.set_timeout,
    "SSL_CTX_get_timeout": settings.getter("timeout"),
    "SSL_CTX_set_quiet_shutdown": settings.set_quiet_shutdown,
    "SSL_CTX_set_session_id_context": settings.set_id_context,
    "SSL_CTX_use_certificate_file": settings.no_effect,
    "SSL_CTX_use_certificate_chain_file": settings.no_effect,
    "SSL_CTX_use_PrivateKey_file": settings.no_effect,
    "SSL_CTX_check_private_key": settings.no_effect,
    "SSL_CTX_sess_set_new_cb": settings.set_new_cb,
    "SSL_CTX_sess_set_remove_cb": settings.set_remove_cb,
    "SSL_CTX_sess_set_get_cb": settings.set_get_cb,
    "SSL_CTX_add_session": cache.add_session,
    "SSL_CTX_remove_session": cache.remove_session,
    "SSL_CTX_flush_sessions": cache.flush_sessions,
    "SSL_CTX_flush_sessions_ex": cache.flush_sessions,
    "SSL_CTX_sess_set_cache_size": cache.set_cache_size,
    "SSL_CTX_sess_get_cache_size": settings.getter("cache_size"),
    "SSL_CTX_sess_number": cache.session_count,
    "SSL_CTX_sess_connect_good": settings.getter("connected"),
    "SSL_CTX_sess_accept_good": settings.getter("accepted"),
    "SSL_CTX_sess_hits": settings.getter("hits"),
    "SSL_CTX_sess_cb_hits": settings.getter("cb_hits"),
    "SSL_CTX_sess_misses": settings.getter("misses"),
    "SSL_CTX_sess_timeouts": settings.getter("timeouts"),
    "SSL_CTX_sess_cache_full": settings.getter("cache_full"),
    "SSL_new": connections.ssl_new,
    "SSL_up_ref": connections.ssl_up_ref,
    "SSL_free": connections.ssl_free,
    "SSL_dup": copies.ssl_dup,
    "SSL_clear": copies.ssl_clear,
    "SSL_get_SSL_CTX": connections.get_ctx,
    "SSL_set_SSL_CTX": connections.set_ctx,
    "SSL_set_connect_state": connections.set_side("client"),
    "SSL_set_accept_state": connections.set_side("server"),
    "SSL_connect": handshake.connect,
    "SSL_accept": handshake.accept,
    "SSL_do_handshake": handshake.do_handshake,
    "SSL_is_init_finished": connections.is_finished,
    "SSL_read": traffic.read,
    "SSL_read_ex": traffic.read_ex,
    "SSL_write_ex": traffic.write_ex,
    "SSL_set_options": settings.set_options,
    "SSL_set_num_tickets": settings.set_tickets,
    "SSL_set_verify": settings.set_verify,
    "SSL_set_session_id_context": settings.set_id_context,
    "SSL_set_min_proto_version": settings.set_min_version,
    "SSL_set_max_proto_version": settings.set_max_version,
    "SSL_write": traffic.write,
    "SSL_shutdown": traffic.shutdown,
    "SSL_set_shutdown": traffic.set_shutdown,
    "SSL_get_shutdown": traffic.get_shutdown,
    "SSL_set_quiet_shutdown": traffic.set_quiet_shutdown,
    "SSL_get_session": connections.get_session,
    "SSL_get0_session": connections.get_session,
    "SSL_get1_session": connections.get1_session,
    "SSL_set_session": connections.set_session,
    "SSL_copy_session_id": copies.copy_session_id,
    "SSL_session_reused": connections.session_reused,
    "SSL_SESSION_new": sessions.session_new,
    "SSL_SESSION_dup": copies.session_dup,
    "SSL_SESSION_up_ref": sessions.session_up_ref,
    "SSL_SESSION_free": sessions.session_free,
    "SSL_SESSION_is_resumable": sessions.is_resumable,
    "SSL_SESSION_has_ticket": sessions.has_ticket,
    "SSL_SESSION_set1_id": sessions.set_id,
    "SSL_SESSION_set_time": sessions.set_time,
    "SSL_SESSION_get_time": sessions.get_time,
    "SSL_SESSION_set_timeout": sessions.set_timeout,
    "SSL_SESSION_get_timeout": sessions.get_timeout,
    "SSL_SESSION_set_protocol_version": sessions.set_version,
    "SSL_SESSION_get_protocol_version": sessions.get_version,
    "i2d_SSL_SESSION": copies.i2d_session,
    "d2i_SSL_SESSION": copies.d2i_session,
    "BIO_s_mem": _method(),
    "BIO_new": copies.bio_new,
    "BIO_free": copies.bio_free,
    "PEM_write_bio_SSL_SESSION": copies.pem_write,
    "PEM_read_bio_SSL_SESSION": copies.pem_read,
}


def step(
    world: World,
    name: str,
    arguments: tuple[Value, ...],
    directions: tuple[str, ...] = (),
) -> Outcome | NeedsCallback:
    """What one call does: its outcome, or the callback it first needs.

    The arguments must fit the call's row (the interpreter has checked them).

    >>> from sslrefs.model.world import empty_world
    >>> step(empty_world(), "SSL_SESSION_new", ()).returned
    ObjectId(kind='session', number=1)
    """
    turn = Turn(world, directions)
    row = CALLS[name]
    if not _arguments_can_be_followed(turn, row, arguments):
        return turn.outcome(_failure(row))
    if "fails" in directions and name not in _FAIL_BY_THEMSELVES:
        return turn.outcome(_failure(row))
    result = RULES[name](turn, *arguments)
    if isinstance(result, GeneratorType):
        return turn.finish(result)
    return turn.outcome(result)


def _arguments_can_be_followed(turn: Turn, row: Call, arguments: tuple[Value, ...]) -> bool:
    """Whether every object argument may be touched; if not, that is the violation."""
    for parameter, value in zip(row.parameters, arguments, strict=True):
        if isinstance(value, ObjectId):
            if parameter.kind != value.kind and parameter.kind in _OBJECTS:
                what = f"{row.name} is given {value}, not a {parameter.type}"
                turn.violate("bad pointer", value, None, what)
                return False
            if not turn.is_alive(value, None, f"{row.name} touches"):
                return False
        elif value is NULL:
            if not parameter.null_is_fine:
                what = f"{row.name} follows a NULL pointer ({parameter.name})"
                turn.violate("bad pointer", None, None, what)
                return False
        elif isinstance(value, Uninitialised):
            what = f"{row.name} uses a variable that was never given a value ({parameter.name})"
            turn.violate("bad pointer", None, None, what)
            return False
        elif parameter.kind in _OBJECTS:
            what = f"{row.name} is given what is no {parameter.type.removesuffix(' *')}"
            turn.violate("bad pointer", None, None, what)
            return False
    return True


_OBJECTS = ("ctx", "ssl", "session")


def _failure(row: Call) -> Value | None:
    """What the text can go on with after a call that touched what it must not."""
    if row.result == "nothing":
        return None
    return 0 if row.result == "number" else NULL
