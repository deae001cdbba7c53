"""The exported page: it plays without a kernel, asks for nothing outside, and obeys its policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.export import export
from sslrefs.studio.run import run
from tests.browser.reading import at, press
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser


def opened(page: Page, tmp_path: Path, fragment: str = "") -> tuple[Locator, list[str]]:
    """The page from a file, and what it asked for or was refused."""
    file = tmp_path / "lesson.html"
    file.write_bytes(export(run(DELAYED), "html", title="Broke here, crashed there"))
    noted: list[str] = []
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.goto(file.as_uri() + fragment)
    root = page.locator(".sslrefs[data-loaded]")
    root.wait_for()
    return root, [url for url in noted if not url.startswith("file:")]


def test_it_plays_and_asks_for_nothing(page: Page, tmp_path: Path) -> None:
    root, noted = opened(page, tmp_path)

    at(root, 0)
    root.locator(".picture").focus()
    for position in range(1, 11):
        page.keyboard.press("ArrowRight")
        at(root, position)
    press(root, "More")
    root.get_by_role("checkbox", name="Film strip").check()
    root.get_by_role("button", name="session#1", exact=True).click()
    expect(root.get_by_role("heading", name="Who freed it?")).to_be_visible()
    expect(root.get_by_role("combobox", name="Library")).to_be_disabled()
    assert noted == []
    assert page.title() == "Broke here, crashed there"


def test_the_layout_is_kept_under_the_strict_policy(page: Page, tmp_path: Path) -> None:
    """What a script styles stands, although style attributes are forbidden."""
    root, _ = opened(page, tmp_path, "#step=6")

    assert root.locator(".middle").evaluate("(e) => e.style.getPropertyValue('--lines')") == "11"
    left = root.locator(".mark.wrong").evaluate("(e) => parseFloat(getComputedStyle(e).left)")
    assert left > 50


def test_a_link_leads_to_its_step(page: Page, tmp_path: Path) -> None:
    root, _ = opened(page, tmp_path, "#step=6")

    at(root, 6)
    page.evaluate("location.hash = '#step=9'")
    at(root, 9)


def test_a_png_can_be_saved_under_the_strict_policy(page: Page, tmp_path: Path) -> None:
    root, noted = opened(page, tmp_path, "#step=6")
    press(root, "More")
    root.get_by_role("combobox", name="Save as").select_option("PNG of this step")

    with page.expect_download() as download:
        press(root, "Save")

    assert download.value.suggested_filename == "sslrefs.png"
    assert noted == []


def test_without_scripts_it_is_a_text(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "lesson.html"
    file.write_bytes(export(run(DELAYED), "html"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(file.as_uri())

    expect(page.locator("pre")).to_contain_text("SSL_SESSION_free(peek);")
    context.close()


def test_in_the_dark_the_browsers_own_parts_are_dark_too(page: Page, tmp_path: Path) -> None:
    """A white scroll bar under dark code is the brightest thing on a projector."""
    page.emulate_media(color_scheme="dark")
    opened(page, tmp_path)

    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light dark"


def test_an_empty_picture_says_how_to_begin(page: Page, tmp_path: Path) -> None:
    root, _ = opened(page, tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Broke here, crashed there")

    root.get_by_role("button", name="Run line 2 →").click()

    at(root, 1)
    expect(root.get_by_text("Nothing is made yet.")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    at(root, 2)
    root.get_by_role("button", name="First (Home)").click()
    expect(root.get_by_role("button", name="Run it all")).to_be_visible()
