"""On a projector and on a narrow page: what matters is in view together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.reading import at, drawn, press
from tests.browser.test_beside import both, side
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

ROOM = (1120, 616)
"""What JupyterLab leaves of 1280 × 720 for an output, and the margin of the page."""


def enlarge(stub: StubPage, root: Locator) -> None:
    """Large type on a projector; the second line of controls is closed again."""
    stub.page.set_viewport_size({"width": ROOM[0], "height": ROOM[1]})
    press(root, "More")
    root.get_by_role("checkbox", name="Large type").check()
    press(root, "More")


def ends(part: Locator) -> tuple[float, float]:
    """Where a part begins and ends on the page, from above."""
    box = part.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def test_in_large_type_words_line_and_picture_are_on_one_screen(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=6)

    enlarge(stub, root)

    assert ends(root.locator(".picture svg"))[1] <= ROOM[1]
    code, line = root.locator(".code"), root.locator("[aria-current=step]")
    expect(line).to_be_in_viewport(ratio=0.9)
    assert ends(code)[0] - 1 <= ends(line)[0]
    assert ends(line)[1] <= ends(code)[1] + 1
    expect(root.get_by_role("combobox", name="Library")).to_be_hidden()
    press(root, "More")
    expect(root.get_by_role("combobox", name="Library")).to_be_visible()


def test_in_large_type_two_runs_stay_side_by_side(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=5)

    enlarge(stub, root)

    tops = set()
    for name in ("buggy", "fixed"):
        picture = side(root, name).locator(".picture")
        tops.add(ends(picture)[0])
        assert ends(picture.locator("svg"))[1] <= ROOM[1]
        assert picture.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0
        expect(side(root, name).locator("[aria-current=step]")).to_be_in_viewport(ratio=0.9)
    assert len(tops) == 1


def test_on_a_narrow_page_the_picture_follows_what_changes(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=0)
    stub.page.set_viewport_size({"width": 400, "height": 900})
    frame = root.locator(".picture")
    assert frame.evaluate("(e) => e.scrollWidth - e.clientWidth") > 0

    frame.focus()
    for position, box in ((1, "n_ctx1"), (3, "n_ssl1"), (4, "n_session1")):
        while root.get_attribute("data-step") != str(position):
            stub.page.keyboard.press("ArrowRight")
        at(root, position)
        expect(drawn(root, box)).to_be_in_viewport(ratio=0.9)
    assert stub.leaked() == []
