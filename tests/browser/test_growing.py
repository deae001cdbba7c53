"""A run that grows in the player: what did not change stays in the page, boxes glide, and the choices are kept."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.sync_api import expect

from sslrefs.widgets.sandbox import Live
from tests.browser.reading import ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

START = """SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_SESSION *s = SSL_SESSION_new();"""
BRING = """([payload, growth, position]) => {
  const read = (text) => {
    window.cache ??= new Map();
    if (!cache.has(text)) cache.set(text, forms.DataView(bytesOf(text)));
    return cache.get(text);
  };
  const state = { payload: read(payload), growth: growth.map(read), position };
  if (!models.length) {
    models.push(new Model({ ...state, selected: "", forks: false }));
    mount(models[0]);
    return 1;
  }
  // As Backbone does: all values first, then what changed is told.
  const isOther = (one, two) => (Array.isArray(one) ? one.length !== two.length || one.some((part, at) => part !== two[at]) : one !== two);
  const changed = Object.keys(state).filter((name) => isOther(models[0].state[name], state[name]));
  Object.assign(models[0].state, state);
  for (const name of changed) models[0].tell("change:" + name);
  return changed.some((name) => name !== "position") ? 1 : 0;
}"""
"""Gives the player a state; how often it reads it."""
# What moves the boxes, frame by frame.
WATCH = """() => {
  window.seen = [];
  window.frames = 0;
  const look = () => {
    frames++;
    for (const one of document.getAnimations()) {
      if (one.effect.target.closest("g.node")) seen.push(one.effect.getKeyframes()[0].transform ?? "opacity");
    }
    requestAnimationFrame(look);
  };
  look();
}"""


class Grown:
    """A graph in Python and its player on the empty page."""

    def __init__(self, stub: StubPage) -> None:
        self.lab = Live(START)
        self.stub = stub
        self.loads = 0

    def bring(self) -> Locator:
        """Let the player have what Python sent."""
        player = self.lab.player
        encoded = [base64.b64encode(part).decode() for part in (player.payload, *player.growth)]
        state = [encoded[0], encoded[1:], player.position]
        self.loads += cast("int", self.stub.page.evaluate(BRING, state))
        root = self.stub.page.locator(".sslrefs").first
        expect(root).to_have_attribute("data-loaded", str(self.loads))
        return root

    def add(self, line: str) -> Locator:
        self.lab.c(line)
        return self.bring()


@pytest.fixture
def grown(stub: StubPage) -> Iterator[Grown]:
    made = Grown(stub)
    made.bring()
    yield made
    made.lab.player.close()


def boxes(page: Page) -> list[str]:
    return cast(
        "list[str]",
        page.evaluate(
            "[...document.querySelectorAll('.picture g.node:not(.s-absent)')]"
            ".map((box) => box.querySelector('.name').textContent).sort()"
        ),
    )


def test_a_line_more_shows_its_step_and_leaves_the_rest_in_the_page(grown: Grown) -> None:
    page = grown.stub.page
    page.evaluate("kept = [...document.querySelectorAll('.picture g.node, .code li')]")

    root = grown.add("SSL_SESSION_up_ref(s);")

    assert page.evaluate("kept.map((one) => one.isConnected)") == [True] * 6
    expect(root).to_have_attribute("data-step", "3")
    expect(root.locator("[aria-current=step] code")).to_have_text("SSL_SESSION_up_ref(s);")
    assert ledger(root)["session#1"][0] == "1 → 2"
    expect(root.locator(".where")).to_contain_text("of 3")


def test_a_line_more_makes_no_control_anew(grown: Grown) -> None:
    page = grown.stub.page
    page.evaluate("kept = [...document.querySelectorAll('.sslrefs :is(button, input, option)')]")
    root = page.locator(".sslrefs").first
    root.get_by_role("slider", name="Step").focus()

    grown.add("SSL_SESSION_up_ref(s);")

    gone = page.evaluate("kept.filter((one) => !one.isConnected).map((one) => one.outerHTML)")
    assert gone == []
    expect(root.get_by_role("slider", name="Step")).to_be_focused()
    expect(root.get_by_role("slider", name="Step")).to_have_attribute("max", "3")


def test_an_arrow_more_leaves_the_rest_of_the_drawing_alone(grown: Grown) -> None:
    grown.add("SSL_SESSION *t = NULL;")
    grown.stub.page.evaluate(NOTE_CHANGES)

    grown.add("t = s;")

    changes = grown.stub.page.evaluate("[...new Set(changes)].sort()")
    assert changes == ["class of an item", "content of edges", "content of nodes"]


NOTE_CHANGES = """() => {
  window.changes = [];
  const svg = document.querySelector(".picture svg");
  const watch = new MutationObserver((records) => {
    for (const { type, target, attributeName } of records) {
      const what = type === "attributes" ? attributeName : "content";
      changes.push(`${what} of ${target.closest("g[id]") ? "an item" : (target.getAttribute("class") ?? target.localName)}`);
    }
  });
  watch.observe(svg, { attributes: true, childList: true, subtree: true });
}"""


def test_the_way_to_a_finding_comes_and_goes_with_it(grown: Grown) -> None:
    root = grown.stub.page.locator(".sslrefs").first
    way = root.get_by_role("button", name="Next finding")
    expect(way).to_have_count(0)

    grown.add("SSL_SESSION_free(s);")
    grown.add("SSL_SESSION_free(s);")
    expect(way).to_have_count(1)
    expect(root.locator(".findings .head")).to_have_count(1)
    way.click()
    expect(root.locator(".findings .here").first).to_be_visible()

    grown.lab.undo()
    grown.bring()
    expect(way).to_have_count(0)
    expect(root.locator(".findings")).to_have_text("Findings: none.")


def test_a_new_object_appears_beside_those_that_stay(grown: Grown) -> None:
    page = grown.stub.page
    # What stands in the first column moves nowhere.
    page.evaluate("kept = document.querySelector('.picture g.k-var')")

    root = grown.add("SSL *ssl = SSL_new(ctx);")

    assert boxes(page) == ["ctx", "ctx#1", "s", "session#1", "ssl", "ssl#1"]
    assert sorted(ledger(root)) == ["ctx#1", "session#1", "ssl#1"]
    assert page.evaluate("kept.isConnected")


def test_undo_and_clear_take_away_what_came(grown: Grown) -> None:
    page = grown.stub.page
    grown.add("SSL *ssl = SSL_new(ctx);")
    grown.lab.undo()
    root = grown.bring()
    undone = boxes(page)
    grown.lab.bench.clear()
    grown.lab.refresh()
    grown.bring()

    assert undone == ["ctx", "ctx#1", "s", "session#1"]
    expect(root.locator(".nothing")).to_contain_text("Nothing here yet.")
    assert boxes(page) == []


def test_what_it_shows_is_what_a_new_view_of_the_same_state_shows(grown: Grown) -> None:
    for line in ("SSL *ssl = SSL_new(ctx);", "SSL_connect(ssl);", "SSL_free(ssl);", "s = NULL;"):
        grown.add(line)
    grown.lab.bench.edit(5, "SSL_SESSION_free(s);")
    grown.lab.refresh()
    root = grown.bring()

    again = grown.stub.mount_again()

    expect(again).to_have_attribute("data-step", "6")
    parts = (".bar", ".picture svg", ".code", ".stack", ".ledger tbody", ".findings", ".narration")
    for part in (*parts, ".finder", ".strip"):
        texts = [view.locator(part).evaluate(PLAIN) for view in (root, again)]
        assert texts[0] == texts[1]


PLAIN = r"""(part) => {
  const copy = part.cloneNode(true);
  for (const one of copy.querySelectorAll("[id]")) one.id = one.id.replace(/^v\w+-/, "");
  for (const one of copy.querySelectorAll('[class=""]')) one.removeAttribute("class");
  return copy.innerHTML;
}"""


def test_what_was_chosen_in_the_player_stays_chosen(grown: Grown) -> None:
    root = grown.stub.page.locator(".sslrefs")
    root.get_by_role("button", name="More").click()
    root.get_by_label("Why").select_option("by the manual")
    root.get_by_label("Large type").check()
    root.get_by_role("button", name="session#1").click()

    grown.add("SSL_SESSION_up_ref(s);")

    expect(root.get_by_label("Why")).to_have_value("manual")
    expect(root.locator(".why").first).to_contain_text("SSL_SESSION_up_ref")
    expect(root).to_have_class("sslrefs large")
    expect(root.get_by_role("button", name="session#1")).to_have_attribute("aria-pressed", "true")
    assert grown.stub.page.evaluate("models[0].state.selected") == "session#1"


def test_boxes_glide_from_where_they_stood(grown: Grown) -> None:
    page = grown.stub.page
    page.evaluate(WATCH)

    # A longer name makes the first column wider: all that stands right of it moves.
    grown.add("SSL_SESSION *a_name_that_is_much_longer = s;")
    page.wait_for_function("seen.length > 0")

    seen: Any = page.evaluate("seen")
    assert any(one.startswith("translate(-") for one in seen)
    assert "opacity" in seen


def test_nothing_glides_for_who_asked_for_less_motion(grown: Grown) -> None:
    page = grown.stub.page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(WATCH)

    grown.add("SSL_SESSION *a_name_that_is_much_longer = s;")
    page.wait_for_function("frames > 5")

    assert page.evaluate("seen") == []


def test_a_prediction_of_a_line_that_is_another_now_is_forgotten(grown: Grown) -> None:
    root = grown.add("SSL_SESSION_up_ref(s);")
    root.get_by_role("button", name="More").click()
    root.get_by_role("combobox", name="Predict").select_option("always")
    picture = root.get_by_role("img", name="Ownership picture")
    picture.focus()
    grown.stub.page.keyboard.press("ArrowLeft")
    grown.stub.page.keyboard.press("ArrowRight")
    root.get_by_role("button", name="I don't know").click()
    said = root.locator(".verdict")
    expect(said).to_contain_text("Fair enough")

    grown.lab.bench.edit(3, "SSL_SESSION_free(s);")
    grown.lab.refresh()
    grown.bring()

    expect(said).to_have_count(0)
