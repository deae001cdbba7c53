"""What a challenge is: a task, a text to begin with, and a goal that a machine can test.

Values and their types only: the goals stand in `reach`, `breaking`, `repair`
and `explain`, the judge in `judge`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from sslrefs.audit.books import Ledger
from sslrefs.audit.findings import Finding
from sslrefs.trace.timeline import Timeline

__all__ = ["Challenge", "Check", "Chosen", "Judged", "Kind", "Try", "Verdict", "Written"]

Kind = Literal["reach", "break", "repair", "explain"]


class Judged(Protocol):
    """A run, as far as a challenge looks at it."""

    @property
    def source(self) -> str:
        """The C text."""

    @property
    def timeline(self) -> Timeline:
        """The steps of the run."""

    @property
    def ledger(self) -> Ledger:
        """Who holds what at every step."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs of the run."""


Check = Callable[[Judged], str | None]
"""Looks at a run, and says what is missing; None when nothing is."""


@dataclass(frozen=True, slots=True)
class Try:
    """A text that people are likely to try, and how the reply to it begins."""

    text: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A goal that is reached by writing C.

    Attributes:
        checks: What a run must pass, in this order; the first that fails gives the reply.
        solution: A text that reaches the goal at par.
        tries: Likely wrong tries, the text the challenge begins with apart.
        is_one_line: Whether the rest of the text stays, as in a repair, so that changed lines
            are counted and not calls.
    """

    checks: tuple[Check, ...]
    solution: str
    tries: tuple[Try, ...]
    is_one_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A goal that is reached by choosing the first wrong line of the text.

    Attributes:
        line: The line, counted from 1.
        replies: The reply to each of the other lines that may be chosen.
    """

    line: int
    replies: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A task for the learner.

    Attributes:
        name: What it is called in `sslrefs.challenge(name)`.
        title: What it is called on the page.
        kind: What is asked for: a state, a bug, a repair, or the wrong line.
        lesson: The lesson that teaches what it needs, by its name.
        task: What to do. Words between backticks are code.
        start: The C text it begins with.
        hints: The first says where to look, the second how to go on.
        par: What a good solution needs, in `unit`: calls, or changed lines, or choices.
        praise: What is said when the goal is reached.
        goal: How it is reached.
    """

    name: str
    title: str
    kind: Kind
    lesson: str
    task: str
    start: str
    hints: tuple[str, str]
    par: int
    praise: str
    goal: Written | Chosen

    @property
    def unit(self) -> str:
        """What par counts, in the singular."""
        if isinstance(self.goal, Chosen):
            return "choice"
        is_changed = self.kind == "repair" or self.goal.is_one_line
        return "changed line" if is_changed else "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the judge says. `cost` is set when the goal is reached, in the unit of par."""

    says: str
    cost: int | None = None

    @property
    def is_solved(self) -> bool:
        """Whether the goal is reached."""
        return self.cost is not None
