"""The ledger: who holds each counted reference, at every step of a run.

References of the library are exact. Those of the program form a pool per
object, and each is shown at the variable that received it, so that a count
can always be explained. It follows the run in the order things happened and
writes down what a judge needs (frees without a reference, losses, touches of
the dead); it judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sslrefs.audit.books import Ledger, Spoiling
from sslrefs.audit.pool import Pool
from sslrefs.audit.records import (
    Misplacement,
    Offer,
    Refusal,
    Touch,
)
from sslrefs.model.calls import CALLS
from sslrefs.model.objects import ObjectId
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
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Assigned, Called, Hidden, ScopeLeft, Timeline

__all__ = ["Ledger", "Spoiling", "keep_ledger"]


@without_collector()
def keep_ledger(timeline: Timeline) -> Ledger:
    """The ledger of a whole run."""
    return _Bookkeeper(timeline).keep()


class _Bookkeeper:
    """Follows a run event by event."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.ledger = Ledger()
        self.pool = Pool(self.ledger)
        self.offers: dict[ObjectId, Offer] = {}
        self.now = 0

    def _actions(self) -> dict[type, Callable[[Any], None]]:
        """What is done for each event; kept here, they would keep the run alive for long."""
        return {
            Created: self._created,
            CountChanged: self._count_changed,
            Transferred: self._transferred,
            Unlinked: self._unlinked,
            Destroyed: self._destroyed,
            Spoiled: self._spoiled,
            Refused: self._refused,
            Misplaced: self._misplaced,
            Violation: self._violation,
            Assigned: self.pool.assigned,
            ScopeLeft: self.pool.scope_left,
            Hidden: self.pool.hidden,
        }

    def keep(self) -> Ledger:
        """Follow the whole run in the order things happened."""
        actions = self._actions()
        calls: list[Called | None] = [None]
        for seen_at, step, event in chronicle(self.timeline):
            self.now = self.pool.now = seen_at
            self.pool.depth = step.depth
            if event is None:
                if self.pool.pending:
                    self.pool.settle(step.depth)
                del calls[step.depth + 1 :]
                self.pool.call = calls[-1]
                continue
            if type(event) is Called:
                calls[step.depth + 1 :] = [event]
                self.pool.call = event
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
            self.pool.owe(event.target, "never stored")
        else:
            self.ledger.account(event.target).add(self.now, str(event.holder))

    def _count_changed(self, event: CountChanged) -> None:
        account = self.ledger.account(event.target)
        is_up = event.after > event.before
        if event.holder.slot != "program":
            if is_up:
                account.add(self.now, str(event.holder))
                if event.holder.slot == "new_cb":
                    self.pool.offering.begins(event.target, str(event.holder))
            elif event.holder.slot != "new_cb" or self.pool.offering.refused(
                event.target, self.now
            ):
                account.remove(self.now, str(event.holder))
        elif is_up:
            self.pool.taken(event.target)
        else:
            self.pool.given_back(event.target, self.pool.place_used(event.target))

    def _transferred(self, event: Transferred) -> None:
        account = self.ledger.account(event.target)
        if event.taker.slot == "program":
            if event.giver.slot == "new_cb" and not self.pool.offering.kept(event.target):
                return
            account.remove(self.now, str(event.giver))
            # The callback's last step is where the reference was accepted.
            self.pool.owe(event.target, "the callback kept nothing", at=self.now - 1)
            # What it stored is known now, and its next run may overwrite it.
            self.pool.settle(self.pool.depth)
        else:
            self.pool.given_back(event.target, self.pool.place_handed(event.target))
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
        self.ledger.refusals.append(Refusal(self.now, event.target, event.ssl, event.why, offer))

    def _misplaced(self, event: Misplaced) -> None:
        self.ledger.misplacements.append(
            Misplacement(self.now, event.target, event.ctx, event.actual)
        )

    def _violation(self, event: Violation) -> None:
        target = event.target
        place = self.pool.place_used(target) if target and event.by is None else None
        by = str(event.by) if event.by else None
        is_free = event.by is None and target is not None and self._call_gives_back(target)
        pointer = self.ledger.pointers.get(place) if place else None
        call = self.pool.call.name if self.pool.call else ""
        self.ledger.touches.append(
            Touch(self.now, event.rule, target, by, place, pointer, event.what, call, is_free)
        )
        if target is not None and place is not None:
            self.pool.claim(target, place, takes=is_free)

    def _call_gives_back(self, target: ObjectId) -> bool:
        if self.pool.call is None:
            return False
        parameters = CALLS[self.pool.call.name].parameters
        return any(
            p.use == "gives back" and value == target
            for p, value in zip(parameters, self.pool.call.arguments, strict=True)
        )
