"""The variables of a random program that are no counted objects: bytes, BIOs and `&s`."""

from __future__ import annotations

from sslrefs.model.objects import NULL, Address, Bio, Bytes, ObjectId, Value
from tests.property.libssl_choice import Picks
from tests.property.libssl_walk import Performed

__all__ = ["Variables"]

_KEPT = 4  # encoded sessions that a walk remembers


class Variables:
    """What the walk has in its buffers, and the BIOs it has not freed."""

    def __init__(self) -> None:
        self._bytes: list[Bytes] = []
        self._bios: list[Bio] = []

    def choose(self, type_: str, picks: Picks, sessions: list[ObjectId]) -> Value | None:
        """A value for a parameter of that C type; None if there is none yet.

        Bytes that are no session come too.
        """
        if type_ == "BIO *":
            return self._bios[-1 - picks.among(len(self._bios))] if self._bios else None
        if type_ == "unsigned char **":
            return (Address("p", NULL), NULL)[picks.among(2)]
        if type_ == "const unsigned char **":
            known: list[Value] = [*self._bytes, NULL]
            return Address("p", known[picks.among(len(known))])
        assert type_ == "SSL_SESSION **"
        filled = (Address("s", one) for one in sessions[-2:])
        places: list[Value] = [NULL, Address("s", NULL), *filled]
        return places[picks.among(len(places))]

    def note(self, name: str, arguments: tuple[Value, ...], done: Performed) -> None:
        """Remember what the call wrote, made or freed."""
        written = [one.value for one in done.stored if isinstance(one.value, Bytes)]
        self._bytes = [*written, *self._bytes][:_KEPT]
        if isinstance(done.statement.returned, Bio):
            self._bios.append(done.statement.returned)
        if name == "BIO_free":
            self._bios = [bio for bio in self._bios if bio != arguments[0]]
