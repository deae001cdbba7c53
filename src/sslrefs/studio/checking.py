"""A comparison with the real libssl as readable text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sslrefs.picture.words import Words

if TYPE_CHECKING:
    from sslrefs.oracle.comparison import Comparison
    from sslrefs.trace.timeline import Timeline

__all__ = ["comparison_text"]


def comparison_text(timeline: Timeline, comparison: Comparison) -> Words:
    """Step by step whether the counts of the model are those of libssl, and the verdict."""
    text = Words()
    text.append(f"libssl:  {comparison.library}\n", "dim")
    text.append(f"model:   {comparison.profile}\n", "dim")
    width = max((len(str(step.line)) for step in timeline.steps), default=1)
    compared = {step.step: step for step in comparison.steps}
    for step in timeline.steps:
        found = compared.get(step.index)
        if step.depth and (found is None or (found.agrees and found.seen is None)):
            continue  # inside a function: told only when there is something to tell
        text.append(f"{step.line:>{width}}  ", "cyan")
        if found is None:
            text.append(f"not compared  {step.text}\n", "dim")
            continue
        if found.seen is not None:
            text.append("undefined     ", "bold red")
        elif found.agrees:
            text.append("agrees        ", "green")
        else:
            text.append("DIFFERS       ", "bold red")
        text.append(f"{step.text}\n")
        lead = " " * (width + 2)
        if found.seen is not None:
            text.append(f"{lead}{step.undefined}\n{lead}libssl, in a process of its own: ")
            text.append(f"{found.seen}\n")
        for difference in found.differences:
            text.append(f"{lead}{difference}\n", "red")
        if found.agrees and found.seen is None:
            text.append(f"{lead}{_counts(timeline, step.index)}\n", "dim")
    text.append("\n")
    if comparison.problem:
        text.append(f"broken off: {comparison.problem}\n", "bold red")
    elif comparison.agrees:
        number = sum(step.seen is None for step in comparison.steps)
        text.append(f"model and libssl agree at all {number} compared steps\n", "bold green")
    else:
        text.append("model and libssl differ; please report this text\n", "bold red")
    return text


def _counts(timeline: Timeline, step: int) -> str:
    world = timeline.steps[step].world
    counts = [f"{which} {world.record(which).count}" for which in world.living()]
    return ", ".join(counts) or "nothing is alive"
