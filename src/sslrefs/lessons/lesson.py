"""A lesson: its notebook, its C texts and its questions. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sslrefs.lessons.questions import Question
from sslrefs.lessons.scenario import Scenario

__all__ = ["CLOSING", "Lesson"]

CLOSING = 3
"""How many questions end a lesson; those before them are predictions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What a notebook tells and asks.

    Attributes:
        name: The module of the catalogue that holds it, such as "start_here".
        notebook: The file in `notebooks/`.
        scenarios: Its C texts by name; every player of the notebook shows one of them.
        questions: Its questions in the order in which the notebook asks them;
            the last `CLOSING` say it back.
    """

    name: str
    notebook: str
    scenarios: Mapping[str, Scenario]
    questions: tuple[Question, ...]
