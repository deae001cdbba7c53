"""Challenges: the learner writes a text, and its run is judged here.

Reads a finished run and answers with a sentence. Runs nothing itself.
"""

from __future__ import annotations

import textwrap
from typing import Protocol

from sslrefs.audit.findings import Finding
from sslrefs.trace.timeline import Timeline

__all__ = ["Judged", "breaks_at_the_flush", "is_repaired"]

FLUSH = "SSL_CTX_flush_sessions"
LENDERS = ("SSL_get0_session", "SSL_get_session")
TAKERS = ("SSL_get1_session", "SSL_SESSION_up_ref")
_WIDTH = 90
CANNOT_RUN = "This text cannot be run. Its player says why: mend it, then run both cells again."


class Judged(Protocol):
    """A run, as far as a challenge looks at it."""

    @property
    def timeline(self) -> Timeline:
        """The steps of the run."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs of the run."""


def breaks_at_the_flush(run: Judged | None) -> str:
    """The reply to a text that shall break at the flush without borrowing a session.

    Args:
        run: The learner's run, or None when the text cannot be run.
    """
    if run is None:
        return CANNOT_RUN
    if not run.findings:
        return "Not yet: this run is clean. Let the program give back more than it took."
    calls = _calls(run)
    lender = next((name for name in LENDERS if name in calls), None)
    if lender is not None:
        return f"That is a bug, but {lender} is still there. Reach the end without a lent pointer."
    for finding in run.findings:
        step = finding.shows_step
        if step is not None and FLUSH in run.timeline.steps[step].calls:
            wrong, shows = finding.wrong_line, finding.shows_line
            return f"Yes: {finding.kind}, wrong at line {wrong}, shows at line {shows}, in {FLUSH}."
    kinds = ", ".join(finding.kind for finding in run.findings)
    return textwrap.fill(
        f"Another bug ({kinds}), and it does not show at the flush. The session must be gone "
        "while the cache still lists it: mind who gives back what before SSL_free(ssl).",
        _WIDTH,
    )


def is_repaired(run: Judged | None) -> str:
    """The reply to a repair of the lesson's bug: whether it is clean, and which repair it is.

    Args:
        run: The learner's run, or None when the text cannot be run.
    """
    if run is None:
        return CANNOT_RUN
    if run.findings:
        return textwrap.fill(f"Not yet. {run.findings[0].message}", _WIDTH)
    calls = _calls(run)
    missing = [name for name in ("SSL_accept", "SSL_free", FLUSH) if name not in calls]
    if missing:
        return f"Clean, but the program has lost its purpose: put {' and '.join(missing)} back."
    if any(name in calls for name in TAKERS):
        return "Clean: you take a reference, so the free gives back your own. Now the other way."
    if "SSL_SESSION_free" not in calls:
        return "Clean: what is lent is not freed. Now keep the free, and repair it the other way."
    return "Clean."


def _calls(run: Judged) -> set[str]:
    return {name for step in run.timeline.steps for name in step.calls}
