"""The ledger as a table: per step the rows that changed, and the whole table at any step."""

from __future__ import annotations

from itertools import chain, islice
from typing import NamedTuple

from sslrefs.audit.ledger import Ledger
from sslrefs.model.objects import ObjectId
from sslrefs.model.world import World
from sslrefs.picture.follow import Follower
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Step, Timeline

__all__ = ["Row", "Table", "ledger_rows"]

_MANY = 12


class Row(NamedTuple):
    """One object at one step.

    `count` is "2", or "1 → 2" at the step that changed it; `held` names the
    holders, `pointed` the variables that point there without holding.
    """

    target: ObjectId
    count: str  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    held: str
    pointed: str
    state: str


def ledger_rows(timeline: Timeline, ledger: Ledger) -> list[list[Row]]:
    """For each step the rows that changed."""
    return Table().go_on(timeline, ledger)


class Table:
    """Writes the rows of a run, and goes on where its text goes on."""

    def __init__(self) -> None:
        self._now = Follower()
        self._counts: dict[ObjectId, int] = {}
        self._shown: dict[ObjectId, Row] = {}
        self._rows: list[list[Row]] = []

    @without_collector()
    def go_on(self, timeline: Timeline, ledger: Ledger) -> list[list[Row]]:
        """For each step of a run that begins like the last one the rows that changed."""
        for index in self._now.read(timeline, ledger):
            self._rows.append(self._changed(timeline.steps[index]))
        return list(self._rows)

    def _changed(self, step: Step) -> list[Row]:
        touched = self._now.advance(step.index)
        rows = []
        for target in sorted(touched.objects | touched.ends):
            row = _row(step.world, self._now, target)
            before = self._counts.get(target)
            count = self._counts[target] = step.world.record(target).count
            if before is not None and before != count:
                rows.append(row._replace(count=f"{before} → {count}"))
            elif self._shown.get(target) != row:
                rows.append(row)
            self._shown[target] = row
        return rows


def _row(world: World, follower: Follower, target: ObjectId) -> Row:
    record = world.record(target)
    held = follower.held[target]
    count = follower.holders[target]
    # Not sorted: an object may have thousands of holders at every step, and few are named.
    library_first = chain((a for a in held if "#" in a), (a for a in held if "#" not in a))
    holders = list(islice((a for a in library_first for _ in range(held[a])), _MANY))
    # Thousands of variables may point to it, too: what is fewer is gone through.
    pointed = follower.pointed[target]
    few, many = (held, pointed) if len(held) < len(pointed) else (pointed, held)
    own = sum(1 for place in few if place in many and held[place] > 0)
    lent = list(islice((place for place in pointed if held.get(place, 0) <= 0), _MANY))
    word = "lent" if record.alive else "dangling"
    return Row(
        target,
        str(record.count),
        _enumerated(holders, count),
        _enumerated([f"{place} ({word})" for place in lent], len(pointed) - own),
        _state(world, target, count),
    )


def _enumerated(words: list[str], count: int) -> str:
    """The first names with commas, and the exact number of those that are not among them."""
    rest = f", +{count - len(words)} more" if count > len(words) else ""
    return ", ".join(words) + rest


def _state(world: World, target: ObjectId, holders: int) -> str:
    record = world.record(target)
    if not record.alive:
        return "gone" if holders == 0 else "gone, but still held"
    words = []
    if record.count != holders:
        words.append(f"count {record.count} ≠ holders {holders}")
    if target.kind == "session" and not world.session(target).is_resumable:
        words.append("not resumable")
    return ", ".join(words) or "alive"
