"""What is told on demand: three levels of why, the arrows as a table, files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.reading import at, press
from tests.browser.sample import lesson
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def opened(stub: StubPage, position: int = 6, text: str = DELAYED) -> Locator:
    """A player with all its controls."""
    root = stub.mount(payload_of(run(text)), position=position)
    press(root, "More")
    return root


def test_why_has_three_levels(stub: StubPage) -> None:
    root = opened(stub)
    why = root.get_by_role("combobox", name="Why")
    lines = root.locator(".said .why")

    expect(lines).to_have_count(0)
    why.select_option("by the manual")
    assert lines.all_inner_texts() == [
        "void SSL_SESSION_free(SSL_SESSION *session) gives back session, returns nothing. "
        "Manual: SSL_SESSION_free(3)."
    ]
    why.select_option("inside libssl")
    assert "1. session#1: 2 → 1 (program)" in lines.all_inner_texts()
    assert any("Shown by the tests" in text for text in lines.all_inner_texts())
    press(root, "First (Home)")
    expect(lines).to_have_count(0)
    press(root, "Forward (Right arrow)")
    expect(lines.first).to_contain_text("SSL_CTX_new")


def test_the_arrows_as_a_table_say_what_the_picture_says(stub: StubPage) -> None:
    result = run(DELAYED)
    root = opened(stub)
    root.get_by_role("checkbox", name="Arrows as a table").check()
    table = root.get_by_role("table", name="Arrows")
    names = {node.id: node.name for node in result.scene.nodes}
    meanings = {
        "counted": "holds a counted reference",
        "borrowed": "points there, not counted (lent)",
        "dangling": "points to memory that is gone",
    }

    for position in range(11):
        root.get_by_role("slider").fill(str(position))
        at(root, position)
        looks = result.scene.looks_at(position)[len(result.scene.nodes) :]
        expected = [
            [
                names[edge.source],
                names[edge.target],
                meanings[look.words] + (f", {look.text}" if look.text else ""),
            ]
            for edge, look in zip(result.scene.edges, looks, strict=True)
            if look.words != "absent"
        ]
        rows = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
        assert rows == (expected or [["There is no arrow at this step."]])
    expect(root.locator(".picture")).to_be_hidden()
    root.get_by_role("slider").press("t")
    expect(root.locator(".picture")).to_be_visible()


def saved(root: Locator, how: str) -> Path:
    """The file that saving gives."""
    root.get_by_role("combobox", name="Save as").select_option(how)
    with root.page.expect_download() as download:
        press(root, "Save")
    return Path(download.value.path())


def test_the_step_is_saved_as_a_drawing_of_its_own(stub: StubPage) -> None:
    root = opened(stub)

    svg = ET.fromstring(saved(root, "SVG of this step").read_text("utf-8"))

    texts = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "1 ≠ 2" in texts
    style = next(svg.iter("{http://www.w3.org/2000/svg}style")).text or ""
    assert ".sslrefs-picture .s-freed .box" in style
    assert float(svg.get("width", "0")) > 300


def test_the_step_is_saved_as_png_and_the_text_as_c(stub: StubPage) -> None:
    root = opened(stub)

    assert saved(root, "PNG of this step").read_bytes().startswith(b"\x89PNG")
    assert saved(root, "C text").read_text("utf-8") == DELAYED


def copied_link(stub: StubPage, root: Locator) -> str:
    """The link to this step that Save puts into the clipboard."""
    stub.page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })"
    )
    root.get_by_role("combobox", name="Save as").select_option("link to this step")
    press(root, "Save")
    expect(root.get_by_text("The link is in the clipboard.")).to_be_visible()
    return str(stub.page.evaluate("copied"))


def test_in_jupyterlite_a_link_leads_to_the_page_that_opens_links(stub: StubPage) -> None:
    root = opened(stub)
    stub.page.evaluate("document.body.dataset.jupyterLiteRoot = '../..'")
    here = stub.page.url

    link = copied_link(stub, root)

    assert link.startswith(urljoin(here, "../../open.html#step=6&library=OpenSSL+3&text="))


def test_a_link_names_text_library_and_step(stub: StubPage) -> None:
    root = opened(stub)

    words = parse_qs(urlsplit(copied_link(stub, root)).fragment)

    assert words["step"] == ["6"]
    assert words["library"] == ["OpenSSL 3"]
    assert len(words["text"][0]) < len(DELAYED)


def test_a_file_that_cannot_be_made_is_told(stub: StubPage) -> None:
    root = opened(stub)
    stub.page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (made) => made(null); }")
    root.get_by_role("combobox", name="Save as").select_option("PNG of this step")

    press(root, "Save")

    expect(root.get_by_text("It could not be saved (Error: no image).")).to_be_visible()


def test_what_python_makes_is_fetched_from_a_kernel(stub: StubPage) -> None:
    root = stub.mount(lesson(), position=3)
    press(root, "More")
    save = root.get_by_role("combobox", name="Save as")
    group = save.locator("optgroup")
    expect(group).to_be_disabled()  # nobody could make it
    expect(group).to_have_attribute("label", "these need a running kernel")
    stub.page.evaluate("models[0].tell('msg:custom', { rerun: true })")
    save.select_option("data as JSON")

    with stub.page.expect_download() as download:
        press(root, "Save")
        assert stub.page.evaluate("models[0].sent.at(-1)") == {
            "ask": "file",
            "form": "json",
            "position": 3,
        }
        stub.page.evaluate(
            """() => { for (const [event, call] of models[0].heard) if (event === "msg:custom")
              call({ file: "json" }, [new DataView(new TextEncoder().encode("{}").buffer)]); }"""
        )

    assert download.value.suggested_filename == "sslrefs.json"
    assert download.value.path().read_text(encoding="utf-8") == "{}"
    save.select_option("DOT of this step")
    press(root, "Save")
    stub.page.evaluate("models[0].tell('msg:custom', { file: 'dot', problem: 'no dot today' })")
    expect(root.get_by_text("no dot today")).to_be_visible()
