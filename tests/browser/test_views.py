"""Several views on a page, what a view hears from its model, and what it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.reading import at, drawn, press
from tests.browser.sample import lesson, synthetic

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
