"""The calls that are not simply passed on: clock, peer, certificates.

Each makes the call on the real library in the way the scripted surroundings
need it. What is not named here goes through as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sslrefs.oracle.certificate import use_certificate
from sslrefs.oracle.clock import Clock, Living
from sslrefs.oracle.functions import MACROS, SIGNATURES
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.peer import Role, ScriptedPeer
from sslrefs.oracle.registry import Native

__all__ = ["ALIASES", "SPECIAL", "Surroundings", "is_known"]


class Surroundings(NamedTuple):
    """What a call may need besides libssl itself."""

    library: Libssl
    clock: Clock
    peer: ScriptedPeer
    sessions: Callable[[], Living]
    native_at: Callable[[int], Native | None]
    side_of: Callable[[Native], Role]


ALIASES = {"SSL_get0_session": "SSL_get_session"}
"""Macros of the headers that are another function's name."""

_VERIFY_PEER = 1


def _time(around: Surroundings, _directions: tuple[str, ...], *_where: Any) -> Any:
    return around.clock.now()


def _sleep(around: Surroundings, _directions: tuple[str, ...], seconds: int) -> Any:
    around.clock.sleep(max(0, seconds), around.sessions())
    return 0


def _ctx_new(around: Surroundings, _directions: tuple[str, ...], method: Any) -> Any:
    ctx = around.library("SSL_CTX_new", method)
    use_certificate(around.library, ctx)  # every context can serve; the text's files stay closed
    return ctx


def _yes(_around: Surroundings, _directions: tuple[str, ...], *_arguments: Any) -> Any:
    return 1


def _shake(name: str) -> Callable[..., Any]:
    def shake(around: Surroundings, directions: tuple[str, ...], ssl: int) -> Any:
        native = around.native_at(ssl)
        if native is None:  # a dead one, in a child process: no peer can help
            return around.library(name, ssl)
        return around.peer.handshake(name, native, directions, around.side_of(native))

    return shake


def _flush(name: str) -> Callable[..., Any]:
    def flush(around: Surroundings, _directions: tuple[str, ...], ctx: int, when: int) -> Any:
        # 0 is no time here: it means all.
        return around.library(name, ctx, around.clock.to_real(when) if when else 0)

    return flush


def _set_time(around: Surroundings, _directions: tuple[str, ...], session: int, when: int) -> Any:
    around.library("SSL_SESSION_set_time", session, around.clock.to_real(when))
    return when


def _get_time(around: Surroundings, _directions: tuple[str, ...], session: int) -> Any:
    native = around.native_at(session)
    if native is None:  # a dead one, in a child process
        return around.library("SSL_SESSION_get_time", session)
    return around.clock.made_at(native)


def _read(
    around: Surroundings, directions: tuple[str, ...], ssl: int, buffer: Any, size: int
) -> Any:
    native = around.native_at(ssl)
    if native is None:
        return around.library("SSL_read", ssl, buffer, size)
    return around.peer.read(native, size, directions, around.side_of(native))


def _write(
    around: Surroundings, directions: tuple[str, ...], ssl: int, data: Any, size: int
) -> Any:
    native = around.native_at(ssl)
    sent = data if isinstance(data, bytes) else bytes(size)  # what is said counts for nothing
    if native is None:
        return around.library("SSL_write", ssl, sent, size)
    return around.peer.write(native, sent, size, directions, around.side_of(native))


def _counted(call: Callable[..., int]) -> Callable[..., Any]:
    """The newer form of a call: 1 or 0, and the length in a variable that nobody compares."""

    def counted(around: Surroundings, directions: tuple[str, ...], *arguments: Any) -> Any:
        return int(call(around, directions, *arguments[:-1]) > 0)

    return counted


def _set_verify(name: str) -> Callable[..., Any]:
    """Only whether the peer is asked counts; what it shows is always accepted."""

    def set_verify(
        around: Surroundings, _directions: tuple[str, ...], which: int, mode: int, _callback: Any
    ) -> Any:
        return around.library(name, which, mode & _VERIFY_PEER, around.peer.accept_all)

    return set_verify


SPECIAL: dict[str, Callable[..., Any]] = {
    "time": _time,
    "sleep": _sleep,
    "SSL_CTX_new": _ctx_new,
    "SSL_CTX_use_certificate_file": _yes,
    "SSL_CTX_use_certificate_chain_file": _yes,
    "SSL_CTX_use_PrivateKey_file": _yes,
    "SSL_CTX_set_verify": _set_verify("SSL_CTX_set_verify"),
    "SSL_set_verify": _set_verify("SSL_set_verify"),
    "SSL_CTX_flush_sessions": _flush("SSL_CTX_flush_sessions"),
    "SSL_CTX_flush_sessions_ex": _flush("SSL_CTX_flush_sessions_ex"),
    "SSL_SESSION_set_time": _set_time,
    "SSL_SESSION_get_time": _get_time,
    "SSL_read": _read,
    "SSL_write": _write,
    "SSL_read_ex": _counted(_read),
    "SSL_write_ex": _counted(_write),
    "SSL_connect": _shake("SSL_connect"),
    "SSL_accept": _shake("SSL_accept"),
    "SSL_do_handshake": _shake("SSL_do_handshake"),
}


def is_known(name: str) -> bool:
    """Whether the oracle can make a call of that name."""
    return name in SPECIAL or name in ALIASES or name in SIGNATURES or name in MACROS
