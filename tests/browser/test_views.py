"""Several views on a page, what a view hears from its model, and what it leaves behind."""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.benchmarks.lasting import held, open_and_close
from tests.browser.reading import at, drawn, press
from tests.browser.sample import lesson, synthetic
from tests.browser.stub import LOAD, STATIC
from tests.browser.test_beside import both

if TYPE_CHECKING:
    from tests.browser.stub import Form, StubPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("form", ["DataView", "ArrayBuffer", "Uint8Array", "offset"])
def test_the_bytes_may_come_in_any_form(stub: StubPage, form: Form) -> None:
    at(stub.mount(lesson(), form=form), 0)


def test_two_players_do_not_disturb_each_other(stub: StubPage) -> None:
    first, second = stub.mount(lesson()), stub.mount(lesson())

    press(first, "Last (End)")

    at(first, 9)
    at(second, 0)
    expect(drawn(second, "n_ctx1")).to_have_class("node k-ctx s-absent")
    assert duplicate_ids(stub) == []


def test_two_views_of_one_player_move_together(stub: StubPage) -> None:
    first, second = stub.mount(lesson()), stub.mount_again()

    press(second, "Last (End)")

    at(first, 9)
    at(second, 9)
    assert duplicate_ids(stub) == []


def test_ten_players_on_a_page_go_their_own_ways(stub: StubPage) -> None:
    players = [stub.mount(lesson()) for _ in range(10)]

    for number, root in enumerate(players):
        root.get_by_label("Step number").fill(str(number))
        stub.page.keyboard.press("Enter")

    for number, root in enumerate(players):
        at(root, number)
    assert duplicate_ids(stub) == []
    assert stub.leaked() == []


def test_in_a_shadow_root_it_has_its_look_and_its_keys(stub: StubPage) -> None:
    """Such as marimo gives each widget: no style sheet of the page is heard there."""
    stub.mount(lesson())
    stub.page.evaluate(
        """() => {
          const host = document.querySelector("main").appendChild(document.createElement("div"));
          const el = host.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
          widget.render({ model: models[0], el });
        }"""
    )
    root = stub.page.locator("main > div:last-child .sslrefs")

    expect(root.locator(".bar")).to_have_css("display", "flex")
    root.locator(".picture").focus()
    stub.page.keyboard.press("End")
    at(root, 9)
    press(root, "More")
    with stub.page.expect_download() as download:
        press(root, "Save")
    assert ".sslrefs-picture" in download.value.path().read_text(encoding="utf-8")
    assert stub.leaked() == []


def test_closed_views_hold_no_listener_and_no_node(stub: StubPage) -> None:
    stub.mount(lesson())
    open_and_close(stub, 2)
    before = held(stub.page)

    open_and_close(stub, 8)
    after = held(stub.page)

    # Chromium may keep the very last one a while; eight would be eight times as many.
    assert after.listeners < 2 * before.listeners
    assert after.nodes < 2.5 * before.nodes


USED = """async (times) => {
  window.gone = [];
  for (let time = 0; time < times; time++) {
    mount(models.at(-1));
    const { el, close } = views.pop();
    const root = el.firstElementChild;
    while (!root.dataset.loaded) await new Promise(requestAnimationFrame);
    root.querySelector(".picture").focus();
    const keys = ["ArrowRight", "End", "k", "t", "e", "p", "p", "ArrowLeft", "ArrowRight", " "];
    for (const key of keys) root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    root.querySelector(".ledger button").click();
    gone.push(new WeakRef(root));
    close();
    el.remove();
  }
}"""
"""Opens views, uses all there is in them, and closes them again."""


@pytest.mark.parametrize("kind", ["one run", "two runs", "very many boxes"])
def test_nothing_keeps_a_view_that_was_used_and_closed(stub: StubPage, kind: str) -> None:
    crowded = synthetic(400, 4)
    payloads = {"one run": lesson(), "two runs": both().payload(), "very many boxes": crowded}
    stub.mount(payloads[kind], position=3)

    stub.page.evaluate(USED, 5)

    stub.page.request_gc()
    kept = stub.page.evaluate("gone.map((view) => view.deref() !== undefined)")
    assert not any(kept[:-1])  # the browser itself may hold on to the last one for a frame


def duplicate_ids(stub: StubPage) -> list[str]:
    """Ids that stand twice in the page."""
    ids: list[str] = stub.page.evaluate(
        "[...document.querySelectorAll('[id]')].map(({ id }) => id)"
    )
    assert len(ids) > 20
    return [name for name in set(ids) if ids.count(name) > 1]


def test_cleaning_up_leaves_nothing(stub: StubPage) -> None:
    """Steps by script: Playwright's own clicks and waits listen on the window."""
    root = stub.mount(lesson())
    stub.page.evaluate(
        """() => {
          window.kept = document.querySelector(".sslrefs");
          window.end = new KeyboardEvent("keydown", { key: "End", bubbles: true });
          kept.querySelector(".play").click();
        }"""
    )
    at(root, 1)

    stub.page.evaluate("views[0].close()")

    assert stub.page.evaluate("outside") == []
    assert stub.page.evaluate("models[0].heard") == []
    assert stub.page.evaluate("views[0].el.childNodes.length") == 0
    assert stub.page.evaluate("(kept.dispatchEvent(end), kept.dataset.step)") == "1"


def test_a_new_payload_replaces_the_old_one(stub: StubPage) -> None:
    root = stub.mount(lesson(), position=9)
    at(root, 9)

    stub.page.evaluate("models.push(models[0])")
    stub.mount(synthetic(10, 4))
    stub.page.evaluate("models[0].set('payload', models.at(-1).get('payload'))")

    at(root, 4)
    expect(root.get_by_label("Step number")).to_have_value("4")


def another_version() -> str:
    """The player's script as a later version would have it: its sheet says something else."""
    script = (STATIC / "player.js").read_text(encoding="utf-8")
    mark = re.findall(r'dataset\.look="(\w+)"', script)[0]
    packed = re.findall(r'atob\("([^"]+)"\)', script)[0]
    text = zlib.decompress(base64.b64decode(packed), wbits=-15).decode()
    sheet, code = text.split("\0")
    rule = (
        sheet[: sheet.index("{")].replace(".sslrefs-picture", ".sslrefs") + " .bar{display:block}"
    )
    other = zlib.compress(f"{sheet}{rule}\0{code}".replace(mark, "later").encode(), wbits=-15)
    return script.replace(packed, base64.b64encode(other).decode()).replace(mark, "later")


def test_two_versions_on_a_page_keep_their_own_looks(stub: StubPage) -> None:
    first = stub.mount(lesson())
    stub.page.evaluate(LOAD, another_version())
    second = stub.mount(lesson())

    expect(second.locator(".bar")).to_have_css("display", "block")
    expect(first.locator(".bar")).to_have_css("display", "flex")
    press(first, "More")
    with stub.page.expect_download() as download:
        press(first, "Save")
    assert "data-look" not in download.value.path().read_text(encoding="utf-8")
