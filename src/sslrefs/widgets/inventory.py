"""The ownership inventory in a notebook: one item after the other, then a result by topic.

Asks what `lessons.inventory` holds, in an order of its own each time. The
answers of a round are kept in a file beside the notebook, for the comparison
before and after; nothing is sent anywhere.
"""

from __future__ import annotations

import html
import random
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, get_args

import ipywidgets

from sslrefs.lessons.coverage import beliefs
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.items import Answers, Item, score
from sslrefs.widgets.choice import ChoiceButton
from sslrefs.widgets.dress import STYLE, marked, numbered
from sslrefs.widgets.quiz import UNKNOWN
from sslrefs.widgets.results import FILE, Round, load, save

__all__ = ["Inventory", "inventory"]

_MOST_CHOICES = 4
_ROUNDS = {"before": "before the course", "after": "after the course"}


class Inventory:
    """A round of the inventory. No reply is given before its end.

    Attributes:
        round: "before" or "after" the course.
        items: The items in the order in which they are asked.
        answers: The choices made so far, by the name of the item: an index into
            its choices, 0 being the right one; None is "I don't know".
        box: The widget that a notebook shows.
    """

    def __init__(
        self,
        which: Round,
        *,
        items: Sequence[Item] = ITEMS,
        file: Path = FILE,
        seed: int | None = None,
    ) -> None:
        # Shuffling is no secret: anything random is good enough.
        chance = random.Random(seed)  # noqa: S311
        self.round: Round = which
        self.items = chance.sample(items, len(items))
        self._orders = [chance.sample(range(len(i.choices)), len(i.choices)) for i in self.items]
        self._file = file
        self.answers: dict[str, int | None] = {}
        self._page = ipywidgets.HTML()
        self._buttons = [
            ChoiceButton(description="", press=partial(self._press, index))
            for index in range(_MOST_CHOICES + 1)
        ]
        self._reasons = ChoiceButton(description="", press=self.tell)
        self.box = ipywidgets.VBox([self._page, *self._buttons, self._reasons])
        self.box.add_class("sslrefs-quiz")
        self._ask()

    @property
    def is_over(self) -> bool:
        """Whether all items are answered."""
        return len(self.answers) == len(self.items)

    @property
    def page(self) -> str:
        """What is shown above the buttons, as HTML."""
        return str(self._page.value)

    def choose(self, place: int | None) -> None:
        """Answer the item that is asked with the choice at a place, or with None; the next follows.

        Raises:
            IndexError: There is no such choice, or the round is over.
        """
        if self.is_over:
            message = "the round is over: run the cell again for another"
            raise IndexError(message)
        item, order = self.items[len(self.answers)], self._orders[len(self.answers)]
        if place is not None and not 0 <= place < len(order):
            message = f"the choices are 0 to {len(order) - 1}; {place} is none of them"
            raise IndexError(message)
        self.answers[item.name] = None if place is None else order[place]
        if self.is_over:
            self._finish()
        else:
            self._ask()

    def tell(self) -> None:
        """Show the right answers, with the reasons and the replies to what was chosen."""
        self._page.value += "".join(_reasons(item, self.answers) for item in self.items)
        self._label(self._reasons, "")

    def _press(self, place: int) -> None:
        order = self._orders[len(self.answers)]
        self.choose(place if place < len(order) else None)

    def _ask(self) -> None:
        number = len(self.answers)
        item, order = self.items[number], self._orders[number]
        head = f"Round {_ROUNDS[self.round]}. Item {number + 1} of {len(self.items)}."
        self._page.value = (
            f"{STYLE}<strong>{head}</strong> The answers come at the end.{numbered(item.text)}"
            f'<div role="status">{marked(item.prompt)}</div>'
        )
        for button, label in zip(self._buttons, self._labels(item, order), strict=True):
            self._label(button, label)
        self._label(self._reasons, "")

    def _labels(self, item: Item, order: Sequence[int]) -> list[str]:
        """What the buttons say; what is empty is hidden."""
        texts = [
            f"{letter}. {item.choices[index].text.replace('`', '')}"
            for letter, index in zip("ABCD", order, strict=False)
        ]
        return [*texts, UNKNOWN, *[""] * (_MOST_CHOICES - len(texts))]

    def _label(self, button: ChoiceButton, label: str) -> None:
        button.description = label
        button.layout.display = "" if label else "none"

    def _finish(self) -> None:
        for button in self._buttons:
            self._label(button, "")
        self._page.value = STYLE + self._result()
        later = " (better after the second round: what you have read you only remember)"
        hint = later if self.round == "before" else ""
        self._label(self._reasons, f"Show the answers and the reasons{hint}")

    def _result(self) -> str:
        """The result by topic, beside that of the other round, as HTML."""
        try:
            rounds = {**load(self._file), self.round: dict(self.answers)}
            save(self._file, rounds)
            kept = f"Your answers are in the file {self._file.name} beside this notebook."
        except (OSError, ValueError) as error:
            rounds = {self.round: dict(self.answers)}
            kept = f"Your answers could not be kept: {error}."
        return (
            f'<div role="status"><strong>The result, {_ROUNDS[self.round]}</strong></div>'
            f"{_table(self.items, rounds)}<p>{html.escape(kept)} They are nowhere else, and nobody "
            "is told. On Binder the file goes when the session ends: download it to keep it.</p>"
        )

    def __str__(self) -> str:
        if self.is_over:
            right, total = score(self.items, self.answers)["all"]
            return f"Round {_ROUNDS[self.round]}: {right} of {total}."
        item, order = self.items[len(self.answers)], self._orders[len(self.answers)]
        labels = [label for label in self._labels(item, order) if label]
        return "\n".join([item.text, item.prompt, *(f"  {label}" for label in labels)]).strip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, with the item as text where widgets cannot be shown."""
        bundle = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def inventory(which: Round = "before", *, seed: int | None = None) -> Inventory:
    """Ask the ownership inventory: 25 items, about 20 minutes.

    Args:
        which: The round, "before" or "after" the course.
        seed: Makes the order of items and choices the same again.

    Raises:
        ValueError: There is no such round.

    Example:
        >>> len(inventory("before").items)
        25
    """
    if which not in get_args(Round):
        message = f"the rounds are before and after; {which!r} is none of them"
        raise ValueError(message)
    return Inventory(which, seed=seed)


@cache
def _told_in() -> dict[str, str]:
    """For each misconception the number of the notebook that meets it."""
    return {met.name: met.notebook.split("_")[0] for met in beliefs()}


def _table(items: Sequence[Item], rounds: dict[Round, Answers]) -> str:
    names: list[Round] = [name for name in get_args(Round) if name in rounds]
    scores = {name: score(items, rounds[name]) for name in names}
    heads = ["topic", *names, *(["gain"] if len(names) == len(_ROUNDS) else [])]
    rows = []
    for topic in scores[names[0]]:
        cells = [topic, *("{} of {}".format(*scores[name][topic]) for name in names)]
        if len(names) == len(_ROUNDS):
            cells.append(f"{scores['after'][topic][0] - scores['before'][topic][0]:+}")
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _reasons(item: Item, answers: Answers) -> str:
    """An item with its right answer, and with the reply to what was chosen, as HTML."""
    chosen = answers[item.name]
    is_right = chosen == 0
    mark, kind = ("✓", "right") if is_right else ("✗", "other")
    own = ""
    if not is_right:
        text = UNKNOWN if chosen is None else item.choices[chosen].text
        reply = "" if chosen is None else f" {marked(item.choices[chosen].reply)}"
        own = (
            f"<div>Your answer: {marked(text)}.{reply}</div>"
            f"<div>Notebook {_told_in()[item.misconception]} is about it.</div>"
        )
    return (
        f'<div class="sslrefs-item">{mark} <em>{item.topic}, {item.kind}</em>{numbered(item.text)}'
        f'<div>{marked(item.prompt)}</div>{own}<div class="sslrefs-verdict sslrefs-{kind}">'
        f"<strong>{marked(item.right.text)}.</strong> {marked(item.right.reply)}</div></div>"
    )
