"""The question widget: what is shown, what an answer brings, and what a failure looks like."""

from __future__ import annotations

from typing import Any

import pytest

from sslrefs.lessons.questions import Choice, Question
from sslrefs.widgets.quiz import Quiz, ask

VIEW = "application/vnd.jupyter.widget-view+json"
QUESTION = Question(
    prompt="Does `a < b` hold?",
    choices=(Choice("always & ever", "Not for `b < a`."), Choice("it depends", "On <b>both</b>.")),
    answer=1,
    hint="Try `1 < 0`.",
)
VOTE = Question(
    prompt="Whose bug?",
    choices=(Choice("theirs", "Let us see."), Choice("ours", "Perhaps.")),
    answer=None,
    hint="Nobody knows.",
)


def labels(quiz: Quiz) -> list[str]:
    return [button.description for button in buttons(quiz)]


def buttons(quiz: Quiz) -> list[Any]:
    return list(quiz.box.children[1:-1])


def test_the_choices_are_buttons_and_not_knowing_is_one_of_them() -> None:
    quiz = ask(QUESTION)

    assert labels(quiz) == ["A. always & ever", "B. it depends", "I don't know"]
    assert quiz.verdict == ""
    assert quiz.answers == ()


@pytest.mark.parametrize(
    ("pressed", "answer", "begins", "reply", "label"),
    [
        (0, 0, "✗ Not so.", "Not for <code>b &lt; a</code>.", "✗ A. always & ever"),
        (1, 1, "✓ Yes.", "On &lt;b&gt;both&lt;/b&gt;.", "✓ B. it depends"),
        (2, None, "Fair enough.", "Try <code>1 &lt; 0</code>.", "• I don't know"),
    ],
)
def test_each_button_brings_the_reply_made_for_it(
    pressed: int, answer: int | None, begins: str, reply: str, label: str
) -> None:
    quiz = ask(QUESTION)

    buttons(quiz)[pressed].click()

    assert f"<strong>{begins} </strong>{reply}" in quiz.verdict
    assert quiz.answers == (answer,)
    assert labels(quiz)[pressed] == label


def test_another_choice_may_be_tried_and_only_the_last_is_marked() -> None:
    quiz = ask(QUESTION)

    for button in buttons(quiz)[:2]:
        button.click()

    assert quiz.answers == (0, 1)
    assert labels(quiz) == ["A. always & ever", "✓ B. it depends", "I don't know"]
    assert not buttons(quiz)[0].chosen
    assert buttons(quiz)[1].chosen


@pytest.mark.parametrize("pressed", [0, 1])
def test_a_vote_is_noted_and_not_judged(pressed: int) -> None:
    quiz = ask(VOTE)

    buttons(quiz)[pressed].click()

    assert VOTE.choices[pressed].reply in quiz.verdict
    assert "Noted." in quiz.verdict
    assert not {"✓", "✗"} & set(quiz.verdict + labels(quiz)[pressed])


def test_a_prompt_is_escaped_and_its_code_marked() -> None:
    assert "Does <code>a &lt; b</code> hold?" in ask(QUESTION).box.children[0].value


def test_a_choice_that_is_not_there_is_refused() -> None:
    quiz = ask(QUESTION)

    with pytest.raises(IndexError, match="the choices are 0 to 1; 2 is none of them"):
        quiz.choose(2)
    with pytest.raises(IndexError, match="-1 is none of them"):
        quiz.choose(-1)
    assert quiz.answers == ()


def test_a_failure_while_answering_is_seen_in_the_widget() -> None:
    quiz = ask(QUESTION)

    def fail(_change: object) -> None:
        message = "the score <board> is gone"
        raise RuntimeError(message)

    quiz.observe(fail, "answers")
    buttons(quiz)[1].click()

    assert "This answer failed." in quiz.verdict
    assert "RuntimeError: the score &lt;board&gt; is gone" in quiz.verdict


def test_without_widgets_the_question_is_text() -> None:
    bundle = ask(QUESTION)._repr_mimebundle_()

    assert bundle["text/plain"] == (
        "Does `a < b` hold?\n  A. always & ever\n  B. it depends\n  I don't know"
    )
    assert set(bundle) == {"text/plain", VIEW}
    assert repr(ask(VOTE)) == "Whose bug?\n  A. theirs\n  B. ours\n  I don't know"


def test_a_button_shows_no_backticks() -> None:
    choices = (Choice("`ssl` alone", "No."), Choice("both", "Yes."))
    quiz = ask(Question(prompt="Who?", choices=choices, answer=1, hint="Look."))

    assert labels(quiz)[0] == "A. ssl alone"


def test_a_text_that_is_asked_about_stands_above_with_its_lines() -> None:
    choices = (Choice("one", "No."), Choice("two", "Yes."))
    asked = Question(prompt="Who?", choices=choices, answer=1, hint="Look.", text="a < b;\nc;\n")

    shown = ask(asked).box.children[0].value
    assert ' 1  a &lt; b;</span><span class="sslrefs-line"> 2  c;</span></pre>' in shown
    assert str(ask(asked)).startswith("a < b;\nc;\n\nWho?")
