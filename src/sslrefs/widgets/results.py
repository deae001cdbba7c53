"""What is kept of the inventory's rounds, in one file beside the notebook.

Reads and writes that file. Nothing is sent anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeGuard, get_args

from sslrefs.lessons.items import Answers

__all__ = ["FILE", "Round", "load", "save"]

Round = Literal["before", "after"]
FILE = Path("inventory-results.json")


def load(file: Path) -> dict[Round, Answers]:
    """The answers of the rounds that were finished; empty if there is no such file.

    Raises:
        ValueError: The file holds something else.
    """
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not _are_rounds(kept):
        message = f"{file} holds no results of the inventory: move it away, then begin again"
        raise ValueError(message)
    return kept


def save(file: Path, rounds: Mapping[Round, Answers]) -> None:
    """Keep the answers of the rounds.

    Raises:
        OSError: The file cannot be written.
    """
    kept = {name: dict(answers) for name, answers in rounds.items()}
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _are_rounds(kept: object) -> TypeGuard[dict[Round, Answers]]:
    return isinstance(kept, dict) and all(
        name in get_args(Round) and _are_answers(answers) for name, answers in kept.items()
    )


def _are_answers(answers: object) -> bool:
    return isinstance(answers, dict) and all(
        isinstance(name, str) and (choice is None or isinstance(choice, int))
        for name, choice in answers.items()
    )
