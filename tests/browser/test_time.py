"""Time: by number, by event, by finding, by change, to a line, and by itself at a chosen speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.reading import at, press, stop_clock
from tests.browser.texts import CALLBACK, DELAYED

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def opened(stub: StubPage, text: str = DELAYED, position: int = 0) -> Locator:
    """A player of a real run with all its controls shown."""
    root = stub.mount(payload_of(run(text)), position=position)
    press(root, "More")
    root.locator(".picture").focus()
    return root


def test_a_step_number_can_be_typed(stub: StubPage) -> None:
    root = opened(stub)
    field = root.get_by_label("Step number")

    for typed, position, shown in [("7", 7, "7"), ("99", 10, "10"), ("x", 10, "10"), ("0", 0, "0")]:
        field.fill(typed)
        field.press("Enter")
        at(root, position)
        expect(field).to_have_value(shown)
    field.press("ArrowRight")
    field.press("f")
    at(root, 0)
    assert stub.leaked() == []


def test_a_step_opens_into_its_events(stub: StubPage) -> None:
    root = opened(stub, position=2)
    said = root.locator(".said")
    events = ["ssl#1 is made, count 1", "ctx#1: 1 → 2 (ssl#1.ctx)", "ssl#1.ctx points to ctx#1"]

    for tick, event in enumerate(events, 1):
        stub.page.keyboard.press("Shift+ArrowRight")
        expect(root).to_have_attribute("data-tick", str(tick))
        at(root, 2)
        expect(said).to_contain_text(event.replace(" → ", "\u00a0→\u00a0"))
    expect(said).to_contain_text("Inside step 3, event 3 of 6")
    assert (root.locator(".picture .event").get_attribute("id") or "").endswith("-n_ctx1")
    expect(root.locator("[aria-current=step] code")).to_have_text("SSL *ssl = SSL_new(ctx);")
    stub.page.keyboard.press("Shift+ArrowLeft")
    expect(root).to_have_attribute("data-tick", "2")
    for _ in range(5):
        press(root, "event ▸")
    at(root, 3)
    expect(root).to_have_attribute("data-tick", "0")
    expect(root.locator(".picture .event")).to_have_count(0)
    press(root, "◂ event")
    expect(root).to_have_attribute("data-tick", "6")
    at(root, 2)


def test_a_step_of_one_event_is_one_press(stub: StubPage) -> None:
    root = opened(stub, "SSL_SESSION *s = NULL;\nint x = 1;\n")

    stub.page.keyboard.press("Shift+ArrowRight")
    at(root, 1)
    stub.page.keyboard.press("Shift+ArrowLeft")
    at(root, 0)


def test_forward_and_back_leave_slow_motion(stub: StubPage) -> None:
    root = opened(stub, position=2)

    stub.page.keyboard.press("Shift+ArrowRight")
    stub.page.keyboard.press("ArrowLeft")
    expect(root).to_have_attribute("data-tick", "0")
    at(root, 2)
    stub.page.keyboard.press("Shift+ArrowRight")
    stub.page.keyboard.press("ArrowRight")
    at(root, 3)
    expect(root).to_have_attribute("data-tick", "0")


def test_findings_are_reached_both_ways(stub: StubPage) -> None:
    root = opened(stub)

    for name, position in [
        ("Next finding", 6),
        ("Next finding", 9),
        ("Next finding", 6),
        ("Previous finding", 9),
        ("Previous finding", 6),
    ]:
        press(root, name)
        at(root, position)


def test_the_changes_of_the_selected_object_are_reached_both_ways(stub: StubPage) -> None:
    root = opened(stub, position=5)
    root.get_by_role("button", name="session#1", exact=True).click()
    root.locator(".picture").focus()

    for key, position in [
        ("n", 6),
        ("n", 8),
        ("n", 8),
        ("Shift+N", 6),
        ("Shift+N", 5),
        ("Shift+N", 4),
        ("Shift+N", 4),
    ]:
        stub.page.keyboard.press(key)
        at(root, position)


def test_without_a_selection_there_is_no_next_change(stub: StubPage) -> None:
    root = opened(stub, position=2)

    stub.page.keyboard.press("n")

    at(root, 2)


def test_a_run_goes_to_the_line_with_a_stop(stub: StubPage) -> None:
    root = opened(stub)
    stops = root.locator(".code .stop code")

    root.locator(".code .number").nth(6).click()
    expect(stops).to_have_text(["SSL_SESSION_free(peek);"])
    press(root, "Run to stop")
    at(root, 6)
    press(root, "Run to stop")
    at(root, 10)
    field = root.get_by_label("Line of a stop")
    field.fill("7")
    field.press("Enter")
    expect(stops).to_have_count(0)
    field.fill("400")
    field.press("Enter")
    expect(stops).to_have_count(0)


def test_play_ends_at_a_stop(stub: StubPage) -> None:
    stop_clock(stub.page)
    root = opened(stub)
    root.locator(".code .number").nth(4).click()

    press(root, "Play")
    stub.page.clock.run_for(60_000)

    at(root, 4)
    expect(root.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(("speed", "position"), [("half", 2), ("normal", 3), ("fourfold", 9)])
def test_the_speed_can_be_chosen(stub: StubPage, speed: str, position: int) -> None:
    stop_clock(stub.page)
    root = opened(stub)
    root.get_by_role("combobox", name="Speed").select_option(speed)

    press(root, "Play")
    stub.page.clock.run_for(3100)

    at(root, position)


def test_the_call_stack_is_there_while_a_callback_runs(stub: StubPage) -> None:
    root = opened(stub, CALLBACK, position=5)
    stack = root.get_by_role("list", name="Call stack")

    assert stack.locator("li").all_inner_texts() == [
        "line 12: SSL_connect(ssl);",
        "line 5: kept = sess;",
    ]
    expect(root.locator(".said")).to_contain_text("In on_new, which SSL_connect(ssl) runs: ")
    before = root.locator(".picture svg").bounding_box()
    press(root, "Last (End)")
    assert stack.locator("li").count() == 0
    assert root.locator(".picture svg").bounding_box() == before


def test_a_program_without_functions_has_no_call_stack(stub: StubPage) -> None:
    root = opened(stub)

    expect(root.locator(".stack")).to_be_hidden()
