"""Which object of the model is which object inside libssl.

Both sides number their objects as they come; here the two are matched in
order of birth, kind by kind. What is born and dies within one statement has
no partner, because libssl makes such objects for its own use.
"""

from __future__ import annotations

from sslrefs.model.objects import Kind, ObjectId
from sslrefs.model.world import World
from sslrefs.oracle.registry import Native, Registry

__all__ = ["Names"]


class Names:
    """The matching of one run, as it grows."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._natives: dict[ObjectId, Native] = {}
        self._unnamed: list[Native] = []
        self._seen: dict[Kind, int] = {"ctx": 0, "ssl": 0, "session": 0}

    def native(self, which: ObjectId) -> Native | None:
        """The partner of a model object; one that is named first is the oldest unmatched."""
        found = self._natives.get(which)
        if found is not None:
            return found
        self._collect()
        born = next((one for one in self._unnamed if one.kind == which.kind), None)
        return self._match(which, born) if born is not None else None

    def at(self, which: ObjectId, address: int) -> bool:
        """Whether `address` is where the model's object is; a first meeting matches them."""
        if which not in self._natives:
            self._collect()
            met = (one for one in self._unnamed if one.kind == which.kind)
            born = next((one for one in met if one.address == address), None)
            if born is not None:
                self._match(which, born)
        found = self._natives.get(which)
        return found is not None and found.address == address

    def settle(self, world: World) -> list[tuple[str, str]]:
        """Match what was born; where the numbers of the living differ, both sides in words."""
        self._collect()
        problems = []
        made: tuple[tuple[Kind, int], ...] = (
            ("ctx", len(world.ctxs)),
            ("ssl", len(world.ssls)),
            ("session", len(world.sessions)),
        )
        for kind, number in made:
            unseen = [ObjectId(kind, n + 1) for n in range(self._seen[kind], number)]
            fresh = [
                which
                for which in unseen
                if world.record(which).alive and which not in self._natives
            ]
            self._seen[kind] = number
            born = [one for one in self._unnamed if one.kind == kind]
            for which, native in zip(fresh, born, strict=False):
                self._match(which, native)
            if len(fresh) != len(born):
                problems.append((f"{len(fresh)} {kind}", f"{len(born)} {kind}"))
        self._unnamed = []
        return problems

    def matched(self) -> list[tuple[ObjectId, Native]]:
        """All pairs, in the order they were met."""
        return list(self._natives.items())

    def name_at(self, address: int | None) -> str:
        """How to call what is at an address: a living object first."""
        if address is None:
            return "NULL"
        found = [(which, one) for which, one in self._natives.items() if one.address == address]
        living = [which for which, one in found if one.alive]
        dead = [which for which, _ in found]
        return str((living or dead)[-1]) if found else "an object the model has not"

    def _collect(self) -> None:
        self._unnamed += self._registry.take_births()
        self._unnamed = [one for one in self._unnamed if one.alive]

    def _match(self, which: ObjectId, native: Native) -> Native:
        self._natives[which] = native
        self._unnamed.remove(native)
        return native
