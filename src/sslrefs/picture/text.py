"""A run as readable text: for the terminal, for `text/plain`, for a screen reader.

It says everything the picture says. A terminal can colour the result; its
`.plain` is complete without colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sslrefs.audit.findings import Finding
from sslrefs.picture.table import Row
from sslrefs.picture.words import Words
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import LEFT_OUT, Step, Timeline

__all__ = ["findings_text", "run_text"]

_ALIKE = 3
"""Findings of one kind at one line that are told one by one."""


@without_collector()
def run_text(
    timeline: Timeline,
    says: list[str],
    rows: list[list[Row]],
    findings: tuple[Finding, ...],
    *,
    is_open: bool = False,
) -> Words:
    """All steps with what changed, then the findings and the notes.

    Without a finding a text is clean, unless it `is_open` and goes on elsewhere.
    """
    text = Words()
    text.append(f"library: {timeline.library}\n", "dim")
    width = max((len(str(step.line)) for step in timeline.steps), default=1)
    was_defined = True
    marks = _marks(findings)
    for step, sentence, changed in zip(timeline.steps, says, rows, strict=True):
        _step(text, step, sentence, changed, marks.get(step.index, ()), width)
        if step.undefined and was_defined:
            was_defined = False
            text.append(f"{' ' * (width + 2)}from here on the behaviour is undefined\n", "bold red")
    if not timeline.steps:
        text.append("no statement ran\n")
    if timeline.cut:
        text.append(f"\n{timeline.cut}\n", "bold yellow")
    text.append("\n")
    text.extend(findings_text(timeline, findings, is_open=is_open))
    for note in timeline.notes:
        place = f", line {note.line}" if note.line else ""
        text.append(f"note{place}: {note.text}\n", "yellow")
    return text


def _marks(findings: tuple[Finding, ...]) -> dict[int, list[str]]:
    """What is marked at each step, by its index: a run may have thousands of both."""
    marks: dict[int, list[str]] = {}
    for finding in findings:
        marks.setdefault(finding.wrong_step, []).append(f"   ▲ wrong here: {finding.kind}")
        if finding.shows_step is not None:
            marks.setdefault(finding.shows_step, []).append(f"   ✖ shows here: {finding.kind}")
    return marks


def _step(
    text: Words,
    step: Step,
    sentence: str,
    changed: list[Row],
    marks: Sequence[str],
    width: int,
) -> None:
    indent = "  " * step.depth
    text.append(f"{step.line:>{width}}  {indent}", "cyan")
    text.append(step.text, "bold")
    for mark in marks:
        text.append(mark, "bold red")
    lead = " " * (width + 4) + indent
    text.append(f"\n{lead}{sentence}\n")
    name = max((len(str(row.target)) for row in changed), default=0)
    count = max((len(row.count) for row in changed), default=0)
    for row in changed:
        parts = [f"{row.target!s:<{name}}  {row.count:<{count}}"]
        parts += [row.held] if row.held else []
        parts += [row.pointed] if row.pointed else []
        parts += [row.state] if row.state != "alive" else []
        style = "red" if "≠" in row.state or "still held" in row.state else "green"
        text.append(f"{lead}  {'  |  '.join(parts)}\n", style)


def findings_text(
    timeline: Timeline, findings: tuple[Finding, ...], *, is_open: bool = False
) -> Words:
    """The findings, each with where it is wrong, where it shows, why and what to write.

    Of one kind at one line, as a loop makes them, the first few; how many more there are is said.
    """
    if not findings:
        missed = sum(LEFT_OUT in note.text for note in timeline.notes)
        if missed and not timeline.cut:
            calls = "1 call" if missed == 1 else f"{missed} calls"
            return Words(
                f"no finding, but {calls} could not be followed: see below\n", "bold yellow"
            )
        none = "no finding up to there" if timeline.cut else "clean: no finding"
        return Words(f"{'no finding so far' if is_open else none}\n", "bold green")
    plural = "" if len(findings) == 1 else "s"
    text = Words(f"{len(findings):,} finding{plural}\n", "bold red")
    alike: Counter[tuple[str, int]] = Counter()
    for finding in findings:
        alike[finding.kind, finding.at_line] += 1
        if alike[finding.kind, finding.at_line] > _ALIKE:
            continue
        subject = f" of {finding.object}" if finding.object else ""
        text.append(f"\n{finding.kind}{subject}\n", "bold red")
        wrong = timeline.steps[finding.wrong_step]
        text.append(f"  wrong at line {wrong.line}: {wrong.text}\n")
        if finding.at_line != finding.wrong_line:
            text.append(f"  inside, at line {finding.at_line}\n")
        if finding.shows_step is not None:
            shows = timeline.steps[finding.shows_step]
            text.append(f"  shows at line {shows.line}: {shows.text}\n")
        text.append(f"  {finding.message}\n")
        for consequence in finding.consequences:
            line = timeline.steps[consequence.step].line
            text.append(f"  then, line {line}: {consequence.what}\n")
        text.append(f"  instead: {finding.fix}\n", "green")
    for (kind, line), count in alike.items():
        if count > _ALIKE:
            text.append(
                f"\n{kind} at line {line}: {count - _ALIKE:,} more like these\n", "bold red"
            )
    return text
