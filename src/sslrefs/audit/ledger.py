"""The ledger: who holds each counted reference, at every step of a run.

References of the library are exact. Those of the program form a pool per
object, and each is shown at the variable that received it, so that a count
can always be explained. It follows the run in the order things happened and
writes down what a judge needs (frees without a reference, losses, touches of
the dead); it judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sslrefs.audit.records import (
    Account,
    Hold,
    Loss,
    Misplacement,
    Offer,
    Pointer,
    Refusal,
    Surplus,
    Touch,
    UsedUp,
)
from sslrefs.model.calls import CALLS
from sslrefs.model.objects import ObjectId, Value
from sslrefs.model.outcome import (
    CountChanged,
    Created,
    Destroyed,
    Misplaced,
    Refused,
    Spoiled,
    Transferred,
    Unlinked,
    Violation,
)
from sslrefs.trace.chronicle import chronicle
from sslrefs.trace.timeline import Assigned, Called, Place, ScopeLeft, Timeline

__all__ = ["LOST", "Ledger", "keep_ledger"]

LOST = "lost"


class Spoiling(NamedTuple):
    """A session was marked not resumable."""

    step: int
    target: ObjectId
    why: str


class Ledger:
    """What the ledger found. Ask `holders`; the lists are for the judge."""

    def __init__(self) -> None:
        self.accounts: dict[ObjectId, Account] = {}
        self.pointers: dict[Place, Pointer] = {}
        self.surpluses: list[Surplus] = []
        self.losses: list[Loss] = []
        self.touches: list[Touch] = []
        self.deaths: dict[ObjectId, int] = {}
        self.births: dict[ObjectId, int] = {}
        self.spoilings: dict[ObjectId, Spoiling] = {}
        self.refusals: list[Refusal] = []
        self.misplacements: list[Misplacement] = []

    def account(self, target: ObjectId) -> Account:
        """The account of an object."""
        found = self.accounts.get(target)
        if found is None:
            found = self.accounts[target] = Account()
        return found

    def holders(self, target: ObjectId, step: int) -> tuple[str, ...]:
        """Who holds the object after a step: the library's holders first, then the program's.

        >>> from sslrefs.cscript.interpreter import run_text
        >>> ledger = keep_ledger(run_text("SSL_SESSION *s = SSL_SESSION_new();"))
        >>> ledger.holders(ObjectId("session", 1), 0)
        ('s',)
        """
        account = self.accounts.get(target)
        return account.holders(step) if account else ()

    def entries_by_step(self) -> dict[int, list[tuple[ObjectId, int, str]]]:
        """Who came (+1) and who went (-1) at each step: target, sign, holder."""
        found: dict[int, list[tuple[ObjectId, int, str]]] = {}
        for target, account in self.accounts.items():
            for entry in account.entries:
                found.setdefault(entry.step, []).append((target, entry.sign, entry.label))
        return found


def keep_ledger(timeline: Timeline) -> Ledger:
    """The ledger of a whole run."""
    return _Bookkeeper(timeline).keep()


class _Bookkeeper:
    """Follows a run event by event."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.ledger = Ledger()
        self.places_of: dict[ObjectId, dict[Place, None]] = {}
        self.pending: list[tuple[Hold, ObjectId, int, str]] = []
        self.offers: dict[ObjectId, Offer] = {}
        self.call: Called | None = None
        self.now = 0
        self.depth = 0
        self.actions: dict[type, Callable[[Any], None]] = {
            Created: self._created,
            CountChanged: self._count_changed,
            Transferred: self._transferred,
            Unlinked: self._unlinked,
            Destroyed: self._destroyed,
            Spoiled: self._spoiled,
            Refused: self._refused,
            Misplaced: self._misplaced,
            Violation: self._violation,
            Assigned: self._assigned,
            ScopeLeft: self._scope_left,
        }

    def keep(self) -> Ledger:
        """Follow the whole run in the order things happened."""
        actions = self.actions
        calls: list[Called | None] = [None]
        for seen_at, step, event in chronicle(self.timeline):
            self.now, self.depth = seen_at, step.depth
            if event is None:
                if self.pending:
                    self._settle(step.depth)
                del calls[step.depth + 1 :]
                self.call = calls[-1]
                continue
            if type(event) is Called:
                calls[step.depth + 1 :] = [event]
                self.call = event
                if event.name == "SSL_set_session":
                    self._offered(event)
                continue
            action = actions.get(type(event))
            if action is not None:
                action(event)
        return self.ledger

    # -- the library's side ------------------------------------------------

    def _offered(self, event: Called) -> None:
        """Remember through which pointer the program offers a session."""
        ssl, place = event.arguments[0], event.places[1]
        if isinstance(ssl, ObjectId):
            pointer = self.ledger.pointers.get(place) if place else None
            self.offers[ssl] = Offer(self.now, pointer)

    def _created(self, event: Created) -> None:
        self.ledger.births[event.target] = self.now
        if event.holder.slot == "program":
            self._owe(event.target, "never stored")
        else:
            self.ledger.account(event.target).add(self.now, str(event.holder))

    def _count_changed(self, event: CountChanged) -> None:
        account = self.ledger.account(event.target)
        is_up = event.after > event.before
        if event.holder.slot != "program":
            if is_up:
                account.add(self.now, str(event.holder))
            else:
                account.remove(self.now, str(event.holder))
        elif is_up:
            self._taken(event.target)
        else:
            self._given_back(event.target, self._place_used(event.target))

    def _transferred(self, event: Transferred) -> None:
        account = self.ledger.account(event.target)
        if event.taker.slot == "program":
            account.remove(self.now, str(event.giver))
            self._owe(event.target, "the callback kept nothing")
        else:
            self._given_back(event.target, self._newest_place(event.target))
            account.add(self.now, str(event.taker))

    def _unlinked(self, event: Unlinked) -> None:
        """The library lets go of what is gone already: there is no count left to give back."""
        if event.target in self.ledger.deaths:
            self.ledger.account(event.target).remove(self.now, str(event.holder))

    def _destroyed(self, event: Destroyed) -> None:
        self.ledger.deaths[event.target] = self.now

    def _spoiled(self, event: Spoiled) -> None:
        self.ledger.spoilings[event.target] = Spoiling(self.now, event.target, event.why)

    def _refused(self, event: Refused) -> None:
        offer = self.offers.get(event.ssl)
        self.ledger.refusals.append(
            Refusal(self.now, event.target, event.ssl, event.why, offer)
        )

    def _misplaced(self, event: Misplaced) -> None:
        self.ledger.misplacements.append(
            Misplacement(self.now, event.target, event.ctx, event.actual)
        )

    def _violation(self, event: Violation) -> None:
        target = event.target
        place = self._place_used(target) if target and event.by is None else None
        by = str(event.by) if event.by else None
        is_free = event.by is None and target is not None and self._call_gives_back(target)
        pointer = self.ledger.pointers.get(place) if place else None
        call = self.call.name if self.call else ""
        self.ledger.touches.append(
            Touch(
                self.now, event.rule, target, by, place, pointer, event.what, call, is_free
            )
        )
        if target is not None and place is not None:
            self._claim(target, place, takes=is_free)

    # -- the program's references ------------------------------------------

    def _owe(self, target: ObjectId, cause: str) -> None:
        """The program got a reference that no variable has received yet."""
        hold = Hold(self.now, None)
        self.ledger.account(target).pool.append(hold)
        self.pending.append((hold, target, self.depth, cause))

    def _taken(self, target: ObjectId) -> None:
        """up_ref shows the reference at its argument, get1 waits for a variable."""
        row = CALLS[self.call.name] if self.call else None
        if row is None or row.result == "own":
            self._owe(target, "never stored")
            return
        place = self._place_used(target) or self._newest_place(target)
        if place is None:
            self._owe(target, "never stored")
            return
        hold = Hold(self.now, place)
        account = self.ledger.account(target)
        account.pool.append(hold)
        account.add(self.now, place)
        self._owner(place)

    def _given_back(self, target: ObjectId, place: Place | None) -> None:
        """A free through `place` takes the oldest reference there, else the oldest of all."""
        account = self.ledger.account(target)
        pointer = self.ledger.pointers.get(place) if place else None
        hold = next((h for h in account.pool if h.place == place), None)
        if hold is not None:
            account.pool.remove(hold)
            account.remove(self.now, hold.place or LOST)
        elif account.pool:
            hold = account.pool.pop(0)
            entry = account.remove(self.now, hold.place or LOST)
            was_lent = pointer is None or not pointer.is_owner
            account.used_up.append(UsedUp(self.now, place, hold, was_lent, entry))
        elif not (place and self._claim(target, place, takes=True)):
            was_lent = pointer is None or not pointer.is_owner
            self.ledger.surpluses.append(Surplus(self.now, target, place, was_lent))
        if pointer is not None:
            self.ledger.pointers[place] = pointer._replace(released=self.now)  # type: ignore[index]  # pointer implies place

    def _claim(self, target: ObjectId, place: Place, *, takes: bool) -> bool:
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
                    Surplus(used.step, target, used.place, used.was_lent)
                )
                return True
        hold = next((h for h in account.pool if h.place == place), None)
        if takes and hold is not None:
            account.pool.remove(hold)
            account.remove(self.now, place)
        return False

    def _settle(self, depth: int) -> None:
        """A statement is over: references no variable received go to one that points there."""
        waiting, self.pending = self.pending, []
        for entry in waiting:
            hold, target, owed_at, cause = entry
            if owed_at < depth:
                self.pending.append(entry)
            elif any(hold is held for held in self.ledger.account(target).pool):
                self._move(target, hold, self._newest_place(target), cause)

    def _move(self, target: ObjectId, hold: Hold, place: Place | None, cause: str) -> None:
        """Show a reference at another place; with none left it is lost."""
        account = self.ledger.account(target)
        if hold.is_shown:
            account.remove(self.now, hold.place or LOST)
        from_place, hold.place, hold.is_shown = hold.place, place, True
        account.add(self.now, place or LOST)
        if place is None:
            self.ledger.losses.append(Loss(self.now, target, hold, cause, from_place))
        else:
            self._owner(place)

    # -- variables ---------------------------------------------------------

    def _place_used(self, target: ObjectId) -> Place | None:
        """The variable through which the current call got at the object."""
        if self.call is None:
            return None
        for value, place in zip(self.call.arguments, self.call.places, strict=True):
            if value == target:
                return place
        return None

    def _call_gives_back(self, target: ObjectId) -> bool:
        if self.call is None:
            return False
        parameters = CALLS[self.call.name].parameters
        return any(
            p.use == "gives back" and value == target
            for p, value in zip(parameters, self.call.arguments, strict=True)
        )

    def _newest_place(self, target: ObjectId) -> Place | None:
        places = self.places_of.get(target)
        return next(reversed(places)) if places else None

    def _owner(self, place: Place) -> None:
        pointer = self.ledger.pointers.get(place)
        if pointer is not None and not pointer.is_owner:
            self.ledger.pointers[place] = pointer._replace(is_owner=True)

    def _assigned(self, event: Assigned) -> None:
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
        places = self.places_of.setdefault(target, {})
        places.pop(place, None)
        places[place] = None
        self._receive(place, target, event.source)

    def _receive(self, place: Place, target: ObjectId, source: Place | None) -> None:
        """A variable got the object: with it the references that wait, or one of many."""
        if source is None:
            for entry in [e for e in self.pending if e[1] == target]:
                self.pending.remove(entry)
                self._move(target, entry[0], place, entry[3])
            return
        shown = [h for h in self.ledger.account(target).pool if h.place == source]
        if len(shown) > 1 and source != place:
            self._move(target, shown[-1], place, "")

    def _forget(self, place: Place, target: ObjectId, cause: str) -> None:
        """A variable stopped pointing to the object: its references go elsewhere or are lost."""
        places = self.places_of.get(target)
        if places:
            places.pop(place, None)
        account = self.ledger.accounts.get(target)
        if account is None or target in self.ledger.deaths:
            return
        for hold in [h for h in account.pool if h.place == place]:
            self._move(target, hold, self._newest_place(target), cause)

    def _scope_left(self, event: ScopeLeft) -> None:
        for place, value in event.places:
            pointer = self.ledger.pointers.pop(place, None)
            if pointer is None or pointer.target is None:
                continue
            if place == event.returning and pointer.target == value:
                self._hand_out(place, pointer.target)
            self._forget(place, pointer.target, "out of scope")

    def _hand_out(self, place: Place, target: ObjectId) -> None:
        """A function returns the object: its references wait for the caller's variable."""
        account = self.ledger.account(target)
        for hold in [h for h in account.pool if h.place == place]:
            account.remove(self.now, place)
            hold.place, hold.is_shown = None, False
            self.pending.append((hold, target, max(0, self.depth - 1), "never stored"))
