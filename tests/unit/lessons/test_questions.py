from __future__ import annotations

import pytest

from sslrefs.lessons.questions import Choice, Question

CHOICE = Choice("text", "reply")


@pytest.mark.parametrize("number", [0, 1, 5])
def test_too_few_or_too_many_choices_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"2 to 4 choices, not {number}"):
        Question(prompt="?", choices=(CHOICE,) * number, answer=None, hint="")


@pytest.mark.parametrize("answer", [-1, 2])
def test_an_answer_that_is_no_choice_is_refused(answer: int) -> None:
    with pytest.raises(ValueError, match=rf"no choice has the index {answer}; the last is 1"):
        Question(prompt="?", choices=(CHOICE, CHOICE), answer=answer, hint="")


def test_a_vote_has_no_answer() -> None:
    assert Question(prompt="?", choices=(CHOICE, CHOICE), answer=None, hint="").answer is None
