"""Predict before reveal: when it asks, what it asks, how it judges, and that it keeps to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.reading import at, press, stop_clock
from tests.browser.texts import CALLBACK, DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

UNKNOWN = "I don't know"


def opened(stub: StubPage, how: str, position: int = 0, text: str = DELAYED) -> Locator:
    """A player that asks."""
    root = stub.mount(payload_of(run(text)), position=position)
    press(root, "More")
    root.get_by_role("combobox", name="Predict").select_option(how)
    root.locator(".picture").focus()
    return root


def question(root: Locator) -> Locator:
    """The open question."""
    return root.locator(".question:visible")


def options(root: Locator) -> list[str]:
    """What can be answered."""
    return question(root).get_by_role("button").all_inner_texts()


def answer(root: Locator, text: str) -> None:
    """Presses an answer."""
    question(root).get_by_role("button", name=text, exact=True).click()


def test_it_does_not_ask_unless_asked_to(stub: StubPage) -> None:
    root = opened(stub, "off", position=5)

    stub.page.keyboard.press("ArrowRight")

    at(root, 6)
    expect(question(root)).to_have_count(0)


def test_a_bug_is_asked_for_by_kind_and_a_wrong_answer_gets_the_reason(stub: StubPage) -> None:
    root = opened(stub, "at marked steps", position=5)

    stub.page.keyboard.press("ArrowRight")

    expect(question(root)).to_contain_text("Line 7 comes next. Is it a bug, and of which kind?")
    at(root, 5)
    assert [text.split("\n")[-1] for text in options(root)][0::4] == ["1no bug", f"5{UNKNOWN}"]
    answer(root, "no bug")
    at(root, 6)
    said = root.locator(".said")
    expect(said).to_contain_text("✗ Not so: frees what was only lent. Line 7 gives back")
    expect(said).to_contain_text("The ledger then: session#1: 1 = ssl#1.session, ctx#1.cache.")
    expect(said).to_contain_text("(0 of 1 right)")


def test_the_next_step_waits_for_an_answer(stub: StubPage) -> None:
    root = opened(stub, "at marked steps", position=5)

    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", " ", "9"):
        stub.page.keyboard.press(key)

    at(root, 5)
    expect(question(root)).to_be_visible()
    stub.page.keyboard.press("2")
    at(root, 6)
    expect(root.locator(".said")).to_contain_text("✓ Yes: frees what was only lent.")
    expect(root.locator(".said")).to_contain_text("(1 of 1 right)")
    expect(root.locator(".picture")).to_be_focused()


def test_marked_steps_only(stub: StubPage) -> None:
    """The wrong step, the deaths, and where it shows; the others pass."""
    root = opened(stub, "at marked steps")
    asked = []
    for index in range(10):
        stub.page.keyboard.press("ArrowRight")
        if root.get_attribute("data-step") == str(index):
            asked.append(index)
            answer(root, UNKNOWN)
        at(root, index + 1)

    assert asked == [5, 7, 8, 9]
    expect(root.locator(".said")).to_contain_text("(0 of 4 right)")


def test_always_asks_at_every_step_with_its_own_question(stub: StubPage) -> None:
    root = opened(stub, "always")
    asked = []
    for index in range(10):
        stub.page.keyboard.press("ArrowRight")
        expect(question(root)).to_be_visible()
        asked.append(question(root).locator("p").inner_text())
        answer(root, UNKNOWN)
        at(root, index + 1)

    assert asked[4] == "Line 6 comes next. The count of session#1 is 2. What will it be?"
    assert asked[6] == "Line 8 comes next. Is it a bug, and of which kind?"
    assert asked[7] == "Line 9 comes next. Which memory goes?"
    assert asked[8] == "Line 10 comes next. What happens there?"


def test_a_death_is_told_by_name(stub: StubPage) -> None:
    root = opened(stub, "at marked steps", position=7)

    stub.page.keyboard.press("ArrowRight")

    assert "ssl#1 and session#1" in " ".join(options(root))
    answer(root, "ssl#1 and session#1")
    expect(root.locator(".said")).to_contain_text("✓ Yes")


def test_not_knowing_is_honest(stub: StubPage) -> None:
    root = opened(stub, "always", position=3)

    stub.page.keyboard.press("ArrowRight")
    answer(root, UNKNOWN)

    expect(root.locator(".said")).to_contain_text("Fair enough: ")


def test_nothing_gives_the_answer_away(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=3)
    expect(root.locator(".findings")).to_be_visible()
    root.locator(".picture").focus()

    stub.page.keyboard.press("p")

    for part in (".findings", ".marks", ".undefined", ".ticks"):
        expect(root.locator(part).first).to_be_hidden()
    stub.page.keyboard.press("p")
    stub.page.keyboard.press("p")
    expect(root.locator(".findings")).to_be_visible()


def test_a_jump_forgets_the_question_and_an_answered_step_is_not_asked_again(
    stub: StubPage,
) -> None:
    root = opened(stub, "at marked steps", position=5)

    stub.page.keyboard.press("ArrowRight")
    stub.page.keyboard.press("ArrowLeft")
    expect(question(root)).to_have_count(0)
    at(root, 4)
    stub.page.keyboard.press("ArrowRight")
    stub.page.keyboard.press("ArrowRight")
    answer(root, UNKNOWN)
    stub.page.keyboard.press("ArrowLeft")
    stub.page.keyboard.press("ArrowRight")

    at(root, 6)
    expect(question(root)).to_have_count(0)


def test_playing_waits_at_a_question(stub: StubPage) -> None:
    stop_clock(stub.page)
    root = opened(stub, "at marked steps")

    press(root, "Play")
    stub.page.clock.run_for(60_000)

    at(root, 5)
    expect(question(root)).to_be_visible()
    expect(root.get_by_role("button", name="Play")).to_be_visible()


def test_answers_stay_in_the_browser(stub: StubPage) -> None:
    root = opened(stub, "always", position=5)
    before = stub.page.evaluate("models[0].sent.length")

    stub.page.keyboard.press("ArrowRight")
    stub.page.keyboard.press("1")

    at(root, 6)
    assert stub.page.evaluate("[models[0].saved, models[0].sent.length]") == [0, before]
    assert stub.leaked() == []


def test_a_clean_run_with_a_callback_can_be_predicted(stub: StubPage) -> None:
    root = opened(stub, "always", text=CALLBACK)

    for index in range(10):
        stub.page.keyboard.press("ArrowRight")
        if question(root).count():
            stub.page.keyboard.press("1")
        at(root, index + 1)


def test_a_selected_object_does_not_tell_what_will_become_of_it(stub: StubPage) -> None:
    root = opened(stub, "always", position=6)

    root.get_by_role("button", name="session#1", exact=True).click()

    history = root.locator(".history li:visible")
    assert [text.split(",")[0] for text in history.all_inner_texts()] == ["step 4", "step 6"]
    expect(root.locator(".chart")).to_be_hidden()
    root.get_by_role("combobox", name="Predict").select_option("off")
    expect(history).to_have_count(3)
    expect(root.locator(".chart")).to_be_visible()
