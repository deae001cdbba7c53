"""What a text of a lesson claims, found so that it can be checked against the runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sslrefs.lessons.questions import Question
    from sslrefs.lessons.scenario import Scenario

_HOLDER = r"[a-z]\w*(?::\w+|#\d+(?:\.\w+)?)?"
_TALLY = re.compile(rf"\d+(?: ≠ \d+)? = {_HOLDER}(?: \+ {_HOLDER})*")
_PLACE = re.compile(r"[Ll]ine (\d+)(?: is|,|:) `?(SSL_\w+)\b(?!\s*\*)")


def tallies(text: str) -> set[str]:
    """Counts with their holders, such as "2 = ssl + cache"."""
    return set(_TALLY.findall(text))


def places(text: str) -> set[tuple[int, str]]:
    """Lines that are said to hold a call."""
    return {(int(line), call) for line, call in _PLACE.findall(text)}


def true_words(question: Question) -> Iterator[str]:
    """All that a question says in its own name: everything but the wrong choices."""
    yield question.prompt
    yield question.hint
    for index, choice in enumerate(question.choices):
        yield choice.reply
        if index == question.answer:
            yield choice.text


def untrue(text: str, scenarios: Collection[Scenario]) -> list[object]:
    """The claims of a text that none of the scenarios bears out."""
    known = {str(tally) for scenario in scenarios for tally in scenario.expects.tallies}
    lines = [scenario.text.splitlines() for scenario in scenarios]
    return [
        *(tally for tally in tallies(text) if tally not in known),
        *(
            (line, call)
            for line, call in places(text)
            if not any(line <= len(found) and f"{call}(" in found[line - 1] for found in lines)
        ),
    ]
