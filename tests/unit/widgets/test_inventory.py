"""A round of the inventory: asked one by one, kept in a file, compared with the other round."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sslrefs.lessons.inventory import ITEMS
from sslrefs.widgets.inventory import Inventory, inventory

if TYPE_CHECKING:
    from pathlib import Path

    from sslrefs.widgets.results import Round


def shown(asked: Inventory) -> list[str]:
    """What the buttons that can be seen say."""
    buttons = asked.box.children[1:]
    return [b.description for b in buttons if b.layout.display != "none"]


def play(which: Round, file: Path, *, right: int) -> Inventory:
    """A whole round in which the first items are answered rightly, and then nothing is known."""
    asked = Inventory(which, file=file, seed=7)
    for number, item in enumerate(asked.items):
        place = next(
            place
            for place, label in enumerate(shown(asked))
            if label[3:] == item.right.text.replace("`", "")
        )
        asked.choose(place if number < right else None)
    return asked


def test_all_items_are_asked_in_another_order_each_time(tmp_path: Path) -> None:
    first, second = (Inventory("before", file=tmp_path / "r", seed=seed) for seed in (1, 2))

    assert sorted(item.name for item in first.items) == sorted(item.name for item in ITEMS)
    assert first.items != second.items
    assert first.items == Inventory("before", file=tmp_path / "r", seed=1).items


def test_an_item_shows_its_text_and_choices_and_no_verdict(tmp_path: Path) -> None:
    asked = Inventory("before", file=tmp_path / "r", seed=3)
    item = asked.items[0]

    assert "Item 1 of 25." in asked.page
    assert len(shown(asked)) == len(item.choices) + 1
    assert shown(asked)[-1] == "I don't know"
    asked.choose(0)
    assert "Item 2 of 25." in asked.page
    assert item.right.reply not in asked.page


def test_the_right_choice_is_not_always_at_the_same_place(tmp_path: Path) -> None:
    asked = Inventory("before", file=tmp_path / "r", seed=3)
    places = set()
    for item in asked.items:
        labels = [label[3:] for label in shown(asked)]
        places.add(labels.index(item.right.text.replace("`", "")))
        asked.choose(None)

    assert places == {0, 1, 2, 3}


def test_a_round_ends_with_a_result_by_topic_and_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "inventory-results.json"

    asked = play("before", file, right=10)

    assert asked.is_over
    assert str(asked) == "Round before the course: 10 of 25."
    assert "<td>all</td><td>10 of 25</td></tr>" in asked.page
    assert "in the file inventory-results.json beside this notebook" in asked.page
    assert json.loads(file.read_text()) == {"before": asked.answers}
    assert len(shown(asked)) == 1


def test_the_second_round_shows_the_gain(tmp_path: Path) -> None:
    play("before", tmp_path / "r", right=10)

    asked = play("after", tmp_path / "r", right=24)

    assert "<td>all</td><td>10 of 25</td><td>24 of 25</td><td>+14</td>" in asked.page


def test_the_reasons_are_told_on_demand(tmp_path: Path) -> None:
    asked = play("after", tmp_path / "r", right=24)
    assert ITEMS[4].right.reply.split("`")[0] not in asked.page

    asked.box.children[-1].click()

    assert asked.page.count('class="sslrefs-item"') == 25
    assert asked.page.count("✓ <em>") == 24
    assert asked.page.count("Your answer: I don&#x27;t know.") == 1
    assert len(re.findall(r"<div>Notebook \d\d is about it.</div>", asked.page)) == 1
    assert ITEMS[4].right.reply.split("`")[0] in asked.page
    assert shown(asked) == []


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "r"
    file.write_text('{"other": 1}')

    asked = play("before", file, right=1)

    assert "could not be kept" in asked.page
    assert "move it away" in asked.page
    assert file.read_text() == '{"other": 1}'


def test_a_choice_that_is_none_changes_nothing(tmp_path: Path) -> None:
    asked = Inventory("before", file=tmp_path / "r", seed=3)

    with pytest.raises(IndexError, match="4 is none of them"):
        asked.choose(4)
    assert asked.answers == {}


def test_a_round_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="the rounds are before and after; 'now' is none"):
        inventory("now")  # type: ignore[arg-type]  # what a learner may type


def test_without_widgets_the_item_is_text(tmp_path: Path) -> None:
    asked = Inventory("before", file=tmp_path / "r", seed=3)

    assert asked.items[0].prompt in str(asked)
    assert "  A. " in str(asked)
