"""Judges a ledger: each bug is one finding, with its first wrong step and its consequences.

The kinds and their order are one table (`_judge`): the first that matches wins,
and what follows from a bug is a consequence of it, never a finding of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from sslrefs.audit import explain
from sslrefs.audit.explain import Site, Story
from sslrefs.audit.ledger import Ledger, keep_ledger
from sslrefs.audit.races import as_race, is_race
from sslrefs.audit.records import Hold, Refusal, Surplus, Touch
from sslrefs.model.objects import ObjectId
from sslrefs.trace.chronicle import outermost_steps
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Timeline

__all__ = ["Consequence", "Finding", "FindingKind", "judge"]

FindingKind = Literal[
    "borrowed_free",
    "over_release",
    "double_free",
    "use_after_free",
    "lost_pointer",
    "leak",
    "wrong_ctx",
    "not_resumable",
    "bad_pointer",
    "race",
]


class Consequence(NamedTuple):
    """A later step that went wrong because of the bug."""

    step: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One bug. Steps count from 0, lines from 1.

    `wrong_step` is where it went wrong (for a callback: the outermost
    statement during which it ran), `at_line` the innermost line, `fix_line`
    the line to change; `shows_step` is where a real program first misbehaves,
    None if only a leak report would tell.
    """

    kind: FindingKind
    cause: str | None
    object: ObjectId | None
    wrong_step: int
    shows_step: int | None
    wrong_line: int
    shows_line: int | None
    at_line: int
    fix_line: int
    consequences: tuple[Consequence, ...]
    sites: tuple[Site, ...]
    message: str
    fix: str


@without_collector()
def judge(timeline: Timeline, ledger: Ledger | None = None) -> tuple[Finding, ...]:
    """The bugs of a run, in the order in which they went wrong.

    >>> from sslrefs.cscript.interpreter import run_text
    >>> judge(run_text("SSL_SESSION *s = SSL_SESSION_new();"))[0].kind
    'leak'
    """
    return _Judge(timeline, ledger or keep_ledger(timeline)).findings()


