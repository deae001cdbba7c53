"""What new callbacks are offered: a reference that they may free before they say that they keep it.

libssl counts before it asks. An answer of 0 gives the reference back to it, so
that a free inside the callback was one of another's.
"""

from __future__ import annotations

from sslrefs.audit.books import Ledger
from sslrefs.audit.records import LOST, Advance, Surplus, UsedUp
from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Place

__all__ = ["Offering"]


class Offering:
    """The sessions that new callbacks which have not answered yet are offered."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.offered: dict[ObjectId, str] = {}
        self.advances: dict[ObjectId, Advance] = {}

    def begins(self, target: ObjectId, label: str) -> None:
        """A callback begins; `label` is the holder of the reference that it is offered."""
        self.offered[target] = label

    def is_used(self, target: ObjectId, now: int, place: Place | None, *, was_lent: bool) -> bool:
        """Whether a free without a reference of its own can use the offered one; then it does."""
        if target not in self.offered or target in self.advances:
            return False
        entry = self.ledger.account(target).remove(now, self.offered[target])
        self.advances[target] = Advance(now, place, was_lent, entry)
        return True

    def kept(self, target: ObjectId) -> bool:
        """The callback keeps the reference; False if it was freed in it already."""
        self.offered.pop(target, None)
        return self.advances.pop(target, None) is None

    def refused(self, target: ObjectId, now: int) -> bool:
        """The callback refuses the reference; False if it was freed all the same."""
        self.offered.pop(target, None)
        advance = self.advances.pop(target, None)
        if advance is None:
            return True
        account = self.ledger.account(target)
        step, place, was_lent, entry = advance
        if not account.pool:
            account.restore(entry, now)
            self.ledger.surpluses.append(Surplus(step, target, place, was_lent, None))
            return False
        hold = account.pool.pop(0)
        if hold.since <= step:  # it was this one that the free used up
            account.remove(now, entry.label)
            entry.label = hold.place or LOST
        else:
            entry = account.remove(now, hold.place or LOST)
        account.used_up.append(UsedUp(step, place, hold, was_lent, entry))
        return False
