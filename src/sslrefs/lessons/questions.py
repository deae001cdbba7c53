"""A question of a lesson, with a reply made for each answer.

Values only: how a question is asked is the business of the widgets.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Choice", "Question"]

_FEWEST, _MOST = 2, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose, and the reply to whoever chooses it."""

    text: str
    reply: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A prompt with two to four choices.

    `answer` is the index of the right choice, or None when the question only
    asks for an opinion. `hint` is the reply to "I don't know": where to look,
    not what to see. Words between backticks are code. `misconception` names
    the belief the question meets, a key of `misconceptions.MISCONCEPTIONS`.
    `text` is the C text the prompt speaks of, where no cell beside it shows one.

    Raises:
        ValueError: There are too few or too many choices, or none of them is `answer`.
    """

    prompt: str
    choices: tuple[Choice, ...]
    answer: int | None
    hint: str
    misconception: str | None = None
    text: str = ""

    def __post_init__(self) -> None:
        if not _FEWEST <= len(self.choices) <= _MOST:
            message = f"a question has {_FEWEST} to {_MOST} choices, not {len(self.choices)}"
            raise ValueError(message)
        if self.answer is not None and not 0 <= self.answer < len(self.choices):
            message = f"no choice has the index {self.answer}; the last is {len(self.choices) - 1}"
            raise ValueError(message)
