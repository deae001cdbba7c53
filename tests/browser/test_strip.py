"""The film strip: all changing steps, chosen ones, and as a file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.reading import at, press
from tests.browser.test_depth import opened, saved

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


def strip(root: Locator) -> Locator:
    """The film strip."""
    return root.get_by_role("group", name="Film strip")


def numbers(root: Locator) -> list[str]:
    """The steps whose frames are shown."""
    texts = strip(root).locator(".frame span").all_inner_texts()
    return [text.split(".")[0] for text in texts]


def test_it_shows_the_changing_steps(stub: StubPage) -> None:
    root = opened(stub)
    root.get_by_role("checkbox", name="Film strip").check()
    frames = strip(root).locator(".frame")

    assert numbers(root) == ["1", "3", "4", "5", "6", "8", "9", "10"]
    expect(frames.nth(4)).to_have_attribute("aria-current", "step")
    assert frames.nth(4).locator("g[id$='n_session1'] .count").text_content() == "1 ≠ 2"
    assert (
        frames.nth(7).locator("g[id$='n_ctx1']").get_attribute("class")
        == "node k-ctx s-freed s-moving hot"
    )
    frames.nth(5).click()
    at(root, 8)
    expect(frames.nth(5)).to_have_attribute("aria-current", "step")


def test_a_long_strip_says_how_many_it_leaves_out(stub: StubPage) -> None:
    root = opened(stub, 0, "".join(f"SSL_SESSION *s{k} = SSL_SESSION_new();\n" for k in range(40)))

    root.get_by_role("checkbox", name="Film strip").check()

    expect(root.get_by_text("+16 more changing steps")).to_be_visible()


def test_steps_are_chosen_by_key(stub: StubPage) -> None:
    root = opened(stub)
    root.locator(".picture").focus()

    stub.page.keyboard.press("k")

    expect(root.get_by_role("checkbox", name="Film strip")).to_be_checked()
    assert numbers(root) == ["6"]
    stub.page.keyboard.press("End")
    stub.page.keyboard.press("k")
    stub.page.keyboard.press("Home")
    stub.page.keyboard.press("k")
    assert numbers(root) == ["before step 1", "6", "10"]
    stub.page.keyboard.press("k")
    assert numbers(root) == ["6", "10"]
    expect(strip(root).get_by_role("status")).to_have_text("2 chosen")
    assert stub.leaked() == []


def test_steps_are_chosen_by_mouse_and_all_come_back(stub: StubPage) -> None:
    root = opened(stub)
    root.get_by_role("checkbox", name="Film strip").check()

    press(root, "Take step 3 out of the film strip")

    assert numbers(root) == ["1", "4", "5", "6", "8", "9", "10"]
    expect(strip(root)).to_be_focused()  # the button went with its frame
    press(root, "Take step 6 out")
    press(root, "Add step 6")
    assert numbers(root) == ["1", "4", "5", "6", "8", "9", "10"]
    press(root, "All changing steps")
    assert len(numbers(root)) == 8
    press(root, "Only step 6")
    assert numbers(root) == ["6"]


def test_it_is_saved_as_it_is_chosen_without_a_kernel(stub: StubPage) -> None:
    root = opened(stub)
    root.locator(".picture").focus()
    stub.page.keyboard.press("k")
    stub.page.keyboard.press("ArrowRight")
    stub.page.keyboard.press("ArrowRight")
    stub.page.keyboard.press("k")

    film = ET.fromstring(saved(root, "film strip as SVG").read_text("utf-8"))

    assert film.get("aria-label") == "Film strip of 2 steps"
    pictures = film.findall(f"{SVG}svg")
    counts = [
        next(one.itertext())
        for picture in pictures
        for one in picture.iter(f"{SVG}text")
        if one.get("class") == "count" and one.text
    ]
    assert len(pictures) == 2
    assert "1 ≠ 2" in counts
    captions = [text.text for text in film.findall(f"{SVG}text")]
    assert captions == ["6. SSL_SESSION_free(peek);", "8. SSL_free(ssl);"]
    assert ".sslrefs-picture .s-freed .box" in (film.findtext(f"{SVG}style") or "")
    first, second = (float(one.get("x", "0")) for one in pictures)
    assert second >= first + float(pictures[0].get("width", "0"))


def test_a_strip_of_all_changing_steps_is_saved_unopened(stub: StubPage) -> None:
    root = opened(stub)

    film = ET.fromstring(saved(root, "film strip as SVG").read_text("utf-8"))

    assert len(film.findall(f"{SVG}svg")) == 8
