"""Items of the inventory: a question on a C text, asked before and after the course.

Values, and what follows from them: a question with its choices in an order, a
score by topic, and the items in the form other quiz tools read. Shuffling is
the business of whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug

__all__ = ["KINDS", "TOPICS", "Answers", "Item", "Kind", "Topic", "as_quiz", "score"]

Kind = Literal["count", "holder", "wrong step", "repair", "why"]
Topic = Literal[
    "counts and names", "lent or given", "the cache", "callbacks", "contexts", "resumption"
]
KINDS: tuple[Kind, ...] = ("count", "holder", "wrong step", "repair", "why")
TOPICS: tuple[Topic, ...] = (
    "counts and names",
    "lent or given",
    "the cache",
    "callbacks",
    "contexts",
    "resumption",
)

Answers = Mapping[str, int | None]
"""For each item by name the choice made, an index into its choices; None is "I don't know"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question of the inventory.

    Attributes:
        name: A word or two, the same for ever: results are kept by it.
        topic: What it is about; the result is given by topic.
        kind: What is asked for.
        misconception: The belief its wrong choices speak for.
        text: The C text it asks about; empty when the prompt says all.
        bug: The finding of the text's run, None for a clean run.
        prompt: The question.
        right: The right choice, with the reason why it is.
        wrong: The other choices, with what whoever chose them should know.
    """

    name: str
    topic: Topic
    kind: Kind
    misconception: str
    text: str = ""
    bug: Bug | None = None
    prompt: str
    right: Choice
    wrong: tuple[Choice, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices; the right one is the first."""
        return (self.right, *self.wrong)

    def question(self, order: Sequence[int] | None = None) -> Question:
        """The item as a question, its choices in an order of their indices."""
        order = range(len(self.choices)) if order is None else order
        return Question(
            prompt=self.prompt,
            choices=tuple(self.choices[index] for index in order),
            answer=list(order).index(0),
            hint=self.right.reply,
            misconception=self.misconception,
        )


def score(items: Iterable[Item], answers: Answers) -> dict[str, tuple[int, int]]:
    """For each topic how many answers are right, of how many items; the last row is "all".

    >>> from sslrefs.lessons.inventory import ITEMS
    >>> score(ITEMS, {})["all"]
    (0, 25)
    """
    found = list(items)
    rows: dict[str, tuple[int, int]] = {}
    for topic in (*TOPICS, "all"):
        among = [item for item in found if topic in (item.topic, "all")]
        rows[topic] = (sum(answers.get(item.name) == 0 for item in among), len(among))
    return rows


def as_quiz(items: Iterable[Item]) -> list[dict[str, object]]:
    """The items as plain data, in the form of jupyterquiz's questions.

    Its keys are `question`, `type`, `code` and `answers` (`answer`, `correct`,
    `feedback`). The others say more: `name`, `topic`, `kind`, `misconception`.
    """
    return [
        {
            "question": item.prompt,
            "type": "multiple_choice",
            **({"code": item.text} if item.text else {}),
            "answers": [
                {"answer": choice.text, "correct": choice is item.right, "feedback": choice.reply}
                for choice in item.choices
            ],
            "name": item.name,
            "topic": item.topic,
            "kind": item.kind,
            "misconception": item.misconception,
        }
        for item in items
    ]
