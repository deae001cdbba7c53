"""The ways of a text in words: what fails on each, what runs then, what is wrong."""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.audit.findings import Finding
from sslrefs.picture.text import findings_text
from sslrefs.picture.words import Words
from sslrefs.trace.timeline import Timeline

__all__ = ["Way", "headline", "name_of", "verdict", "ways_text"]

_SHOWN = 12


class Way(NamedTuple):
    """One way: its run, the findings of its own, and how many it has like all others."""

    timeline: Timeline
    findings: tuple[Finding, ...]
    common: int


def name_of(timeline: Timeline) -> str:
    """What fails on a way, and where."""
    failed = timeline.failed
    if failed is None:
        return "nothing fails"
    same = [fork for fork in timeline.forks if fork[1:] == failed[1:]]
    times = sum(fork.step <= failed.step for fork in same) if len(same) > 1 else 1
    name = f"line {failed.line}: {failed.what} " + (
        "goes the other way" if failed.what == "this condition" else "fails"
    )
    return name if times < 2 else f"{name} the {_ORDINALS.get(times, f'{times}th')} time"


_ORDINALS = {2: "second", 3: "third"}


def verdict(way: Way) -> str:
    """What is wrong on a way, in a few words."""
    kinds = [f"{f.kind} of {f.object}" if f.object else f.kind for f in way.findings]
    words = ", ".join(kinds) or ("nothing more" if way.common else "clean")
    return f"{words} (the run was stopped)" if way.timeline.cut else words


def headline(ways: tuple[Way, ...]) -> str:
    """How many ways there are, in words."""
    many = len(ways) - 1
    if not many:
        return "One way: no failure changes what runs"
    plural = "" if many == 1 else "s"
    return f"One way on which nothing fails, {many} way{plural} on which something fails, once"


def ways_text(ways: tuple[Way, ...], left_out: int) -> Words:
    """All ways in a list, then those on which something is wrong, one by one."""
    plain = ways[0]
    text = Words()
    text.append(f"library: {plain.timeline.library}\n", "dim")
    text.append(f"{headline(ways)}\n\n", "bold")
    width = max(len(name_of(way.timeline)) for way in ways)
    for way in ways:
        style = "bold red" if way.findings else "green"
        text.append(f"  {name_of(way.timeline):<{width}}  ")
        text.append(f"{verdict(way)}\n", style)
    if left_out:
        text.append(f"\n{left_out:,} more failures were not tried\n", "bold yellow")
    for way in ways:
        if way.findings:
            text.append("\n")
            text.extend(_wrong(way))
    for note in plain.timeline.notes:
        text.append(f"note, line {note.line}: {note.text}\n", "yellow")
    return text


def _wrong(way: Way) -> Words:
    """A way on which something is wrong: what ran from the failure on, and the findings."""
    text = Words(f"── {name_of(way.timeline)} ──\n", "bold")
    failed = way.timeline.failed
    if failed is not None:
        after = way.timeline.steps[failed.step :]
        width = len(str(max(step.line for step in after))) if after else 1
        for step in after[:_SHOWN]:
            text.append(f"{step.line:>{width}}  {'  ' * step.depth}", "cyan")
            text.append(f"{step.text}\n")
        if len(after) > _SHOWN:
            text.append(f"and {len(after) - _SHOWN:,} more steps\n", "dim")
    if way.common:
        text.append(f"(beside {way.common} that every way has)\n", "dim")
    text.extend(findings_text(way.timeline, way.findings))
    return text
