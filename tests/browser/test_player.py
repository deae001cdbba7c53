"""The player on an empty page: stepping, what each part shows, and what it must not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.reading import at, drawn, ledger, press, stop_clock
from tests.browser.sample import lesson, synthetic

if TYPE_CHECKING:
    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def test_it_starts_before_the_first_step(stub: StubPage) -> None:
    root = stub.mount(lesson())

    at(root, 0)
    expect(root.get_by_text("Before the first step")).to_be_visible()
    expect(root.get_by_label("Step number")).to_have_value("0")
    assert ledger(root) == {}
    assert root.locator("[aria-current]").count() == 0
    expect(drawn(root, "n_ctx1")).to_have_class("node k-ctx s-absent")


def test_buttons_step_and_every_part_follows(stub: StubPage) -> None:
    root = stub.mount(lesson())

    for position in range(1, 6):
        press(root, "Forward (Right arrow)")
        at(root, position)

    expect(root.get_by_label("Step number")).to_have_value("5")
    expect(root.locator("[aria-current=step] code")).to_have_text("SSL_SESSION_free(peek);")
    expect(drawn(root, "n_session1")).to_have_class("node k-session s-live s-wrong hot")
    expect(drawn(root, "n_session1").locator(".count")).to_have_text("1 ≠ 2")
    expect(drawn(root, "e_ssl_ctx").locator(".times")).to_have_text("×2")
    said = root.locator("[aria-live=polite]")
    expect(said).to_contain_text("SSL_SESSION_free(peek) took 1 from session#1: 2 → 1.")
    expect(said).to_contain_text("Wrong here: peek was only lent")
    assert ledger(root) == {
        "ctx#1": ["3", "ctx, ssl#1.ctx ×2", "–", "alive"],
        "ssl#1": ["1", "ssl", "–", "alive"],
        "session#1": ["2 → 1 ≠ 2", "ssl#1.session, ctx#1.cache", "peek (lent)", "count ≠ holders"],
    }
    press(root, "Back (Left arrow)")
    at(root, 4)
    expect(drawn(root, "n_session1")).to_have_class("node k-session s-live")
    press(root, "Last (End)")
    at(root, 9)
    press(root, "First (Home)")
    at(root, 0)
    assert ledger(root) == {}


def test_keys_step_and_stop_at_the_ends(stub: StubPage) -> None:
    root = stub.mount(lesson())
    root.get_by_role("img", name="Ownership picture").click()

    for key, position in [
        ("ArrowLeft", 0),
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("End", 9),
        ("ArrowRight", 9),
        ("ArrowLeft", 8),
        ("Shift+Home", 8),
        ("f", 5),
        ("f", 8),
        ("Shift+F", 5),
        ("Home", 0),
    ]:
        stub.page.keyboard.press(key)
        at(root, position)


def test_every_position_looks_alike_from_both_sides(stub: StubPage) -> None:
    """Backwards and by a jump the page is the same as forwards."""
    root = stub.mount(lesson())
    picture = root.locator(".picture svg")

    def seen() -> tuple[str, dict[str, list[str]], str]:
        return picture.inner_html(), ledger(root), root.locator(".narration").inner_text()

    forwards = [seen()]
    root.get_by_role("slider").focus()
    for position in range(1, 10):
        stub.page.keyboard.press("ArrowRight")
        at(root, position)
        forwards.append(seen())
    for position in range(8, -1, -1):
        stub.page.keyboard.press("ArrowLeft")
        at(root, position)
        assert seen() == forwards[position]
    press(root, "Last (End)")
    assert seen() == forwards[9]
    assert len({text for text, _, _ in forwards}) == 10


def test_the_slider_goes_anywhere_and_says_where(stub: StubPage) -> None:
    root = stub.mount(lesson())
    slider = root.get_by_role("slider", name="Step")

    slider.fill("7")

    at(root, 7)
    expect(slider).to_have_attribute("aria-valuetext", "step 7 of 9: SSL_free(ssl);")
    expect(drawn(root, "e_ssl_session")).to_have_class("edge k-reference s-absent hot")
    slider.fill("8")
    at(root, 8)
    expect(drawn(root, "e_ssl_session")).to_have_class("edge k-reference s-absent")


def test_findings_are_places_to_go_to(stub: StubPage) -> None:
    root = stub.mount(lesson())

    press(root, "shows here: step 8, line 9")
    at(root, 8)
    expect(root.locator("[aria-live=polite]")).to_contain_text("Shows here: the flush reads")
    press(root, "wrong here: step 5, line 6")
    at(root, 5)
    press(root, "step 7")
    at(root, 7)
    root.locator(".mark.wrong").click()
    at(root, 5)
    press(root, "Next finding")
    at(root, 8)


def test_undefined_behaviour_is_veiled_and_said(stub: StubPage) -> None:
    root = stub.mount(lesson())
    line = root.get_by_text("From here on anything may happen")
    root.get_by_role("slider").fill("7")
    at(root, 7)
    before = root.locator(".picture svg").bounding_box()
    expect(line).to_be_hidden()

    press(root, "Forward (Right arrow)")

    expect(line).to_be_visible()
    assert root.locator(".picture svg").bounding_box() == before
    press(root, "First (Home)")
    expect(line).to_be_hidden()


def test_no_key_gets_out(stub: StubPage) -> None:
    root = stub.mount(lesson())
    focusable = root.locator("button, input, [tabindex]")

    for element in focusable.all():
        assert element.get_attribute("data-lm-suppress-shortcuts") == "true"
        element.focus()
        for key in ("a", "b", "d", "x", "ArrowRight", "Home", "f"):
            stub.page.keyboard.press(key)

    assert focusable.count() > 10
    assert root.get_attribute("data-lm-suppress-shortcuts") == "true"
    assert stub.leaked() == []
    stub.page.keyboard.press("Escape")
    stub.page.keyboard.press("b")
    assert stub.leaked() == ["b"]


def test_a_pressed_end_button_keeps_the_focus(stub: StubPage) -> None:
    root = stub.mount(lesson())

    press(root, "Last (End)")
    at(root, 9)

    last = root.get_by_role("button", name="Last (End)")
    expect(last).to_be_focused()
    expect(last).to_have_attribute("aria-disabled", "true")


def test_playing_ends_at_the_end_and_a_step_by_hand_takes_over(stub: StubPage) -> None:
    stop_clock(stub.page)
    root = stub.mount(lesson())
    root.get_by_role("button", name="Play").click()
    stub.page.clock.run_for(4000)

    at(root, 3)
    expect(root.get_by_role("button", name="Pause")).to_be_visible()
    press(root, "Back (Left arrow)")
    stub.page.clock.run_for(60_000)
    at(root, 2)
    root.get_by_role("button", name="Play").click()
    stub.page.clock.run_for(60_000)
    at(root, 9)
    expect(root.get_by_role("button", name="Play")).to_be_visible()


def test_stepping_sends_no_message(stub: StubPage) -> None:
    root = stub.mount(lesson())

    press(root, "Last (End)")
    at(root, 9)

    assert stub.page.evaluate("models[0].saved") == 0
    assert stub.page.evaluate("models[0].get('position')") == 9


def test_python_can_move_it(stub: StubPage) -> None:
    root = stub.mount(lesson(), position=3)

    at(root, 3)
    stub.page.evaluate("models[0].set('position', 6)")
    at(root, 6)


def test_a_long_run_shows_only_what_it_must(stub: StubPage) -> None:
    """Two thousand steps cost two thousand code lines, and no element per tick or row."""
    root = stub.mount(synthetic(20, 2000))

    press(root, "Last (End)")

    at(root, 2000)
    assert root.locator(".timeline *").count() < 20
    assert root.locator(".ledger tbody tr").count() <= 20
    expect(root.locator("[aria-current=step]")).to_be_in_viewport()
