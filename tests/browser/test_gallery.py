"""The gallery, opened from a folder: cards, search, and links that name a run or hold its text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.places.gallery import Exhibit, write_gallery
from sslrefs.studio.link import Place, write_fragment

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CLEAN = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\n"
LEAK = "SSL_SESSION *s = SSL_SESSION_new();\n"
EXHIBITS = (
    Exhibit("lesson.clean", "Lesson", "One and done", CLEAN),
    Exhibit("lesson.leak <b>&'\"", "Lesson", "Kept <b>for ever</b>", LEAK),
    Exhibit("case.other", "Casebook", "A case", LEAK + "SSL_SESSION_up_ref(s);\n"),
)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a small gallery's folder."""
    folder: Path = tmp_path_factory.mktemp("a gallery")
    write_gallery(EXHIBITS, folder, kernel="../lite/open.html")
    return folder.as_uri()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser has to complain of, its policy's refusals too."""
    said: list[str] = []

    def note(text: str) -> None:
        said.append(text)

    page.on("console", lambda message: note(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: note(request.url))
    return said


def test_a_card_opens_its_run_and_the_run_leads_back(
    page: Page, gallery: str, complaints: list[str]
) -> None:
    page.goto(f"{gallery}/index.html")
    pictures = page.locator("li img")
    expect(pictures).to_have_count(3)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(image) => image.naturalWidth") > 100

    page.get_by_role("link", name="Kept <b>for ever</b>").click()

    expect(page.locator(".sslrefs")).to_have_attribute("data-step", "0")
    page.get_by_role("link", name="A case →").click()
    expect(page).to_have_title("A case")
    page.get_by_role("link", name="All runs").click()
    expect(page.get_by_role("heading", name="Casebook")).to_be_visible()
    assert complaints == []


def test_the_search_leaves_the_cards_with_all_its_words(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/index.html")

    page.get_by_role("searchbox").fill("lesson LEAK")

    expect(page.locator("li:visible")).to_have_count(1)
    expect(page.get_by_role("heading", name="Casebook")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("1 of 3")


@pytest.mark.parametrize(
    "fragment",
    ["#scenario=lesson.clean&step=2", write_fragment(Place(CLEAN, "OpenSSL 3", 2))],
    ids=["name", "text"],
)
def test_a_link_opens_its_run_at_its_step(page: Page, gallery: str, fragment: str) -> None:
    page.goto(f"{gallery}/index.html{fragment}")

    expect(page.locator(".sslrefs")).to_have_attribute("data-step", "2")
    assert page.url == f"{gallery}/lesson.clean.html#step=2"


def test_a_text_that_is_not_here_is_shown_with_where_it_can_run(page: Page, gallery: str) -> None:
    fragment = write_fragment(Place("SSL_free(<i>);", "", 0))
    page.goto(f"{gallery}/index.html{fragment}")

    told = page.get_by_role("alert")
    expect(told).to_contain_text("Pages without a kernel cannot run it")
    expect(told.locator("pre")).to_have_text("SSL_free(<i>);")
    link = told.get_by_role("link", name="Run it in this browser")
    expect(link).to_have_attribute("href", f"../lite/open.html{fragment}")

    page.evaluate("location.hash = '#text=broken'")
    expect(told).to_contain_text("cut off or broken")
    page.evaluate("location.hash = '#scenario=nothing'")
    expect(told).to_contain_text("No run here is called nothing")


def test_a_page_saved_by_a_newer_version_says_so(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/lesson.clean.html")
    page.route("**/newer.html", lambda route: route.fulfill(body=newer(gallery)))

    page.goto("http://localhost/newer.html")

    expect(page.get_by_role("alert")).to_contain_text("recorded by a newer sslrefs")


def newer(gallery: str) -> str:
    """A page whose run has the schema of a version to come."""
    import base64
    import re
    import zlib
    from urllib.request import url2pathname

    path = Path(url2pathname(gallery.removeprefix("file://"))) / "lesson.clean.html"
    text = path.read_text(encoding="utf-8")
    found = re.search("data-run>([^<]+)<", text)
    assert found
    run = zlib.decompress(base64.b64decode(found[1])).replace(b'"schema":1', b'"schema":99')
    return text.replace(found[1], base64.b64encode(zlib.compress(run)).decode())
