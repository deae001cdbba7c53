"""The scripted peer plays what a text asks for, unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sslrefs.model.world import Peer
from sslrefs.oracle.certificate import use_certificate
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.peer import ScriptedPeer
from sslrefs.oracle.registry import Native, registry_of

pytestmark = pytest.mark.libssl

TLS1_2, TLS1_3 = 0x303, 0x304
PEERS = [Peer(version, tickets) for version in (TLS1_2, TLS1_3) for tickets in (True, False)]


class Near:
    """The end that a text would see: one context and as many connections as asked for."""

    def __init__(self, library: Libssl) -> None:
        registry_of(library).forget()
        self.library = library
        self.ctx = library("SSL_CTX_new", library("TLS_method"))
        library("SSL_CTX_set_session_cache_mode", self.ctx, 3)
        library("SSL_CTX_set_session_id_context", self.ctx, b"near", 4)
        use_certificate(library, self.ctx)

    def connection(self) -> Native:
        native = registry_of(self.library).native_at(self.library("SSL_new", self.ctx))
        assert native is not None
        return native


@pytest.fixture
def near(library: Libssl) -> Near:
    return Near(library)


@pytest.fixture
def peer(library: Libssl, request: pytest.FixtureRequest) -> Iterator[ScriptedPeer]:
    played = ScriptedPeer(library, request.param)
    yield played
    played.leave()


@pytest.mark.parametrize("name", ["SSL_connect", "SSL_accept"])
@pytest.mark.parametrize("peer", PEERS, indirect=True)
def test_a_handshake_succeeds(near: Near, peer: ScriptedPeer, name: str) -> None:
    ssl = near.connection()

    assert peer.handshake(name, ssl, ()) == 1
    assert near.library("SSL_is_init_finished", ssl.address) == 1


@pytest.mark.parametrize("name", ["SSL_connect", "SSL_accept"])
@pytest.mark.parametrize("peer", PEERS, indirect=True)
def test_a_handshake_that_fails_leaves_a_session_behind(
    near: Near, peer: ScriptedPeer, name: str
) -> None:
    ssl = near.connection()

    assert peer.handshake(name, ssl, ("fails",)) == -1
    assert near.library("SSL_get_session", ssl.address) is not None


@pytest.mark.parametrize("peer", PEERS, indirect=True)
def test_the_client_that_comes_back_resumes(near: Near, peer: ScriptedPeer) -> None:
    first, second = near.connection(), near.connection()
    peer.handshake("SSL_accept", first, ())

    assert peer.handshake("SSL_accept", second, ("peer resumes",)) == 1
    assert near.library("SSL_session_reused", second.address) == 1


@pytest.mark.parametrize("peer", PEERS, indirect=True)
def test_a_resumption_can_fail_too(near: Near, peer: ScriptedPeer) -> None:
    peer.handshake("SSL_accept", near.connection(), ())

    assert peer.handshake("SSL_accept", near.connection(), ("peer resumes", "fails")) == -1


@pytest.mark.parametrize(
    ("peer", "reused"),
    [(Peer(TLS1_2), 1), (Peer(TLS1_2, False), 1), (Peer(TLS1_2, True, True), 0)],
    indirect=["peer"],
)
def test_only_a_peer_that_refuses_does_not_resume(
    near: Near, peer: ScriptedPeer, reused: int
) -> None:
    first, second = near.connection(), near.connection()
    peer.handshake("SSL_connect", first, ())
    near.library("SSL_shutdown", first.address)
    near.library("SSL_set_session", second.address, near.library("SSL_get_session", first.address))

    assert peer.handshake("SSL_connect", second, ()) == 1
    assert near.library("SSL_session_reused", second.address) == reused


@pytest.mark.parametrize("peer", [Peer(TLS1_2)], indirect=True)
def test_the_peers_own_objects_are_not_seen(near: Near, peer: ScriptedPeer) -> None:
    ssl = near.connection()
    peer.handshake("SSL_connect", ssl, ())

    kinds = [native.kind for native in registry_of(near.library).living()]

    assert kinds == ["ctx", "ssl", "session"]


@pytest.mark.parametrize("peer", [Peer(TLS1_2)], indirect=True)
def test_the_peer_can_talk_close_and_break_off(near: Near, peer: ScriptedPeer) -> None:
    ssl = near.connection()
    peer.handshake("SSL_connect", ssl, ())

    assert peer.read(ssl, 64, ()) == 5
    assert peer.read(ssl, 64, ("peer closes",)) == 0

    other = near.connection()
    peer.handshake("SSL_connect", other, ())
    assert peer.read(other, 64, ("peer breaks",)) == -1
