"""A question in a notebook: a prompt, its choices as buttons, and the reply to each.

Shows what a lesson asks and keeps what was answered in the notebook; sends
nothing anywhere and holds no texts of its own lessons.
"""

from __future__ import annotations

import html
import re
from functools import partial
from typing import Any

import ipywidgets
import traitlets

from sslrefs.lessons.questions import Question
from sslrefs.widgets.choice import ChoiceButton

__all__ = ["Quiz", "ask"]

UNKNOWN = "I don't know"

# Colours follow JupyterLab's theme.
_STYLE = """<style>
.sslrefs-quiz {
  box-sizing: border-box; max-width: 46rem; padding: .6rem .9rem .7rem;
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-radius: 6px;
  font-family: var(--jp-content-font-family, sans-serif);
}
.sslrefs-quiz .widget-html-content {
  color: var(--jp-content-font-color1, #1b1b1b); font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.5;
}
.sslrefs-quiz .widget-html { height: auto; }
.sslrefs-quiz code {
  padding: 0 .25em; background: var(--jp-layout-color2, #eee); border-radius: 3px;
  font-family: var(--jp-code-font-family, monospace); font-size: .93em;
}
.sslrefs-quiz .sslrefs-choice {
  min-height: 2.2rem; margin: 4px 2px; padding: .3rem .8rem;
  text-align: left; font: 14px/1.4 var(--jp-ui-font-family, sans-serif);
  cursor: pointer;
  color: var(--jp-ui-font-color1, #1b1b1b); background: var(--jp-layout-color2, #eee);
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-radius: 4px;
}
.sslrefs-quiz .sslrefs-choice:focus-visible {
  outline: 3px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px;
}
.sslrefs-quiz .sslrefs-chosen .sslrefs-choice { border-width: 2px; font-weight: 600; }
.sslrefs-quiz .sslrefs-verdict { margin-top: .3rem; padding-left: .7rem; border-left: 4px solid; }
.sslrefs-quiz .sslrefs-right { border-color: #009e73; }
.sslrefs-quiz .sslrefs-other { border-color: #e69f00; }
.sslrefs-quiz .sslrefs-error { border-color: #d55e00; }
</style>"""


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
                f"{letter}. {choice.text}"
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
        prompt = ipywidgets.HTML(f"{_STYLE}<strong>{lead}</strong> {_marked(question.prompt)}")
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
        self._show(kind, f"<strong>{mark}</strong>{_marked(reply)}")
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
            if index == chosen:
                button.add_class("sslrefs-chosen")
            else:
                button.remove_class("sslrefs-chosen")

    def _on_click(self, index: int) -> None:
        try:
            self.choose(index if index < len(self.question.choices) else None)
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            name = type(error).__name__
            self._show(
                "error", f"<strong>This answer failed.</strong> {_escaped(f'{name}: {error}')}"
            )

    def _show(self, kind: str, text: str) -> None:
        self._verdict.value = (
            f'<div class="sslrefs-verdict sslrefs-{kind}" role="status">{text}</div>'
        )

    def __str__(self) -> str:
        return "\n".join([self.question.prompt, *(f"  {label}" for label in self._labels)])

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


def _escaped(text: str) -> str:
    return html.escape(text)


def _marked(text: str) -> str:
    """The text as HTML, with the words between backticks as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", _escaped(text))
