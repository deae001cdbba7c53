"""Follows a run step by step: who holds, who points, and what each step touched.

The scene and the ledger table are both made from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sslrefs.audit.ledger import Ledger
from sslrefs.model.objects import ObjectId
from sslrefs.model.outcome import Holder
from sslrefs.trace.chronicle import chronicle
from sslrefs.trace.timeline import Assigned, Called, Place, ScopeLeft, StepEvent, Timeline

__all__ = ["Follower", "Touched"]


@dataclass(slots=True)
class Touched:
    """What the events of one step have to do with; dicts keep the order of happening.

    `ends` are what the places pointed to before and point to now, `links` pairs
    of a library object and what it points or pointed to, `called` the objects
    the step's calls were given.
    """

    objects: dict[ObjectId, None] = field(default_factory=dict)
    places: dict[Place, None] = field(default_factory=dict)
    ends: dict[ObjectId, None] = field(default_factory=dict)
    links: dict[tuple[ObjectId, ObjectId], None] = field(default_factory=dict)
    called: dict[ObjectId, None] = field(default_factory=dict)


class Follower:
    """The state after the steps it has gone through; `advance` goes one step on in what it `read`s.

    `held` counts the references of each holder by object, `total` sums them, and
    `holders` those that are not negative;
    `points` says which object a variable points to, `pointed` the reverse.
    """

    def __init__(self) -> None:
        self.held: dict[ObjectId, Counter[str]] = defaultdict(Counter)
        self.total: Counter[ObjectId] = Counter()
        self.holders: Counter[ObjectId] = Counter()
        self.points: dict[Place, ObjectId] = {}
        self.pointed: dict[ObjectId, dict[Place, None]] = defaultdict(dict)
        self._entries: dict[int, list[tuple[ObjectId, int, str]]] = {}
        self._events: list[list[StepEvent]] = []

    def read(self, timeline: Timeline, ledger: Ledger) -> range:
        """Take a run, or one that goes on where the last one ended; which steps are new."""
        self._entries = ledger.entries_by_step()
        new = range(len(self._events), len(timeline.steps))
        self._events += ([] for _ in new)
        for seen_at, _step, event in chronicle(timeline, new.start):
            if event is not None:
                self._events[seen_at].append(event)
        return new

    def advance(self, index: int) -> Touched:
        """Go through step `index`; what it touched."""
        touched = Touched()
        for target, sign, label in self._entries.get(index, ()):
            held = self.held[target]
            before = held[label]
            if before + sign:
                held[label] = before + sign
            else:
                del held[label]  # who went is not met again at every later step
            self.total[target] += sign
            self.holders[target] += max(before + sign, 0) - max(before, 0)
            touched.objects[target] = None
        for event in self._events[index]:
            self._follow(event, touched)
        return touched

    def _follow(self, event: StepEvent, touched: Touched) -> None:
        target = getattr(event, "target", None)
        if target is not None:
            touched.objects[target] = None
            holder = getattr(event, "holder", None)
            if isinstance(holder, Holder) and holder.owner is not None:
                touched.links[holder.owner, target] = None
        match event:
            case Assigned(place=place, after=after):
                self._point(place, after if isinstance(after, ObjectId) else None, touched)
            case ScopeLeft(places=gone):
                for place, _value in gone:
                    self._point(place, None, touched)
            case Called(arguments=arguments):
                touched.called |= {a: None for a in arguments if isinstance(a, ObjectId)}

    def _point(self, place: Place, target: ObjectId | None, touched: Touched) -> None:
        """A variable points to an object now, or to none."""
        old = self.points.pop(place, None)
        if old is not None:
            self.pointed[old].pop(place, None)
            touched.places[place] = touched.ends[old] = None
        if target is not None:
            self.points[place] = target
            self.pointed[target][place] = None
            touched.places[place] = touched.ends[target] = None
