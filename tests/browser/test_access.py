"""Access: axe finds nothing, everything goes by keyboard, and every size and colour scheme works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import Run, run
from tests.browser.reading import at
from tests.browser.stub import StubPage
from tests.browser.texts import CALLBACK, DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

Look = Literal["light", "dark", "forced light", "forced dark", "lab dark"]
LOOKS: list[Look] = ["light", "dark", "forced light", "forced dark", "lab dark"]
LAB_DARK = (
    "--jp-ui-font-color1: rgba(255,255,255,.87); --jp-ui-font-color2: rgba(255,255,255,.54);"
    "--jp-layout-color0: #111; --jp-layout-color2: #424242; --jp-border-color1: #616161;"
)


def seen(browser: Browser, look: Look, **options: Any) -> StubPage:
    """A page of that look with the player's script loaded."""
    forced = "active" if look.startswith("forced") else "none"
    scheme = "dark" if "dark" in look else "light"
    context = browser.new_context(color_scheme=scheme, forced_colors=forced, **options)  # type: ignore[arg-type]  # both are among the literals
    stub = StubPage(context.new_page())
    stub.load()
    if look == "lab dark":
        stub.page.evaluate(
            "(style) => { document.body.style.cssText = style;"
            " document.body.dataset.jpThemeLight = 'false'; }",
            LAB_DARK,
        )
    return stub


def violations(stub: StubPage) -> list[str]:
    """What axe finds in the players, in short."""
    # The page around the player is the test's own; its landmarks and headings are not judged.
    options = {"rules": {name: {"enabled": False} for name in ("region", "page-has-heading-one")}}
    found = Axe().run(stub.page, context=".sslrefs", options=options).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def everything_open(root: Locator) -> None:
    """All that can be opened at once: an object, more controls, legend, film strip, inner words."""
    root.get_by_role("button", name="session#1", exact=True).click()
    root.get_by_role("button", name="More", exact=True).click()
    root.get_by_role("button", name="?", exact=True).click()
    root.get_by_role("checkbox", name="Film strip").check()
    root.get_by_role("combobox", name="Why").select_option("inside libssl")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(browser: Browser, look: Look) -> None:
    stub = seen(browser, look)
    root = stub.mount(payload_of(run(DELAYED)), position=5)
    assert violations(stub) == []

    everything_open(root)
    assert violations(stub) == []
    root.get_by_role("checkbox", name="Arrows as a table").check()
    root.get_by_role("combobox", name="Predict").select_option("always")
    root.get_by_role("button", name="Forward (Right arrow)").click()
    expect(root.get_by_role("button", name="I don't know")).to_be_visible()

    assert violations(stub) == []
    stub.page.context.close()


def test_axe_finds_nothing_where_there_is_no_run(stub: StubPage) -> None:
    from sslrefs.cscript.diagnostics import ScriptError
    from sslrefs.studio.face import face_of

    with pytest.raises(ScriptError) as caught:
        run("SSL_freee(x);")
    stub.mount(face_of(caught.value).payload)
    stub.mount(payload_of(run("")))
    stub.mount_bytes(b"broken")

    assert violations(stub) == []


def test_every_control_has_a_name_and_can_be_reached_by_tab(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=5)
    everything_open(root)
    controls = root.locator(":is(button, input, select:enabled, [tabindex='0']):visible").all()

    root.focus()
    for control in controls:
        stub.page.keyboard.press("Tab")
        assert control.evaluate("(e) => e === document.activeElement")
        assert control.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    assert len(controls) > 30


def test_every_key_has_a_visible_control(stub: StubPage) -> None:
    """The title of a control names its key; the help line names them all."""
    root = stub.mount(payload_of(run(DELAYED)), position=5)
    everything_open(root)

    for key in (
        "Home",
        "Left arrow",
        "Right arrow",
        "End",
        "Space",
        "F",
        "Shift+F",
        "N",
        "Shift+N",
        "R",
        "E",
        "M",
        "?",
        "Shift+Left",
        "Shift+Right",
    ):
        assert root.locator(f"button[title$='({key})']:visible").count() == 1, key
    for name in ("Predict", "Arrows as a table"):
        expect(root.locator(".options").get_by_label(name)).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(480, 900), (640, 360), (1280, 720)])
@pytest.mark.parametrize("is_large", [False, True])
def test_nothing_sticks_out(browser: Browser, width: int, height: int, is_large: bool) -> None:
    """640 by 360 is what a page of 1280 by 720 has at 200 % zoom."""
    stub = seen(browser, "light", viewport={"width": width, "height": height})
    root = stub.mount(payload_of(run(CALLBACK)), position=5)
    everything_open(root)
    root.get_by_role("checkbox", name="Large type").set_checked(is_large)

    assert stub.page.evaluate("document.scrollingElement.scrollWidth") <= width
    stub.page.context.close()


def test_large_type_is_larger_and_the_picture_stays_in_view(stub: StubPage) -> None:
    stub.page.set_viewport_size({"width": 1280, "height": 720})
    root = stub.mount(payload_of(run(DELAYED)), position=6)
    sentence = root.locator(".said p").first
    before = sentence.bounding_box()

    root.get_by_role("button", name="More", exact=True).click()
    root.get_by_role("checkbox", name="Large type").check()
    root.get_by_role("button", name="More", exact=True).click()

    after, picture = sentence.bounding_box(), root.locator(".picture svg").bounding_box()
    assert before is not None
    assert after is not None
    assert picture is not None
    assert after["height"] >= 1.39 * before["height"]
    assert picture["y"] + picture["height"] < 720
    at(root, 6)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_what_changed_pulses_only_for_those_who_like_motion(
    browser: Browser, motion: Literal["reduce", "no-preference"]
) -> None:
    stub = seen(browser, "light", reduced_motion=motion)
    root = stub.mount(payload_of(run(DELAYED)), position=3)
    box = root.locator(".picture .hot .box").first

    names = box.evaluate("(e) => getComputedStyle(e).animationName")

    # Its name ends with the mark of the build.
    assert re.sub("-[0-9a-f]{8}$", "", names) == (
        "none" if motion == "reduce" else "sslrefs-touched"
    )
    duration = box.evaluate("(e) => parseFloat(getComputedStyle(e).animationDuration)")
    assert duration <= 0.3
    stub.page.context.close()


def test_big_pictures_stand_still(stub: StubPage) -> None:
    text = "".join(f"SSL_SESSION *s{k} = SSL_SESSION_new(); " for k in range(80))
    root = stub.mount(payload_of(Run(run(text).timeline, is_whole=True)), position=3)

    name = root.locator(".picture .hot .box").first.evaluate(
        "(e) => getComputedStyle(e).animationName"
    )

    assert name == "none"
