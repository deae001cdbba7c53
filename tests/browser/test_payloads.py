"""What the player says when there is no run to step through, and what it refuses."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.sample import lesson

if TYPE_CHECKING:
    from tests.browser.sample import Payload
    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=\"leaked.push('owned')\"><b>"


def test_diagnostics_keep_their_columns_and_can_be_selected(stub: StubPage) -> None:
    message = "line 2, column 5:\n    SSL_freee(ssl);\n    ^^^^^^^^^\nDid you mean SSL_free?"
    root = stub.mount(lesson(error={"message": message}, title="lesson.c"))

    text = root.get_by_role("group", name="Diagnostics")
    expect(root).to_contain_text("lesson.c cannot be run")
    assert text.inner_text() == message
    style = text.evaluate("(e) => [getComputedStyle(e).whiteSpace, getComputedStyle(e).userSelect]")
    assert style == ["pre", "text"]
    assert text.get_attribute("data-lm-suppress-shortcuts") == "true"
    expect(root.get_by_role("slider")).to_have_count(0)


def test_an_empty_program_says_so(stub: StubPage) -> None:
    none: Payload = {"steps": [], "moments": [], "items": [], "findings": [], "source": []}
    root = stub.mount(lesson(empty="This text makes no libssl call.", svg="", **none))

    expect(root.get_by_role("img", name="This text makes no libssl call.")).to_be_visible()
    expect(root.get_by_text("no steps")).to_be_visible()
    root.get_by_role("slider").press("ArrowRight")
    expect(root).to_have_attribute("data-step", "0")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zlib.compress(b'{"schema": 2}'), "recorded by a newer sslrefs"),
        (zlib.compress(b"[]"), "not what the player expects"),
        (zlib.compress(b"null"), "not what the player expects"),
        (zlib.compress(b'{"schema": 1}'), "not what the player expects"),
        (zlib.compress(b"{"), "cannot be read"),
        (b"not deflated", "cannot be read"),
        (zlib.compress(b'{"schema": 1}')[:-6], "cannot be read"),
    ],
)
def test_a_payload_it_cannot_show_is_a_message(stub: StubPage, data: bytes, said: str) -> None:
    root = stub.mount_bytes(data)

    expect(root.get_by_role("alert")).to_contain_text(said)
    expect(root.get_by_role("alert")).to_contain_text("un the cell again")


def test_nothing_sent_yet_is_not_an_error(stub: StubPage) -> None:
    root = stub.mount_bytes(b"")

    expect(root).to_have_text("No run to show yet.")


def test_missing_moments_are_a_message(stub: StubPage) -> None:
    root = stub.mount(lesson(moments=[]))

    expect(root.get_by_role("alert")).to_contain_text("incomplete")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>leaked.push('owned')</script>",
        "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>",
        "<rect onclick=\"leaked.push('owned')\"/>",
        "<image href='data:image/svg+xml,x'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<g href='https://example.org/x'/>",
        "<style>* { display: none }</style>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='x' onerror=\"leaked.push('owned')\"/>",
    ],
)
def test_a_picture_that_acts_is_refused(stub: StubPage, inside: str) -> None:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>"
    root = stub.mount(lesson(svg=svg))

    expect(root.get_by_role("alert")).to_contain_text("refused")
    assert stub.leaked() == []


def test_broken_svg_is_a_message(stub: StubPage) -> None:
    root = stub.mount(lesson(svg="<svg><g></svg>"))

    expect(root.get_by_role("alert")).to_contain_text("not an SVG drawing")


def test_hostile_texts_stay_texts(stub: StubPage) -> None:
    """Every text of the payload, by whatever way it comes to the page."""
    payload = lesson(title=HOSTILE, library=HOSTILE, cut=HOSTILE, objects=[HOSTILE] * 3)
    payload["source"] = [HOSTILE] * 10
    payload["notes"] = [{"line": 1, "text": HOSTILE}]
    payload["moments"][1]["c"][1][2] = HOSTILE
    for step in payload["steps"]:
        step |= {"text": HOSTILE, "says": HOSTILE, "function": HOSTILE, "depth": 1}
        step["rows"] = [[row[0], *[HOSTILE] * 4] for row in step["rows"]]
    finding = dict.fromkeys(("kind", "object", "message", "fix"), HOSTILE)
    follows = [{"step": 7, "what": HOSTILE}]
    payload["findings"] = [payload["findings"][0] | finding | {"consequences": follows}]

    root = stub.mount(payload)

    for position in range(10):
        root.get_by_role("slider").fill(str(position))
        expect(root).to_have_attribute("data-step", str(position))
    assert root.locator("img, script, b").count() == 0
    assert stub.leaked() == []
    assert root.locator(".code code").first.inner_text() == HOSTILE


def test_hostile_diagnostics_stay_text(stub: StubPage) -> None:
    root = stub.mount(lesson(error={"message": HOSTILE}))

    assert root.get_by_role("group", name="Diagnostics").inner_text() == HOSTILE


def test_notes_and_a_cut_are_said(stub: StubPage) -> None:
    notes = [{"line": 3, "text": "foo() is not modelled"}]
    root = stub.mount(lesson(notes=notes, cut="Stopped after 10,000 steps."))

    expect(root.get_by_role("list", name="Notes")).to_have_text("Line 3: foo() is not modelled")
    expect(root.get_by_text("Stopped after 10,000 steps.")).to_be_visible()
