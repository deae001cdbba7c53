"""The other end of every handshake: one scripted peer over memory BIOs.

Its objects are born hidden. It never shuts down, never lets a session expire
and is freed when the connection it served is gone.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Literal, NamedTuple

from sslrefs.model.world import Peer
from sslrefs.oracle.certificate import use_certificate
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import Native, registry_of

__all__ = ["Role", "ScriptedPeer", "Side"]

_VERIFY = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)


def _accept(_is_fine: int, _store: int) -> int:
    """A verify callback to which every certificate is fine."""
    return 1


_ACCEPT = _VERIFY(_accept)  # for the whole process: contexts keep the bare pointer

Side = Literal["client", "server"]
"""The side the peer plays."""
Role = Literal["", "client", "server"]
"""The side that the near end has: "" as long as nothing has chosen one."""

_NO_TICKET = 0x4000
_SENT, _RECEIVED = 1, 2
_CLOSED_BOTH_WAYS = 3
_WANT_READ, _WANT_WRITE = 2, 3
_FLIGHTS = 10  # a handshake has at most four; more means that it hangs
_TICKET_KEY_BYTES = 80
_GREETING = b"hello"
_GREATEST = 1 << 15
_BROKEN = bytes((0x17, 3, 3, 0, 32)) + b"?" * 32  # a record that cannot be decrypted
_USELESS_SIGNATURES = b"RSA-PSS+SHA256:RSA+SHA256"  # the certificate's key is an elliptic curve's
_REFUSAL = bytes((0x15, 3, 3, 0, 2, 2, 40))  # the record of a fatal alert: handshake_failure


class _Wire(NamedTuple):
    """One connection: the far end, and the four BIOs of both ends."""

    far: int
    near_in: int
    near_out: int
    far_in: int
    far_out: int


class ScriptedPeer:
    """What world.peer says, played on the real library."""

    def __init__(self, library: Libssl, behaviour: Peer) -> None:
        self._library = library
        self._registry = registry_of(library)
        self._behaviour = behaviour
        self._wires: dict[Native, _Wire] = {}
        self._latest: int | None = None
        self._buffer = ctypes.create_string_buffer(_GREATEST)

    @property
    def accept_all(self) -> ctypes.c_void_p:
        """A verify callback that lets certificates decide nothing."""
        return ctypes.cast(_ACCEPT, ctypes.c_void_p)

    def handshake(
        self, name: str, ssl: Native, directions: tuple[str, ...], role: Role = ""
    ) -> int:
        """A handshake on the near end by the function `name`; what it returned.

        A side that was chosen before stays: then SSL_connect(3) accepts, or the other way round.
        """
        if not self._library("SSL_in_before", ssl.address):
            answer: int = self._library(name, ssl.address)
            return answer
        is_client = role == "client" or (role == "" and name == "SSL_connect")
        side: Side = "server" if is_client else "client"
        fails = "fails" in directions
        wire = self._connect(ssl, side, resumes="peer resumes" in directions, fails=fails)
        refused_ask = (0 if side == "server" else 1) if fails else None
        answer = self._shake(name, ssl, wire, refused_ask)
        if side == "client" and answer == 1:
            self._keep_session(wire)
        return answer

    def read(self, ssl: Native, size: int, directions: tuple[str, ...], role: Role = "") -> int:
        """SSL_read(3) on the near end, after the peer has sent what the directions say."""
        if not self._open(ssl, _RECEIVED, directions, role):
            return -1
        wire = self._wires.get(ssl)
        is_closed = self._library("SSL_get_shutdown", ssl.address) & _RECEIVED
        if wire is not None and not is_closed:  # else it would lie there for a later read
            self._send(wire, directions)
        answer: int = self._library("SSL_read", ssl.address, self._buffer, min(size, _GREATEST))
        self._library("ERR_clear_error")
        return answer

    def _send(self, wire: _Wire, directions: tuple[str, ...]) -> None:
        """Let the peer say something that the near end is about to read."""
        self._pump(wire.near_out, wire.far_in)
        with self._registry.hidden():
            if "peer closes" in directions:
                self._close(wire.far)
            elif "peer breaks" not in directions:
                self._library("SSL_write", wire.far, _GREETING, len(_GREETING))
        self._pump(wire.far_out, wire.near_in)
        if "peer breaks" in directions:
            self._library("BIO_write", wire.near_in, _BROKEN, len(_BROKEN))

    def _close(self, far: int) -> None:
        """Send close_notify once: a second SSL_shutdown would read what the near end sent."""
        if not self._library("SSL_get_shutdown", far) & _SENT:
            self._library("SSL_shutdown", far)

    def write(
        self, ssl: Native, data: bytes, size: int, directions: tuple[str, ...], role: Role = ""
    ) -> int:
        """SSL_write(3) on the near end."""
        if not self._open(ssl, _SENT, directions, role):
            return -1
        answer: int = self._library("SSL_write", ssl.address, data, size)
        return answer

    def _open(self, ssl: Native, closed: int, directions: tuple[str, ...], role: Role) -> bool:
        """The first data shake hands, unless that way is closed; False if that failed."""
        is_closed = self._library("SSL_get_shutdown", ssl.address) & closed
        if is_closed or not role or not self._library("SSL_in_before", ssl.address):
            return True
        return self.handshake("SSL_do_handshake", ssl, directions, role) == 1

    def sweep(self) -> None:
        """Free the far ends whose near end has died."""
        for ssl in [one for one in self._wires if not one.alive]:
            self._hang_up(self._wires.pop(ssl))

    def leave(self) -> None:
        """Free everything of this run."""
        for wire in self._wires.values():
            self._hang_up(wire)
        self._wires = {}
        if self._latest is not None:
            self._library("SSL_SESSION_free", self._latest)
            self._latest = None

    # -- connecting --------------------------------------------------------

    def _connect(self, ssl: Native, side: Side, *, resumes: bool, fails: bool) -> _Wire:
        call = self._library
        if ssl in self._wires:
            self._hang_up(self._wires.pop(ssl))
        behaviour = self._behaviour
        context = _context(call, side, behaviour.max_version, behaviour.gives_tickets, fails)
        if behaviour.refuses and side == "server":
            _forget_all(call, context)
        with self._registry.hidden():
            far = call("SSL_new", context)
        near_in, near_out, far_in, far_out = (call("BIO_new", call("BIO_s_mem")) for _ in "1234")
        call("SSL_set_bio", ssl.address, near_in, near_out)
        call("SSL_set_bio", far, far_in, far_out)
        call("SSL_set_accept_state" if side == "server" else "SSL_set_connect_state", far)
        if resumes and self._latest is not None:
            call("SSL_set_session", far, self._latest)
        wire = self._wires[ssl] = _Wire(far, near_in, near_out, far_in, far_out)
        return wire

    def _hang_up(self, wire: _Wire) -> None:
        # Without this the peer's own session would be spoiled by SSL_free.
        self._library("SSL_set_shutdown", wire.far, _CLOSED_BOTH_WAYS)
        self._library("SSL_free", wire.far)

    def _keep_session(self, wire: _Wire) -> None:
        call = self._library
        self._pump(wire.near_out, wire.far_in)
        with self._registry.hidden():
            call("SSL_read", wire.far, self._buffer, 64)  # TLS 1.3 tickets come as data
        call("ERR_clear_error")
        former, self._latest = self._latest, call("SSL_get1_session", wire.far)
        if former is not None:
            call("SSL_SESSION_free", former)

    # -- shaking hands -----------------------------------------------------

    def _shake(self, name: str, ssl: Native, wire: _Wire, refused_ask: int | None) -> int:
        """Drive both ends until the near one is done or has failed.

        When the near end asks for more for the time `refused_ask` (from 0) it
        gets a fatal alert: a client after its hello, a server (which asks for
        the hello first) after its answer to it, if it had one: that is when
        it resumes a session. Both have a session by then.
        """
        call = self._library
        answer = -1
        for ask in range(_FLIGHTS):
            answer = int(call(name, ssl.address))
            wants_more = self._wants_more(ssl, answer)
            if wants_more and ask == refused_ask:
                return self._refuse(name, ssl, wire)
            self._pump(wire.near_out, wire.far_in)
            with self._registry.hidden():
                call("SSL_do_handshake", wire.far)
            call("ERR_clear_error")
            if not wants_more or not self._pump(wire.far_out, wire.near_in):
                return answer
        return answer

    def _wants_more(self, ssl: Native, answer: int) -> bool:
        error = self._library("SSL_get_error", ssl.address, answer) if answer < 1 else 0
        self._library("ERR_clear_error")
        return error in (_WANT_READ, _WANT_WRITE)

    def _refuse(self, name: str, ssl: Native, wire: _Wire) -> int:
        """Answer the near end with a fatal alert."""
        self._library("BIO_write", wire.near_in, _REFUSAL, len(_REFUSAL))
        answer: int = self._library(name, ssl.address)
        self._library("ERR_clear_error")
        return answer

    def _pump(self, source: int, target: int) -> int:
        """Carry all waiting bytes from one BIO to another; how many there were."""
        carried = 0
        while (size := self._library("BIO_read", source, self._buffer, len(self._buffer))) > 0:
            self._library("BIO_write", target, self._buffer, size)
            carried += size
        return carried


@cache
def _context(
    library: Libssl, side: Side, max_version: int, gives_tickets: bool, fails: bool
) -> int:
    """A hidden SSL_CTX for the peer; kept, so that a session can be resumed later.

    A client that `fails` asks for a kind of signature no certificate here can give.
    """
    with registry_of(library).hidden():
        ctx: int = library("SSL_CTX_new", library("TLS_method"))
    library("SSL_CTX_set_max_proto_version", ctx, max_version)
    if not gives_tickets:
        library("SSL_CTX_set_options", ctx, _NO_TICKET)
        # TLS 1.3 would still send stateful tickets.
        library("SSL_CTX_set_num_tickets", ctx, 0)
    if side == "server":
        use_certificate(library, ctx)
        library("SSL_CTX_set_session_id_context", ctx, b"peer", 4)
    elif fails:
        library("SSL_CTX_set1_sigalgs_list", ctx, 0, _USELESS_SIGNATURES)
    return ctx


def _forget_all(library: Libssl, ctx: int) -> None:
    """Make a server that can resume nothing: no cached session, new keys for tickets."""
    library("SSL_CTX_flush_sessions", ctx, 0)
    keys = ctypes.create_string_buffer(os.urandom(_TICKET_KEY_BYTES), _TICKET_KEY_BYTES)
    library("SSL_CTX_set_tlsext_ticket_keys", ctx, _TICKET_KEY_BYTES, keys)
