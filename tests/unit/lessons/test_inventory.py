"""What the items of the inventory say about their runs is what the runs show."""

from __future__ import annotations

from collections import Counter

import pytest

from sslrefs.lessons import LESSONS
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.items import KINDS, TOPICS, Item, as_quiz, score
from sslrefs.lessons.misconceptions import MISCONCEPTIONS
from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally
from sslrefs.studio.run import run
from tests.unit.lessons.claims import true_words, untrue

each_item = pytest.mark.parametrize(
    "item", [item for item in ITEMS if item.text], ids=lambda item: item.name
)


def shown(text: str) -> Scenario:
    """The text with every count that its run shows."""
    result = run(text)
    tallies = {
        Tally(step.line, str(which), step.world.record(which).count, holders)
        for step in result.timeline.steps
        for which in step.world.all_ids()
        if (holders := result.ledger.holders(which, step.index))
    }
    return Scenario(text, Expected(tallies=tuple(tallies)))


@each_item
def test_the_run_ends_as_the_item_says(item: Item) -> None:
    found = [Bug(f.kind, f.wrong_line, f.shows_line) for f in run(item.text).findings]

    assert found == ([] if item.bug is None else [item.bug])


@each_item
def test_an_item_claims_nothing_that_its_run_does_not_show(item: Item) -> None:
    scenario = shown(item.text)

    assert [
        claim for text in true_words(item.question()) for claim in untrue(text, [scenario])
    ] == []


@each_item
def test_a_count_that_is_asked_for_is_the_one_of_the_run(item: Item) -> None:
    if item.kind != "count":
        return
    line = int(item.prompt.split("after line ")[1].split("?")[0])
    result = run(item.text)
    (session,) = [which for which in result.timeline.objects() if which.kind == "session"]
    (step,) = [step for step in result.timeline.steps if step.line == line]

    assert item.right.text == str(step.world.record(session).count)


def test_each_misconception_has_its_item() -> None:
    assert Counter(item.misconception for item in ITEMS) == Counter(MISCONCEPTIONS.keys())


def test_topics_and_kinds_are_spread() -> None:
    kinds, topics = Counter(item.kind for item in ITEMS), Counter(item.topic for item in ITEMS)

    assert set(kinds) == set(KINDS)
    assert set(topics) == set(TOPICS)
    assert min(kinds.values()) >= 3
    assert kinds["why"] >= len(ITEMS) // 2


def test_an_item_is_no_question_of_a_lesson() -> None:
    asked = {question.prompt for lesson in LESSONS for question in lesson.questions}
    texts = {text.text for lesson in LESSONS for text in lesson.scenarios.values()}

    assert [item.name for item in ITEMS if item.prompt in asked or item.text in texts] == []
    assert len({item.name for item in ITEMS}) == len(ITEMS)


def test_every_reply_is_made_for_its_choice() -> None:
    replies = [choice.reply for item in ITEMS for choice in item.choices]

    assert len(set(replies)) == len(replies)


def test_choices_may_stand_in_any_order() -> None:
    item = ITEMS[0]

    question = item.question((2, 0, 1))

    assert question.answer == 1
    assert question.choices == (item.wrong[1], item.right, item.wrong[0])


def test_the_score_is_given_by_topic() -> None:
    answers: dict[str, int | None] = {item.name: 0 for item in ITEMS if item.topic == "callbacks"}
    answers[ITEMS[0].name] = None
    answers[ITEMS[1].name] = 1

    assert score(ITEMS, answers)["callbacks"] == (4, 4)
    assert score(ITEMS, answers)["counts and names"] == (0, 5)
    assert score(ITEMS, answers)["all"] == (4, 25)


def test_the_items_are_questions_for_other_quiz_tools() -> None:
    questions = as_quiz(ITEMS)

    assert len(questions) == 25
    for question, item in zip(questions, ITEMS, strict=True):
        answers = question["answers"]
        assert isinstance(answers, list)
        assert question["type"] == "multiple_choice"
        assert ("code" in question) == bool(item.text)
        assert [answer["correct"] for answer in answers].count(True) == 1
        assert all(answer["answer"] and answer["feedback"] for answer in answers)
