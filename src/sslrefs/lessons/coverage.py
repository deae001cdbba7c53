"""What the course covers: where each misconception is met, and where each call is walked.

Found in the lessons, the cases, the walks and the inventory; nothing is written down twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sslrefs.lessons import LESSONS
from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.catalogue.walks import WALKS
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.lesson import CLOSING
from sslrefs.lessons.misconceptions import MISCONCEPTIONS
from sslrefs.model.calls import CALLS

__all__ = [
    "Met",
    "Walked",
    "beliefs",
    "beliefs_table",
    "calls",
    "calls_table",
    "script",
]

CASEBOOK = "11_casebook.ipynb"
WALKED_IN = "91_against_the_real_library.ipynb"


class Met(NamedTuple):
    """A misconception, and where it is met: empty where it is not."""

    name: str
    belief: str
    notebook: str
    question: str
    item: str


class Walked(NamedTuple):
    """A call of the table, and the first text that makes it: empty where there is none."""

    call: str
    notebook: str
    text: str


def beliefs() -> tuple[Met, ...]:
    """Each misconception with the question that meets it first, and with its inventory item."""
    asked: dict[str, tuple[str, str]] = {}
    for notebook, prompt, name in _predictions():
        asked.setdefault(name, (notebook, prompt))
    items = {item.misconception: item.name for item in ITEMS}
    return tuple(
        Met(name, one.belief, *asked.get(name, ("", "")), items.get(name, ""))
        for name, one in MISCONCEPTIONS.items()
    )


def calls() -> tuple[Walked, ...]:
    """Each call of the table with the first text of the course that makes it."""
    texts = list(_texts())
    return tuple(
        next(
            (
                Walked(call, notebook, name)
                for notebook, name, text in texts
                if re.search(rf"\b{call}\s*\(", text)
            ),
            Walked(call, "", ""),
        )
        for call in CALLS
    )


def beliefs_table() -> str:
    """The misconceptions as a table in Markdown."""
    lines = [
        "| what people believe | met in | by the prediction | inventory item |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {_cell(one.belief)} | {_link(one.notebook)} | {_cell(one.question)} | {one.item} |"
        for one in beliefs()
    ]
    return "\n".join(lines)


def calls_table() -> str:
    """The calls by the text that walks them first, as a table in Markdown."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in calls():
        places.setdefault((one.notebook, one.text), []).append(f"`{one.call}`")
    lines = ["| walked in | text | calls |", "|---|---|---|"]
    lines += [
        f"| {_link(notebook)} | {text} | {', '.join(names)} |"
        for (notebook, text), names in sorted(places.items())
    ]
    return "\n".join(lines)


def script(notebook: str) -> str:
    """What to say at each question of a lesson, as Markdown: to each choice, the right one first.

    Args:
        notebook: The lesson's notebook, or the number at its head.

    Raises:
        ValueError: No lesson has such a notebook.

    Example:
        >>> script("06").splitlines()[0]
        '### 06_broke_here_crashed_there.ipynb'
    """
    found = [lesson for lesson in LESSONS if lesson.notebook.startswith(notebook)]
    if len(found) != 1:
        known = ", ".join(lesson.notebook.split("_")[0] for lesson in LESSONS)
        message = f"{notebook!r} is no lesson; the lessons are {known}"
        raise ValueError(message)
    lines = [f"### {found[0].notebook}"]
    for number, question in enumerate(found[0].questions, start=1):
        lines += ["", f"**{number}. {question.prompt}**", ""]
        order = sorted(range(len(question.choices)), key=lambda index: index != question.answer)
        for index in order:
            choice = question.choices[index]
            mark = "" if question.answer is None else "✓ " if index == question.answer else "✗ "
            lines.append(f"- {mark}*{choice.text}* — {choice.reply}")
    return "\n".join(lines)


def _predictions() -> Iterator[tuple[str, str, str]]:
    """Notebook, prompt and misconception of each question that meets one.

    Those that are asked before a run come first: they meet a belief before it is shaken.
    """
    for part in (slice(None, -CLOSING), slice(-CLOSING, None)):
        for lesson in LESSONS:
            for question in lesson.questions[part]:
                if question.misconception is not None:
                    yield lesson.notebook, question.prompt, question.misconception
    for case in CASES.values():
        if case.question.misconception is not None:
            prompt = f"{case.title}: {case.question.prompt}"
            yield CASEBOOK, prompt, case.question.misconception


def _texts() -> Iterator[tuple[str, str, str]]:
    """Notebook, name and C text of everything that a player of the course shows."""
    for lesson in LESSONS:
        for name, scenario in lesson.scenarios.items():
            yield lesson.notebook, name.replace("_", " "), scenario.text
    for case in CASES.values():
        yield CASEBOOK, case.title, case.buggy + case.fixed
    for name, walk in WALKS.items():
        yield WALKED_IN, name.replace("_", " "), walk.text


def _link(notebook: str) -> str:
    return f"[{notebook.split('_', maxsplit=1)[0]}]({notebook})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
