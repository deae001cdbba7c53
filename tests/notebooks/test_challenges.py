"""92_challenges, after Run All."""

from __future__ import annotations

from sslrefs.lessons.challenges import CHALLENGES
from tests.notebooks.reading import executed, outputs, prose, read

NAME = "92_challenges.ipynb"


def test_the_board_lists_every_challenge() -> None:
    (board,) = dict(outputs(executed(NAME), "text/plain")).values()

    assert [line.split(". ")[1].split(" (")[0] for line in board.splitlines()] == [
        challenge.title for challenge in CHALLENGES
    ]


def test_the_one_it_names_is_there() -> None:
    text = "\n".join(prose(read(NAME)))

    assert text.split('sslrefs.challenge("')[1].split('"')[0] in {one.name for one in CHALLENGES}
