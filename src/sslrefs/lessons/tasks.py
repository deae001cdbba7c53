"""Two tasks that fit any lesson: break a text in a given way, and repair it without emptying it.

Reads a finished run and answers with a sentence. Runs nothing itself.
"""

from __future__ import annotations

import textwrap

from sslrefs.audit.findings import FindingKind
from sslrefs.lessons.challenges.challenge import Judged
from sslrefs.lessons.challenges.judge import CANNOT_RUN

__all__ = ["breaks_with", "is_clean_with"]

_WIDTH = 90


def breaks_with(run: Judged | None, kind: FindingKind, *, keeps: tuple[str, ...] = ()) -> str:
    """The reply to a text that shall have a bug of a kind.

    Args:
        run: The learner's run, or None when the text cannot be run.
        kind: The kind of finding that is asked for.
        keeps: The calls that must still be made.
    """
    if run is None:
        return CANNOT_RUN
    found = {finding.kind for finding in run.findings}
    if kind in found:
        lost = _lost(run, keeps)
        first = next(finding for finding in run.findings if finding.kind == kind)
        return _filled(lost or f"Yes: {kind}. {first.message}")
    if not found:
        return f"Not yet: this run is clean. Asked for is {kind}."
    return _filled(f"A bug, but another one: {', '.join(sorted(found))}. Asked for is {kind}.")


def is_clean_with(run: Judged | None, *, keeps: tuple[str, ...]) -> str:
    """The reply to a repair: whether the run is clean and still does what it was made for.

    Args:
        run: The learner's run, or None when the text cannot be run.
        keeps: The calls that must still be made.
    """
    if run is None:
        return CANNOT_RUN
    if run.findings:
        return _filled(f"Not yet. {run.findings[0].message}")
    return _filled(_lost(run, keeps) or "Clean.")


def _lost(run: Judged, keeps: tuple[str, ...]) -> str:
    """What to say when calls the program needs are gone; empty when all are there."""
    made = {name for step in run.timeline.steps for name in step.calls}
    missing = [name for name in keeps if name not in made]
    if not missing:
        return ""
    return f"The program has lost its purpose: put {' and '.join(missing)} back."


def _filled(text: str) -> str:
    return textwrap.fill(text, _WIDTH)
