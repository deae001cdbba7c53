"""The references of the program: where each is shown, who gave it back, which were lost.

C has no owner, so these are rules of the ledger: a reference is shown at the
variable that received it; a free takes the oldest one at its variable, else
the oldest of all, and that is noted, because it may have been another's.
"""

from __future__ import annotations

from sslrefs.audit.books import Ledger
from sslrefs.audit.offering import Offering
from sslrefs.audit.records import LOST, Hold, Loss, Pending, Pointer, Surplus, UsedUp
from sslrefs.model.calls import CALLS
from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Assigned, Called, Hidden, Place, ScopeLeft

__all__ = ["ELSEWHERE", "Pool"]

ELSEWHERE = "elsewhere"
"""The holder of a reference whose pointer was stored where the model does not look."""


class Pool:
    """All references of the program, at the moment `now`, at call depth `depth`."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.now = 0
        self.depth = 0
        self.call: Called | None = None
        self.pending: list[Pending] = []
        self.offering = Offering(ledger)
        self._places_of: dict[ObjectId, dict[Place, None]] = {}

    def owe(self, target: ObjectId, cause: str, *, at: int | None = None) -> None:
        """The program got a reference that no variable has received yet."""
        hold = Hold(self.now, None)
        self.ledger.account(target).pool.append(hold)
        self.pending.append(Pending(hold, target, self.depth, cause, at))

    def taken(self, target: ObjectId) -> None:
        """up_ref shows the reference at its argument, get1 waits for a variable."""
        row = CALLS[self.call.name] if self.call else None
        if row is None or row.result == "own":
            self.owe(target, "never stored")
            return
        place = self.place_used(target) or self.newest_place(target)
        if place is None:
            self.owe(target, "never stored")
            return
        hold = Hold(self.now, place)
        account = self.ledger.account(target)
        account.pool.append(hold)
        account.add(self.now, place)
        self._owner(place)

    def given_back(self, target: ObjectId, place: Place | None) -> None:
        """A free through `place` takes the oldest reference there, else the oldest of all."""
        account = self.ledger.account(target)
        pointer = self.ledger.pointers.get(place) if place else None
        hold = next((h for h in account.pool if h.place == place), None)
        if hold is None and place is None:
            hold = self._waiting(target)
        if hold is not None:
            account.pool.remove(hold)
            if hold.is_shown:
                account.remove(self.now, hold.place or LOST)
        elif (place and self._swap(target, place)) or self.offering.is_used(
            target, self.now, place, was_lent=pointer is None or not pointer.is_owner
        ):
            pass
        elif account.pool:
            hold = account.pool.pop(0)
            entry = account.remove(self.now, hold.place or LOST)
            was_lent = pointer is None or not pointer.is_owner
            account.used_up.append(UsedUp(self.now, place, hold, was_lent, entry))
        elif not (place and self.claim(target, place, takes=True)):
            was_lent = pointer is None or not pointer.is_owner
            before = pointer.released if pointer is not None else None
            self.ledger.surpluses.append(Surplus(self.now, target, place, was_lent, before))
        if pointer is not None:
            self.ledger.pointers[place] = pointer._replace(released=self.now)  # type: ignore[index]  # pointer implies place

    def _waiting(self, target: ObjectId) -> Hold | None:
        """The newest reference to the object that no variable has received yet."""
        pool = self.ledger.account(target).pool
        waiting = (entry.hold for entry in reversed(self.pending) if entry.target == target)
        return next((hold for hold in waiting if any(hold is held for held in pool)), None)

    def place_handed(self, target: ObjectId) -> Place | None:
        """Where the reference is shown that a callback hands to the library."""
        waiting = self._waiting(target)
        return waiting.place if waiting else self.newest_place(target)

    def _swap(self, target: ObjectId, place: Place) -> bool:
        """An owner whose reference was used up takes it back: the earlier free used up another's.

        Possible only with a reference that stood where it stands already then.
        """
        account = self.ledger.account(target)
        for index, used in enumerate(account.used_up):
            if used.hold.place != place:
                continue
            other = next((h for h in account.pool if h.since <= used.step), None)
            if other is None:
                return False
            used.entry.label = other.place or LOST
            account.remove(self.now, place)
            account.pool.remove(other)
            account.used_up[index] = used._replace(hold=other)
            return True
        return False

    def claim(self, target: ObjectId, place: Place, *, takes: bool) -> bool:
        """An owner finds its reference used up by an earlier free: that free was the wrong one.

        The reference is shown at its owner again from that free until now.
        """
        account = self.ledger.account(target)
        for used in account.used_up:
            if used.hold.place == place:
                account.used_up.remove(used)
                account.restore(used.entry, self.now if takes else None)
                if not takes:
                    account.pool.append(used.hold)
                self.ledger.surpluses.append(
                    Surplus(used.step, target, used.place, used.was_lent, self.now)
                )
                return True
        hold = next((h for h in account.pool if h.place == place), None)
        if takes and hold is not None:
            account.pool.remove(hold)
            account.remove(self.now, place)
        return False

    def settle(self, depth: int) -> None:
        """A statement is over: references no variable received go to one that points there."""
        waiting, self.pending = self.pending, []
        for entry in waiting:
            target, hold = entry.target, entry.hold
            if entry.depth < depth:
                self.pending.append(entry)
            elif any(hold is held for held in self.ledger.account(target).pool):
                self._move(target, hold, self.newest_place(target), entry.cause, at=entry.at)

    def _move(
        self,
        target: ObjectId,
        hold: Hold,
        place: Place | None,
        cause: str,
        *,
        at: int | None = None,
    ) -> None:
        """Show a reference at another place; with none left it is lost."""
        account = self.ledger.account(target)
        if hold.is_shown:
            account.remove(self.now, hold.place or LOST)
        from_place, hold.place, hold.is_shown = hold.place, place, True
        hold.since = self.now
        account.add(self.now, place or LOST)
        if place is None:
            step = self.now if at is None else at
            self.ledger.losses.append(Loss(step, target, hold, cause, from_place))
        else:
            self._owner(place)

    # -- variables ---------------------------------------------------------

    def place_used(self, target: ObjectId) -> Place | None:
        """The variable through which the current call got at the object."""
        if self.call is None:
            return None
        for value, place in zip(self.call.arguments, self.call.places, strict=True):
            if value == target:
                return place
        return None

    def newest_place(self, target: ObjectId) -> Place | None:
        """The variable that got the object last, of those that still point there."""
        places = self._places_of.get(target)
        return next(reversed(places)) if places else None

    def _owner(self, place: Place) -> None:
        pointer = self.ledger.pointers.get(place)
        if pointer is not None and not pointer.is_owner:
            self.ledger.pointers[place] = pointer._replace(is_owner=True)

    def assigned(self, event: Assigned) -> None:
        """A variable got a value."""
        place, value = event.place, event.after
        target = value if isinstance(value, ObjectId) else None
        old = self.ledger.pointers.get(place)
        if old is not None and old.target is not None and old.target != target:
            self._forget(place, old.target, "overwritten")
        if target is None:
            self.ledger.pointers[place] = Pointer(None, self.now, False, None)
            return
        source = self.ledger.pointers.get(event.source) if event.source else None
        is_family = source is not None and source.target == target and source.is_owner
        if event.source is None and self.call is not None:
            is_family = CALLS[self.call.name].result == "own" and not event.place.count(":")
        self.ledger.pointers[place] = Pointer(target, self.now, is_family, None)
        places = self._places_of.setdefault(target, {})
        places.pop(place, None)
        places[place] = None
        self._receive(place, target, event.source)

    def _receive(self, place: Place, target: ObjectId, source: Place | None) -> None:
        """A variable got the object: with it the references that wait, or one of many."""
        if source is None:
            for entry in [e for e in self.pending if e.target == target]:
                self.pending.remove(entry)
                self._move(target, entry.hold, place, entry.cause)
            return
        shown = [h for h in self.ledger.account(target).pool if h.place == source]
        if len(shown) > 1 and source != place:
            self._move(target, shown[-1], place, "")

    def _forget(self, place: Place, target: ObjectId, cause: str) -> None:
        """A variable stopped pointing to the object: its references go elsewhere or are lost."""
        places = self._places_of.get(target)
        if places:
            places.pop(place, None)
        account = self.ledger.accounts.get(target)
        if account is None or target in self.ledger.deaths:
            return
        for hold in [h for h in account.pool if h.place == place]:
            self._move(target, hold, self.newest_place(target), cause)

    def scope_left(self, event: ScopeLeft) -> None:
        """Variables went away."""
        if event.returned is not None:
            self._hand_out(event, event.returned)
        for place, _value in event.places:
            pointer = self.ledger.pointers.pop(place, None)
            if pointer is not None and pointer.target is not None:
                self._forget(place, pointer.target, event.cause)

    def _hand_out(self, event: ScopeLeft, target: ObjectId) -> None:
        """A function returns the object: its references wait for the caller's variable.

        They are those of the local variable it is read from, or the newest of
        several that another variable shows, and those that no variable received.
        """
        account = self.ledger.account(target)
        place = event.returning
        shown = [h for h in account.pool if place is not None and h.place == place]
        if not any(place == local for local, _value in event.places):
            shown = shown[-1:] if len(shown) > 1 else []
        waiting = [entry for entry in self.pending if entry.target == target]
        self.pending = [entry for entry in self.pending if entry.target != target]
        for hold in [*shown, *(entry.hold for entry in waiting)]:
            if hold.is_shown:
                account.remove(self.now, hold.place or LOST)
            hold.place, hold.is_shown, hold.since = f"{event.function}()", True, self.now
            account.add(self.now, hold.place)
            caller = max(0, self.depth - 1)
            self.pending.append(Pending(hold, target, caller, "never stored", None))

    def hidden(self, event: Hidden) -> None:
        """A pointer went out of sight, and with it the references a variable would have got."""
        target = event.target
        self.ledger.hidden.add(target)
        moved = [entry.hold for entry in self.pending if entry.target == target]
        if event.source is not None:
            shown = [h for h in self.ledger.account(target).pool if h.place == event.source]
            moved = shown[-1:] if len(shown) > 1 else []
        self.pending = [e for e in self.pending if not any(e.hold is hold for hold in moved)]
        for hold in moved:
            self._move(target, hold, ELSEWHERE, "")
