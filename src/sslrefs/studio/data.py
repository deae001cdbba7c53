"""A run as plain data: the schema of `sslrefs run --format json`."""

from __future__ import annotations

from sslrefs.audit.findings import Finding
from sslrefs.audit.ledger import Ledger
from sslrefs.model.outcome import CountChanged, Created, Destroyed
from sslrefs.model.world import Living
from sslrefs.trace.codec import Plain, step_facts
from sslrefs.trace.timeline import Step, Timeline

__all__ = ["SCHEMA", "TooManyFactsError", "finding_data", "run_data"]

SCHEMA = 1
_MOST_FACTS = 250_000
"""Objects, their holders and variables, of all steps together: some 7 MB of JSON, in a second."""


class TooManyFactsError(ValueError):
    """Every count at every step of so large a run would fill the memory; some steps can be had."""


def run_data(
    timeline: Timeline,
    ledger: Ledger,
    findings: tuple[Finding, ...],
    says: list[str],
    steps: slice | None = None,
) -> Plain:
    """The run, or some `steps` of it with all its findings; steps are counted from 0, lines from 1.

    Raises:
        TooManyFactsError: They are more than can be listed.
        IndexError: The run has none of them.
    """
    chosen = range(len(timeline.steps))[steps or slice(None)]
    if steps is not None and not chosen:
        message = f"this run has the steps 0 to {len(timeline.steps) - 1:,}; these are none of them"
        raise IndexError(message)
    _weigh(timeline, chosen)
    living = Living()
    return {
        "schema": SCHEMA,
        "library": timeline.library,
        "steps": [
            _step_data(timeline.steps[number], ledger, says[number], living) for number in chosen
        ],
        "findings": [finding_data(finding) for finding in findings],
        "notes": [{"line": note.line, "text": note.text} for note in timeline.notes],
        "cut": timeline.cut,
    }


def _weigh(timeline: Timeline, chosen: range) -> None:
    """Refuse steps with more facts than can be listed, and say how many can."""
    known = facts = fitting = 0
    for step in timeline.steps:
        for event in step.events:
            if isinstance(event, Created):
                known += 2  # the object and its holder
            elif isinstance(event, CountChanged):
                known += event.after - event.before
            elif isinstance(event, Destroyed):
                known -= 1
        if step.index in chosen:
            facts += known + len(step.variables)
            fitting += facts <= _MOST_FACTS
    if facts <= _MOST_FACTS:
        return
    first, last = chosen[0], chosen[max(0, fitting - 1)]
    message = (
        f"the steps {first:,} to {chosen[-1]:,} of this run have {facts:,} counts, holders and"
        f" variables; at most {_MOST_FACTS:,} can be listed as data. Ask for some of the steps,"
        f" {first} to {last} first: data(slice({first}, {last + 1})) or --steps {first}-{last}."
        " The text has them all"
    )
    raise TooManyFactsError(message)


def _step_data(step: Step, ledger: Ledger, sentence: str, living: Living) -> Plain:
    alive = living.of(step.world)
    facts = step_facts(step, alive)
    holders = {str(which): list(ledger.holders(which, step.index)) for which in alive}
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
