"""A run as plain data: the schema of `sslrefs run --format json`."""

from __future__ import annotations

from sslrefs.audit.findings import Finding
from sslrefs.audit.ledger import Ledger
from sslrefs.trace.codec import Plain, step_facts
from sslrefs.trace.timeline import Step, Timeline

__all__ = ["SCHEMA", "finding_data", "run_data"]

SCHEMA = 1


def run_data(
    timeline: Timeline, ledger: Ledger, findings: tuple[Finding, ...], says: list[str]
) -> Plain:
    """The whole run; steps are counted from 0, lines from 1."""
    return {
        "schema": SCHEMA,
        "library": timeline.library,
        "steps": [
            _step_data(step, ledger, sentence)
            for step, sentence in zip(timeline.steps, says, strict=True)
        ],
        "findings": [finding_data(finding) for finding in findings],
        "notes": [{"line": note.line, "text": note.text} for note in timeline.notes],
        "cut": timeline.cut,
    }


def _step_data(step: Step, ledger: Ledger, sentence: str) -> Plain:
    facts = step_facts(step)
    holders = {str(which): list(ledger.holders(which, step.index)) for which in step.world.living()}
    return {
        "step": step.index,
        "line": step.line,
        "text": step.text,
        "depth": step.depth,
        "calls": list(step.calls),
        "returns": facts["returns"],
        "counts": facts["counts"],
        "holders": holders,
        **{key: facts[key] for key in ("cached", "dangling", "not_resumable", "destroyed")},
        "callbacks": facts["callbacks"],
        "variables": facts["variables"],
        "undefined": facts["undefined"],
        "says": sentence,
    }


def finding_data(finding: Finding) -> Plain:
    """One finding."""
    return {
        "kind": finding.kind,
        "cause": finding.cause,
        "object": str(finding.object) if finding.object else None,
        "wrong_step": finding.wrong_step,
        "shows_step": finding.shows_step,
        "wrong_line": finding.wrong_line,
        "shows_line": finding.shows_line,
        "at_line": finding.at_line,
        "fix_line": finding.fix_line,
        "consequences": [{"step": c.step, "what": c.what} for c in finding.consequences],
        "sites": [
            {"what": s.what, "step": s.step, "line": s.line, "text": s.text} for s in finding.sites
        ],
        "message": finding.message,
        "fix": finding.fix,
    }
