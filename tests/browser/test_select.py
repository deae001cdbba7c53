"""A selected object: the rest is dimmed, and the player says why it is alive or who freed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from sslrefs.audit.answers import who_freed, why_alive
from sslrefs.model.objects import ObjectId
from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.reading import at, drawn, press
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def select(root: Locator, name: str) -> Locator:
    """Selects an object in the ledger; what is said about it."""
    root.get_by_role("button", name=name, exact=True).click()
    return root.get_by_role("group", name=f"About {name}")


def test_selecting_dims_what_has_nothing_to_do_with_it(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)

    about = select(root, "session#1")

    dim = root.locator(".picture .dim").evaluate_all(
        "(all) => all.map((e) => e.id.replace(/^v\\w+-/, ''))"
    )
    assert {"n_v_ctx", "n_v_ssl", "e_v_ctx__ctx1", "e_v_ssl__ssl1"} <= set(dim)
    assert {"n_session1", "n_ssl1", "n_ctx1", "n_row1_1", "e_ssl1__session1"}.isdisjoint(dim)
    expect(root.get_by_role("button", name="session#1", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(about).to_be_visible()
    press(root, "Close")
    expect(about).to_be_hidden()
    assert root.locator(".picture .dim").count() == 0


def test_a_click_in_the_picture_selects_and_a_second_one_frees(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)
    about = root.get_by_role("group", name="About ssl#1")

    drawn(root, "n_ssl1").click()
    expect(about).to_be_visible()
    drawn(root, "n_ctx1").click()
    expect(root.get_by_role("group", name="About ctx#1")).to_be_visible()
    drawn(root, "n_ctx1").click()
    expect(root.locator(".inspector")).to_be_hidden()


def test_what_is_dim_follows_the_steps(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)
    select(root, "session#1")

    press(root, "Forward (Right arrow)")

    at(root, 5)
    assert "dim" not in (drawn(root, "n_v_peek").get_attribute("class") or "").split()


@pytest.mark.parametrize("position", range(1, 11))
@pytest.mark.parametrize("kind", ["ctx", "ssl", "session"])
def test_the_answers_are_those_of_python(stub: StubPage, kind: Any, position: int) -> None:
    """Why it is alive and who freed it: the same lines as audit gives."""
    result = run(DELAYED)
    target = ObjectId(kind, 1)
    root = stub.mount(payload_of(result), position=10)
    about = select(root, str(target))
    root.get_by_role("slider").fill(str(position))
    at(root, position)

    expected = why_alive(result.timeline, result.ledger, target, position - 1)
    if expected.says.endswith("is gone"):
        gone = who_freed(result.timeline, result.ledger, target)
        expect(about.get_by_role("heading", name="Who freed it?")).to_be_visible()
        # The player says once per step what Python says once per count.
        lines = [*{f"step {r.step + 1}, line {r.line} {r.text}": None for r in gone.reasons}]
    elif expected.reasons:
        expect(about.get_by_role("heading", name="Why is it alive?")).to_be_visible()
        lines = [
            f"{r.holder} since step {r.step + 1}, line {r.line} {r.text}" for r in expected.reasons
        ]
    else:
        expect(about).to_contain_text("is not made yet")
        return
    said = about.locator("ul").first.locator("li").all_inner_texts()
    said = [re.sub(r"^\d+\u00a0→\u00a0\d+ ", "", text).replace("  ", " ") for text in said]
    assert sorted(said) == sorted(lines)


def test_the_history_leads_to_its_steps_and_keeps_the_focus(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)
    about = select(root, "session#1")
    history = about.locator(".history li")

    assert [text.replace("\u00a0", " ") for text in history.all_inner_texts()] == [
        "step 4, line 5 0 → 2; came: ssl#1.session, ctx#1.cache",
        "step 6, line 7 2 → 1",
        "step 8, line 9 1 → 0; went: ssl#1.session",
    ]
    history.nth(1).get_by_role("button").press("Enter")
    at(root, 6)
    expect(about.locator("button:focus")).to_have_text("step 6, line 7")
    expect(about).to_contain_text("Its count is 1, though 2 hold it")


def test_the_chart_says_its_counts(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)
    about = select(root, "session#1")

    chart = about.get_by_role(
        "img", name="Count of session#1 over time: 2 after step 4, 1 after step 6, 0 after step 8"
    )
    expect(chart).to_be_visible()
    assert chart.locator(".band title").evaluate_all("(all) => all.map((e) => e.textContent)") == [
        "ssl#1.session",
        "ctx#1.cache",
    ]


def test_going_back_before_it_was_made_keeps_the_keys_inside(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(DELAYED)), position=4)
    select(root, "session#1")

    stub.page.keyboard.press("Home")
    at(root, 0)
    stub.page.keyboard.press("ArrowRight")

    at(root, 1)
    assert stub.leaked() == []