class _Judge:
    """Turns surpluses, touches, losses and leftovers into findings."""

    def __init__(self, timeline: Timeline, ledger: Ledger) -> None:
        self.timeline = timeline
        self.steps = timeline.steps
        self.ledger = ledger
        self.outer = outermost_steps(timeline)
        self.found: list[Finding] = []
        self.by_object: dict[ObjectId | None, int] = {}

    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        for surplus in sorted(self.ledger.surpluses, key=lambda s: s.step):
            self._surplus(surplus)
        for touch in self.ledger.touches:
            self._touch(touch)
        for refusal in self.ledger.refusals:
            self._refusal(refusal)
        for misplaced in self.ledger.misplacements:
            story = explain.misplaced(self._story, misplaced)
            self._add("wrong_ctx", misplaced.target, misplaced.step, story, misplaced.step)
        for loss in self.ledger.losses:
            if self._is_still_owed(loss.target, loss.hold):
                self._add("lost_pointer", loss.target, loss.step, explain.lost(self._story, loss))
        if self.timeline.cut is None:
            self._leaks()
        return tuple(sorted(self.found, key=lambda f: (f.wrong_step, f.at_line)))

    def _leaks(self) -> None:
        """References still shown at the end; a run that was cut short did not come to its end."""
        for target, account in self.ledger.accounts.items():
            if target in self.ledger.deaths or target in self.ledger.hidden:
                continue
            for hold in account.pool:
                if hold.place is not None and hold.place not in self.timeline.beyond:
                    story = explain.leaked(self._story, target, hold)
                    self._add("leak", target, hold.taken, story)

    @property
    def _story(self) -> explain.Teller:
        return explain.Teller(self.timeline, self.ledger)

    def _is_still_owed(self, target: ObjectId, hold: Hold) -> bool:
        """Whether a lost reference was never found again through another pointer."""
        if target in self.ledger.deaths or target in self.ledger.hidden:
            return False
        return any(hold is held for held in self.ledger.accounts[target].pool)

    def _surplus(self, surplus: Surplus) -> None:
        kind: FindingKind = "borrowed_free" if surplus.was_lent else "over_release"
        target = surplus.target
        self._add(kind, target, surplus.step, explain.surplus(self._story, surplus))
        if target not in self.by_object:
            self.by_object[target] = len(self.found) - 1
        death = self.ledger.deaths.get(target)
        is_first = self.by_object[target] == len(self.found) - 1
        if not is_first or death is None or death < surplus.step:
            return
        if self.ledger.account(target).count(death):
            self._follow(target, death, explain.death(self._story, target, death))

    def _touch(self, touch: Touch) -> None:
        target = touch.target
        if target not in self.by_object:
            kind, wrong = self._kind_of_touch(touch)
            story = explain.touched(self._story, touch, kind)
            is_told = kind == "bad_pointer"
            self._add(kind, target, wrong, story, touch.step if is_told else None)
            self.by_object[target] = len(self.found) - 1
            if is_told:
                return
        is_first = self.found[self.by_object[target]].consequences == ()
        shows = touch.rule != "two lists" or not is_first
        self._follow(target, touch.step, touch.what, shows=shows)

    def _kind_of_touch(self, touch: Touch) -> tuple[FindingKind, int]:
        """What a touch is that no surplus explains, and which step was wrong."""
        if touch.rule == "bad pointer":
            return "bad_pointer", touch.step
        if touch.rule == "two lists":
            return "wrong_ctx", touch.step
        pointer = touch.pointer
        if pointer is None:
            return ("double_free" if touch.is_free else "use_after_free"), touch.step
        if touch.is_free and (pointer.is_owner or pointer.released is not None):
            return "double_free", touch.step
        if pointer.released is not None:
            return "use_after_free", pointer.released
        return "use_after_free", pointer.since

    def _refusal(self, refusal: Refusal) -> None:
        """An offered session that could not be resumed, if the program is to blame."""
        ledger, target = self.ledger, refusal.target
        if refusal.why == "other context":
            born = ledger.births[refusal.ssl]
            story = explain.other_context(self._story, refusal, born)
            self._add("wrong_ctx", target, born, story, refusal.step)
        elif refusal.why == "not resumable":
            spoiling = ledger.spoilings.get(target)
            pointer = refusal.offer.pointer if refusal.offer else None
            if spoiling is not None:
                if refusal.offer is None and "SSL_shutdown" not in spoiling.why:
                    return
                wrong = spoiling.step
            elif refusal.offer is not None:
                wrong = pointer.since if pointer else refusal.offer.step
            else:
                return
            story = explain.not_resumable(self._story, refusal, spoiling, wrong)
            self._add("not_resumable", target, wrong, story, refusal.step)

    def _add(
        self,
        kind: FindingKind,
        target: ObjectId | None,
        step: int,
        story: Story,
        shows: int | None = None,
    ) -> None:
        at = min(step, len(self.steps) - 1)
        wrong = self.outer[at]
        if is_race(story, self.timeline, at):
            story = as_race(kind, story, self.timeline)
            kind = "race"
        self.found.append(
            Finding(
                kind=kind,
                cause=story.cause,
                object=target,
                wrong_step=wrong,
                shows_step=None if shows is None else self.outer[shows],
                wrong_line=self.steps[wrong].line,
                shows_line=None if shows is None else self.steps[self.outer[shows]].line,
                at_line=self.steps[at].line,
                fix_line=self.steps[at].line,
                consequences=(),
                sites=story.sites,
                message=story.message,
                fix=story.fix,
            )
        )

    def _follow(
        self, target: ObjectId | None, step: int, what: str, *, shows: bool = False
    ) -> None:
        """Note a consequence of the object's finding; the first that shows is its shows_step."""
        index = self.by_object[target]
        finding = self.found[index]
        outer = self.outer[min(step, len(self.steps) - 1)]
        consequence = Consequence(outer, what)
        if any(what == known.what for known in finding.consequences):
            return
        changed = replace(finding, consequences=(*finding.consequences, consequence))
        if shows and finding.shows_step is None:
            changed = replace(changed, shows_step=outer, shows_line=self.steps[outer].line)
        self.found[index] = changed
