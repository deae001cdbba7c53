"""Compares a world of the model with what stands in libssl at the same moment."""

from __future__ import annotations

from sslrefs.model.objects import Ctx, ObjectId, Session, Ssl
from sslrefs.model.world import World
from sslrefs.oracle.comparison import Difference
from sslrefs.oracle.names import Names
from sslrefs.oracle.probe import Probe
from sslrefs.oracle.registry import Native

__all__ = ["differences"]


def differences(world: World, names: Names, probe: Probe) -> list[Difference]:
    """Everything on which the two disagree; the objects have been matched before."""
    found: list[Difference] = []
    for which, native in names.matched():
        record = world.record(which)
        if record.alive and record.count <= 0:
            continue  # it is dying: how far that has got when a callback runs is not portable
        if record.alive != native.alive:
            says = ("destroyed", "alive")
            found.append(Difference(f"{which}", says[record.alive], says[native.alive]))
            continue
        if not native.alive:
            continue
        count = probe.count(native)
        if count != record.count:
            found.append(Difference(f"count of {which}", str(record.count), str(count)))
        match record:
            case Ctx():
                found += _cache(which, record, native, names, probe)
            case Ssl():
                found += _pointers(which, record, native, names, probe)
            case Session():
                found += _resumable(which, record, native, probe)
    return found


def _cache(
    which: ObjectId, record: Ctx, native: Native, names: Names, probe: Probe
) -> list[Difference]:
    """What the cache links, including entries whose session is gone."""
    expected = sorted(record.cache.values())
    actual = probe.cached(native)
    addresses = [one.address if (one := names.native(entry)) else 0 for entry in expected]
    if sorted(addresses) == sorted(actual):
        return []
    shown = ", ".join(str(entry) for entry in expected) or "nothing"
    seen = ", ".join(sorted(names.name_at(address) for address in actual)) or "nothing"
    return [Difference(f"cache of {which}", shown, seen)]


def _pointers(
    which: ObjectId, record: Ssl, native: Native, names: Names, probe: Probe
) -> list[Difference]:
    """Where a connection points to; a dangling pointer still shows what it was."""
    found = []
    for what, target, address in (
        ("session", record.session, probe.session_of(native)),
        ("SSL_CTX", record.ctx, probe.ctx_of(native)),
    ):
        partner = names.native(target) if target is not None else None
        expected = partner.address if partner is not None else None
        if expected != address:
            shown = "NULL" if target is None else str(target)
            found.append(Difference(f"{what} of {which}", shown, names.name_at(address)))
    return found


def _resumable(which: ObjectId, record: Session, native: Native, probe: Probe) -> list[Difference]:
    actual = probe.is_resumable(native)
    if actual == record.is_resumable:
        return []
    says = ("not resumable", "resumable")
    return [Difference(f"{which}", says[record.is_resumable], says[actual])]
