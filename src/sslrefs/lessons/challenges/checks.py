"""What the goals of challenges are made of: small tests on a run, each with its reply.

A check is a function of a run that returns what is missing, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sslrefs.audit.findings import FindingKind
from sslrefs.lessons.challenges.challenge import Check, Judged
from sslrefs.model.objects import ObjectId
from sslrefs.trace.timeline import Step

__all__ = [
    "breaks_with",
    "cached",
    "calls_of",
    "have_held",
    "highest_count",
    "is_clean",
    "keeps",
    "moments",
    "needs",
    "only_lends",
    "refuses",
    "shows_in",
]


def is_clean(run: Judged) -> str | None:
    """The run has no finding."""
    return f"Not yet. {run.findings[0].message}" if run.findings else None


def needs(test: Callable[[Judged], bool], reply: str) -> Check:
    """`test` is true of the run."""
    return lambda run: None if test(run) else reply


def refuses(test: Callable[[Judged], bool], reply: str) -> Check:
    """`test` is not true of the run."""
    return lambda run: reply if test(run) else None


def keeps(*calls: str) -> Check:
    """The run makes all these calls: a program must not be mended by taking its work out."""

    def check(run: Judged) -> str | None:
        missing = [name for name in calls if name not in calls_of(run)]
        if not missing:
            return None
        return f"The program has lost its purpose: put {' and '.join(missing)} back."

    return check


def breaks_with(kind: FindingKind, reply: str) -> Check:
    """One of the findings is of this kind."""

    def check(run: Judged) -> str | None:
        kinds = {finding.kind for finding in run.findings}
        if kind in kinds:
            return None
        if not kinds:
            return f"Not yet: this run is clean. {reply}"
        return f"A bug, but another one: {', '.join(sorted(kinds))}. {reply}"

    return check


def shows_in(call: str, reply: str) -> Check:
    """One of the bugs shows in a step that makes this call."""

    def check(run: Judged) -> str | None:
        if not run.findings:
            return f"Not yet: this run is clean. {reply}"
        shown = [finding.shows_step for finding in run.findings]
        steps = run.timeline.steps
        if any(step is not None and call in steps[step].calls for step in shown):
            return None
        kinds = ", ".join(finding.kind for finding in run.findings)
        return f"Another bug ({kinds}), and it does not show in {call}. {reply}"

    return check


def calls_of(run: Judged) -> set[str]:
    """The names of all functions of libssl that the run called."""
    return {name for step in run.timeline.steps for name in step.calls}


def moments(run: Judged) -> Iterator[tuple[Step, ObjectId, int, tuple[str, ...]]]:
    """Every living session after every step before undefined behaviour: count and holders."""
    for step in run.timeline.steps:
        if step.undefined:
            return
        for target in step.world.living():
            if target.kind == "session":
                holders = run.ledger.holders(target, step.index)
                yield step, target, step.world.record(target).count, holders


def highest_count(run: Judged) -> int:
    """The highest count that any session had."""
    return max((count for _, _, count, _ in moments(run)), default=0)


def have_held(run: Judged, count: int, *parts: str) -> bool:
    """Whether a session once had this count and exactly these kinds of holders.

    A kind is "session", "cache" or "variable".
    """
    return any(
        (found, sorted(holder.partition(".")[2] or "variable" for holder in holders))
        == (count, sorted(parts))
        for _, _, found, holders in moments(run)
    )


def cached(run: Judged, index: int) -> int:
    """How many sessions caches hold after a step."""
    step = run.timeline.steps[index]
    return sum(
        any(holder.endswith(".cache") for holder in run.ledger.holders(target, index))
        for target in step.world.living()
    )


def only_lends(run: Judged) -> bool:
    """Whether the run asks a connection for its session, and takes no reference to any."""
    calls = calls_of(run)
    takers = {"SSL_get1_session", "SSL_SESSION_up_ref", "SSL_SESSION_dup"}
    return bool({"SSL_get0_session", "SSL_get_session"} & calls) and not takers & calls
