"""One moment of a run: all objects, the virtual clock and the scripted peer.

A world never changes; the objects stand on shelves, so that the next
world shares all that a call left alone.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.model.library import OPENSSL_3, Library
from sslrefs.model.objects import Ctx, Kind, ObjectId, Session, Ssl
from sslrefs.model.shelf import Shelf

__all__ = ["CLOCK_START", "Living", "Offer", "Peer", "World", "empty_world"]

CLOCK_START = 1_700_000_000


class Offer(NamedTuple):
    """What the scripted client peer can offer when it comes back.

    `key` is a session id (stateful), `copy` the session's content inside a
    ticket (stateless); one of both is set. Only the context that made a ticket
    (`maker`) can read it.
    """

    version: int
    maker: ObjectId
    key: str = ""
    copy: Session | None = None


class Peer(NamedTuple):
    """The other end of every handshake, outside the picture.

    The head directions of a text set the first three fields.
    """

    max_version: int = 0x304
    gives_tickets: bool = True
    refuses: bool = False
    offer: Offer | None = None


class World(NamedTuple):
    """All objects, living and dead, and all else that decides what a call does."""

    library: Library = OPENSSL_3
    ctxs: Shelf[Ctx] = Shelf()
    ssls: Shelf[Ssl] = Shelf()
    sessions: Shelf[Session] = Shelf()
    clock: int = CLOCK_START
    serial: int = 0
    peer: Peer = Peer()
    undefined: str | None = None
    bios: Shelf[tuple[Session, ...]] = Shelf()

    def ctx(self, which: ObjectId) -> Ctx:
        """The SSL_CTX of that name, dead or alive."""
        return self.ctxs[which.number - 1]

    def ssl(self, which: ObjectId) -> Ssl:
        """The SSL of that name, dead or alive."""
        return self.ssls[which.number - 1]

    def session(self, which: ObjectId) -> Session:
        """The SSL_SESSION of that name, dead or alive."""
        return self.sessions[which.number - 1]

    def record(self, which: ObjectId) -> Ctx | Ssl | Session:
        """The object of that name, dead or alive."""
        if which.kind == "session":
            return self.sessions[which.number - 1]
        if which.kind == "ssl":
            return self.ssls[which.number - 1]
        return self.ctxs[which.number - 1]

    def all_ids(self) -> list[ObjectId]:
        """Every object that ever was, contexts first, in order of creation."""
        return [
            *(ObjectId("ctx", i + 1) for i in range(len(self.ctxs))),
            *(ObjectId("ssl", i + 1) for i in range(len(self.ssls))),
            *(ObjectId("session", i + 1) for i in range(len(self.sessions))),
        ]

    def living(self) -> list[ObjectId]:
        """The objects whose memory is still there, contexts first."""
        return [which for which in self.all_ids() if self.record(which).alive]

    def cached(self, which: ObjectId) -> list[ObjectId]:
        """What the cache of an SSL_CTX links, in order of creation."""
        return sorted(self.ctx(which).cache.values())


class Living:
    """Tells who is alive in each world of a run, and looks at what they share once.

    >>> Living().of(empty_world())
    []
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, list[int]]] = {}

    def of(self, world: World) -> list[ObjectId]:
        """What `world.living()` says."""
        shelves: tuple[tuple[Kind, Shelf[Ctx] | Shelf[Ssl] | Shelf[Session]], ...] = (
            ("ctx", world.ctxs),
            ("ssl", world.ssls),
            ("session", world.sessions),
        )
        found: list[ObjectId] = []
        for kind, shelf in shelves:
            number = 1
            for piece in shelf.pieces:
                found += [ObjectId(kind, number + place) for place in self._alive(piece)]
                number += len(piece)
        return found

    def _alive(self, piece: tuple[Ctx | Ssl | Session, ...]) -> list[int]:
        """The places of a piece at which something is alive."""
        known = self._known.get(id(piece))  # it is kept: nothing else can get its id
        if known is None:
            alive = [place for place, record in enumerate(piece) if record.alive]
            known = self._known[id(piece)] = piece, alive
        return known[1]


def empty_world(*, library: Library = OPENSSL_3, peer: Peer = Peer()) -> World:
    """The world before the first step.

    >>> empty_world().living()
    []
    """
    return World(library=library, peer=peer)
