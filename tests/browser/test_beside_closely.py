"""Two runs side by side, looked at closely: by event, with predictions, and one object on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.beside import Beside
from sslrefs.studio.run import run
from tests.browser.reading import at, press
from tests.browser.test_access import violations
from tests.browser.test_beside import both, side

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def said(root: Locator, name: str) -> Locator:
    """What a side tells."""
    return side(root, name).locator(".said")


def asking(root: Locator, how: str) -> None:
    """Lets the players ask before each step."""
    press(root, "More")
    root.get_by_role("combobox", name="Predict").select_option(how)
    root.locator(".picture").first.focus()


def test_both_go_through_their_events_together(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=6)  # SSL_free(ssl) comes next on both sides
    root.locator(".picture").first.focus()

    stub.page.keyboard.press("Shift+ArrowRight")

    expect(root).to_have_attribute("data-tick", "1")
    at(root, 6)
    for name in ("buggy", "fixed"):
        expect(said(root, name)).to_contain_text(", event 1 of ")
        expect(side(root, name).locator(".picture .event")).to_have_count(1)
        expect(side(root, name).locator("[aria-current=step]")).to_contain_text("SSL_free(ssl);")
    stub.page.keyboard.press("Shift+ArrowLeft")
    expect(root).to_have_attribute("data-tick", "0")
    press(root, "More")
    press(root, "event ▸")
    expect(root).to_have_attribute("data-tick", "1")
    stub.page.keyboard.press("ArrowRight")
    at(root, 7)
    assert stub.leaked() == []


def test_the_side_without_the_step_waits_through_its_events(stub: StubPage) -> None:
    new = "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\n"
    pair = Beside(run(new + "SSL *ssl = SSL_new(ctx);\n"), run(new), names=("long", "short"))
    root = stub.mount(pair.payload(), position=1)
    root.locator(".picture").first.focus()

    stub.page.keyboard.press("Shift+ArrowRight")

    expect(said(root, "long")).to_contain_text("Inside step 2, event 1 of ")
    expect(side(root, "short").get_by_text("waits for the other run")).to_be_visible()
    expect(said(root, "short")).not_to_contain_text("Inside")


def test_an_object_is_told_on_both_sides(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=7)

    side(root, "fixed").get_by_role("button", name="session#1", exact=True).click()

    about = {
        name: root.get_by_role("group", name=f"About session#1, {name}")
        for name in ("buggy", "fixed")
    }
    expect(about["buggy"].get_by_role("heading", name="Who freed it?")).to_be_visible()
    expect(about["fixed"].get_by_role("heading", name="Why is it alive?")).to_be_visible()
    assert violations(stub) == []
    for width in (1280, 640, 480):
        stub.page.set_viewport_size({"width": width, "height": 720})
        assert root.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0, width
    about["fixed"].get_by_role("button", name="Close").click()
    expect(about["buggy"]).to_have_count(0)


def test_the_next_change_on_either_side_is_reached(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=4)
    side(root, "fixed").get_by_role("button", name="session#1", exact=True).click()
    root.locator(".picture").first.focus()

    stub.page.keyboard.press("n")
    at(root, 5)  # only the buggy run makes this step
    stub.page.keyboard.press("n")
    at(root, 7)
    stub.page.keyboard.press("Shift+N")
    at(root, 5)


def test_an_object_of_one_side_only_is_told_there(stub: StubPage) -> None:
    new = "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\n"
    pair = Beside(run(new), run(new + "SSL_SESSION *s = SSL_SESSION_new();\n"))
    root = stub.mount(pair.payload(), position=2)

    side(root, "right").get_by_role("button", name="session#1", exact=True).click()

    expect(root.get_by_role("group", name="About session#1, right")).to_be_visible()
    expect(root.get_by_role("group", name="About session#1, left")).to_have_count(0)


def test_a_step_of_both_that_comes_out_alike_is_asked_once(stub: StubPage) -> None:
    root = stub.mount(both().payload())
    asking(root, "always")

    stub.page.keyboard.press("ArrowRight")

    expect(root.locator(".question:visible")).to_have_count(1)
    expect(side(root, "buggy").locator(".question")).to_be_visible()
    stub.page.keyboard.press("1")
    at(root, 1)
    expect(said(root, "buggy")).to_contain_text("of 1 right)")


def test_where_the_two_come_out_differently_both_are_asked(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=6)
    asking(root, "always")
    for spoiler in ("First difference:", "1 finding", "no finding"):
        expect(root.get_by_text(spoiler, exact=spoiler != "First difference:")).to_be_hidden()

    stub.page.keyboard.press("ArrowRight")

    question = root.locator(".question:visible")
    expect(side(root, "buggy").locator(".question")).to_contain_text("Which memory goes?")
    expect(said(root, "buggy")).to_be_hidden()
    expect(said(root, "fixed")).to_be_visible()
    question.get_by_role("button", name="ssl#1 and session#1", exact=True).click()
    expect(side(root, "fixed").locator(".question")).to_be_visible()
    at(root, 6)
    expect(question).to_have_count(1)
    question.get_by_role("button", name="I don't know").click()
    at(root, 7)
    expect(said(root, "buggy")).to_contain_text("(1 of 1 right)")
    expect(said(root, "fixed")).to_contain_text("(1 of 2 right)")
    stub.page.keyboard.press("ArrowLeft")
    stub.page.keyboard.press("ArrowRight")
    at(root, 7)  # not asked twice
    assert stub.leaked() == []


def test_p_chooses_and_a_jump_drops_the_question(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=4)
    root.locator(".picture").first.focus()
    stub.page.keyboard.press("p")

    stub.page.keyboard.press("ArrowRight")
    expect(root.locator(".question:visible")).to_contain_text("Is it a bug, and of which kind?")
    stub.page.keyboard.press("End")

    expect(root.locator(".question:visible")).to_have_count(0)
    expect(root.locator(".picture").first).to_be_focused()


def test_why_deepens_on_both_sides(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=2)
    press(root, "More")

    root.get_by_role("combobox", name="Why").select_option("by the manual")

    for name in ("buggy", "fixed"):
        expect(side(root, name).locator(".said .why").first).to_be_visible()


def test_no_word_of_the_ledger_is_broken_on_a_narrow_page(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=5)
    stub.page.set_viewport_size({"width": 480, "height": 720})

    for name in ("buggy", "fixed"):
        state = side(root, name).locator(".ledger tbody tr").first.locator("td").last
        expect(state).to_have_text("alive")
        lines = state.evaluate(
            "(e) => { const range = document.createRange(); range.selectNodeContents(e);"
            " return range.getClientRects().length; }"
        )
        assert lines == 1
