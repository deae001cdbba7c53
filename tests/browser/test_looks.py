"""How the player fits the page: sizes, themes, contrast, and that nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.sample import lesson
from tests.browser.stub import StubPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]

LAB_LIGHT = "--jp-ui-font-color1: rgba(0,0,0,.87); --jp-ui-font-color2: rgba(0,0,0,.54);"
LAB_DARK = (
    "--jp-ui-font-color1: rgba(255,255,255,.87); --jp-ui-font-color2: rgba(255,255,255,.54);"
    "--jp-layout-color0: #111; --jp-layout-color2: #424242; --jp-border-color1: #616161;"
)

CONTRAST = """(element) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const chain = [];
  for (let e = element; e; e = e.parentElement) chain.unshift(getComputedStyle(e).backgroundColor);
  const layer = (colors) => {
    for (const color of ["#fff", ...colors]) {
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
    }
    const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const back = layer(chain);
  const front = layer([...chain, getComputedStyle(element).color]);
  return (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
}"""

FOCUSABLE = ":is(button, input, select:enabled, [tabindex='0']):visible"

# Every kind of text of the player at a moment when all are there.
TEXTS = [
    ".where",
    ".name",
    ".said p",
    ".remark",
    ".code li.now code",
    ".code li.now .number",
    ".code li:not(.now) .number",
    "thead th",
    ".changed td",
    "tr:not(.changed) td",
    ".jump.here",
    ".fix .quiet",
    ".keys",
]


def boxes(root: Locator) -> dict[str, Any]:
    """Where the parts are, and the columns of the ledger."""
    columns = (f".ledger thead th:nth-child({column})" for column in range(1, 6))
    parts = (".bar", ".narration", ".code", ".picture", ".picture svg", ".ledger", *columns)
    return {part: root.locator(part).bounding_box() for part in parts}


@pytest.mark.parametrize(
    ("scheme", "attribute", "style"),
    [
        ("light", None, ""),
        ("dark", None, ""),
        ("light", "true", LAB_LIGHT),
        ("dark", "true", LAB_LIGHT),
        ("light", "false", LAB_DARK),
        ("dark", "false", LAB_DARK),
    ],
)
def test_every_text_is_readable(
    browser: Browser, scheme: Scheme, attribute: str | None, style: str
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    stub = StubPage(context.new_page())
    stub.load()
    stub.page.evaluate(
        """([attribute, style]) => {
          document.body.style.cssText = style;
          if (attribute) document.body.dataset.jpThemeLight = attribute;
        }""",
        [attribute, style],
    )
    root = stub.mount(lesson(), position=5)

    ratios = {text: root.locator(text).first.evaluate(CONTRAST) for text in TEXTS}

    assert {text: ratio for text, ratio in ratios.items() if ratio < 4.5} == {}
    paper = root.evaluate("(e) => getComputedStyle(e).backgroundColor")
    is_dark = attribute == "false" or (attribute is None and scheme == "dark")
    assert paper == ("rgb(17, 17, 17)" if is_dark else "rgb(255, 255, 255)")
    context.close()


@pytest.mark.parametrize(("width", "height"), [(480, 900), (800, 700), (1280, 720), (1920, 1080)])
def test_nothing_moves_and_nothing_sticks_out(stub: StubPage, width: int, height: int) -> None:
    """From step to step every part stays where it is; only the ledger grows."""
    stub.page.set_viewport_size({"width": width, "height": height})
    root = stub.mount(lesson())
    slider = root.get_by_role("slider")
    first = boxes(root)

    for position in range(1, 10):
        slider.fill(str(position))
        expect(root).to_have_attribute("data-step", str(position))
        now = boxes(root)
        assert now | {".ledger": None} == first | {".ledger": None}
        assert now[".ledger"]["y"] == first[".ledger"]["y"]
    assert stub.page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_narrow_pages_stack_the_parts_in_order(stub: StubPage) -> None:
    stub.page.set_viewport_size({"width": 480, "height": 900})
    root = stub.mount(lesson(), position=5)

    found = boxes(root)
    tops = [found[part]["y"] for part in (".bar", ".narration", ".code", ".picture", ".ledger")]

    assert tops == sorted(tops)
    assert len(set(tops)) == 5


BROKEN = """(table) => {
  const nodes = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode())
    for (const { 0: word, index } of node.data.matchAll(/\\w+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (range.getClientRects().length > 1) broken.push(word);
    }
  return broken;
}"""


def test_in_a_notebook_on_a_narrow_screen_no_word_of_the_ledger_is_broken(stub: StubPage) -> None:
    stub.page.set_viewport_size({"width": 340, "height": 900})
    root = stub.mount(payload_of(run("SSL_SESSION *s = SSL_SESSION_new();\n")), position=1)
    expect(root.locator(".ledger")).to_contain_text("not resumable")

    assert root.locator(".ledger table").evaluate(BROKEN) == []
    assert stub.page.evaluate("document.scrollingElement.scrollWidth") <= 340


def test_on_a_projector_the_picture_is_the_largest_and_all_is_in_view(stub: StubPage) -> None:
    stub.page.set_viewport_size({"width": 1280, "height": 720})
    root = stub.mount(lesson(), position=7)

    found = boxes(root)
    areas = {part: box["width"] * box["height"] for part, box in found.items()}

    assert max(areas, key=areas.__getitem__) == ".picture"
    assert found[".ledger"]["y"] + found[".ledger"]["height"] < 720


def test_forced_colors_mark_the_line_and_the_row_without_colour(browser: Browser) -> None:
    context = browser.new_context(forced_colors="active")
    stub = StubPage(context.new_page())
    stub.load()
    root = stub.mount(lesson(), position=5)

    for marked in ("[aria-current=step]", "tr.changed", ".jump.here"):
        style = root.locator(marked).first.evaluate("(e) => getComputedStyle(e).outlineStyle")
        assert style == "solid", marked
    context.close()


def test_the_help_opens_and_closes(stub: StubPage) -> None:
    root = stub.mount(lesson())
    legend = root.get_by_label("How to read the picture", exact=True)

    expect(root.get_by_text("Keys: ← → step")).to_be_visible()
    expect(legend).to_be_hidden()
    root.get_by_role("slider").press("?")
    expect(legend).to_be_visible()
    root.get_by_role("button", name="?").click()
    expect(legend).to_be_hidden()


def test_the_focus_is_visible(stub: StubPage) -> None:
    root = stub.mount(lesson())
    outline = "(e) => getComputedStyle(e).outlineStyle"

    for control in root.locator(FOCUSABLE).all():
        stub.page.keyboard.press("Tab")
        assert control.evaluate(outline) == "solid"
        assert control.evaluate("(e) => e === document.activeElement")


def edge_of(stub: StubPage, root: Locator) -> bytes:
    """The right edge of the C text, beside its first and short line."""
    box = root.locator(".code").bounding_box()
    assert box is not None
    clip = {"x": box["x"] + box["width"] - 6, "y": box["y"] + 4, "width": 6, "height": 8}
    return stub.page.screenshot(clip=clip)  # type: ignore[arg-type]


def test_where_a_line_of_c_is_cut_the_edge_is_shaded(stub: StubPage) -> None:
    stub.page.set_viewport_size({"width": 1280, "height": 720})
    short = "SSL_SESSION *s = NULL;\nSSL_SESSION *a = SSL_SESSION_new();\n"
    root = stub.mount(payload_of(run(short)))
    plain = edge_of(stub, root)

    root = stub.mount(payload_of(run(short.replace("*a", f"*{'a' * 120}"))))
    cut = edge_of(stub, root)
    root.locator(".code").evaluate("(e) => e.scrollTo(e.scrollWidth, 0)")

    assert cut != plain
    assert edge_of(stub, root) == plain
