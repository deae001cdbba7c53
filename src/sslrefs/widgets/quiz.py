"""A question in a notebook: a prompt, its choices as buttons, and the reply to each.

Shows what a lesson asks and keeps what was answered in the notebook; sends
nothing anywhere and holds no texts of its own lessons.
"""

from __future__ import annotations

import html
from functools import partial
from typing import Any

import ipywidgets
import traitlets

from sslrefs.lessons.questions import Question
from sslrefs.widgets.choice import ChoiceButton
from sslrefs.widgets.dress import STYLE, marked, numbered

__all__ = ["Quiz", "ask"]

UNKNOWN = "I don't know"


class Quiz(traitlets.HasTraits):
    """A question and its answers. Every choice may be tried, to read its reply.

    Attributes:
        question: What is asked.
        answers: The choices made so far by index, the first one first; None
            is "I don't know".
        box: The widget that a notebook shows.
    """

    answers = traitlets.Tuple()

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._labels = [
            *(
                f"{letter}. {choice.text.replace('`', '')}"
                for letter, choice in zip("ABCD", question.choices, strict=False)
            ),
            UNKNOWN,
        ]
        self._buttons = [
            ChoiceButton(description=label, press=partial(self._on_click, index))
            for index, label in enumerate(self._labels)
        ]
        self._verdict = ipywidgets.HTML()
        lead = "Your vote." if question.answer is None else "Question."
        prompt = ipywidgets.HTML(
            f"{STYLE}{numbered(question.text)}<strong>{lead}</strong> {marked(question.prompt)}"
        )
        self.box = ipywidgets.VBox([prompt, *self._buttons, self._verdict])
        self.box.add_class("sslrefs-quiz")

    @property
    def verdict(self) -> str:
        """The reply that is shown, as HTML; empty before the first answer."""
        return str(self._verdict.value)

    def choose(self, index: int | None) -> None:
        """Answer with a choice, or with None for "I don't know"; the reply appears.

        Raises:
            IndexError: The question has no such choice.
        """
        question = self.question
        if index is None:
            kind, mark, reply = "other", "Fair enough. ", question.hint
        elif not 0 <= index < len(question.choices):
            message = f"the choices are 0 to {len(question.choices) - 1}; {index} is none of them"
            raise IndexError(message)
        else:
            reply = question.choices[index].reply
            kind, mark = self._judged(index)
        self._show(kind, f"<strong>{mark}</strong>{marked(reply)}")
        self._press(len(question.choices) if index is None else index, mark)
        self.answers = (*self.answers, index)

    def _judged(self, index: int) -> tuple[str, str]:
        """The kind of verdict and the words it begins with."""
        if self.question.answer is None:
            return "other", "Noted. "
        return ("right", "✓ Yes. ") if index == self.question.answer else ("other", "✗ Not so. ")

    def _press(self, chosen: int, mark: str) -> None:
        """Mark the chosen button, by a sign and not by its look alone."""
        sign = mark[0] if mark[0] in "✓✗" else "•"
        for index, (button, label) in enumerate(zip(self._buttons, self._labels, strict=True)):
            button.description = f"{sign} {label}" if index == chosen else label
            button.chosen = index == chosen

    def _on_click(self, index: int) -> None:
        try:
            self.choose(index if index < len(self.question.choices) else None)
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            name = type(error).__name__
            self._show(
                "error", f"<strong>This answer failed.</strong> {html.escape(f'{name}: {error}')}"
            )

    def _show(self, kind: str, text: str) -> None:
        self._verdict.value = (
            f'<div class="sslrefs-verdict sslrefs-{kind}" role="status">{text}</div>'
        )

    def __str__(self) -> str:
        lines = [self.question.prompt, *(f"  {label}" for label in self._labels)]
        return "\n".join([self.question.text, *lines] if self.question.text else lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, with the question as text where widgets cannot be shown."""
        bundle = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def ask(question: Question) -> Quiz:
    """Ask a question in the notebook; the answer stays there.

    Example:
        >>> from sslrefs.lessons.catalogue import start_here
        >>> ask(start_here.ONE_LEFT).answers
        ()
    """
    return Quiz(question)
