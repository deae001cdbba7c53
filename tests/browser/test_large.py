"""Large runs: groups that share a box, names that are found, and a warning before all is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import Run, run
from tests.benchmarks.programs import connections, crowd
from tests.browser.reading import at, drawn, ledger, press
from tests.browser.sample import synthetic
from tests.browser.test_access import violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


def test_a_group_is_one_box_and_one_line_until_somebody_asks(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(connections(50))), position=200)
    rows = ledger(root)

    assert {"ssl#1", "ssl#3", "ssl#25", "session#25"} <= set(rows)  # the few, and what changed
    assert "session#12" not in rows
    expect(root.get_by_text("+42 more objects, 0 of them alive")).to_be_visible()
    root.locator(".picture g.k-session[id*=more]").click()
    expect(root.get_by_text("This box stands for 47 objects")).to_be_visible()
    expect(root.get_by_text("+23 more: type more of a name")).to_be_visible()

    press(root, "session#12")

    assert ledger(root)["session#12"][0] == "0"
    expect(root.get_by_role("heading", name="session#12")).to_be_visible()
    expect(root.locator(".picture g.chosen")).to_have_count(1)
    assert violations(stub) == []


def test_an_object_is_found_by_its_name(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(connections(50))), position=200)
    field = root.get_by_role("searchbox", name="Find an object")

    field.fill("ssl#4")
    found = root.get_by_role("group", name="Objects found").get_by_role("button")
    assert found.all_inner_texts()[:3] == ["ssl#4", "ssl#40", "ssl#41"]
    field.press("Enter")
    expect(root.get_by_role("heading", name="ssl#4", exact=True)).to_be_visible()
    field.fill("nothing")
    expect(root.get_by_text("No object of this run has nothing in its name.")).to_be_visible()
    at(root, 200)
    assert stub.leaked() == []


def test_drawing_all_is_asked_for_with_numbers(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(connections(500))))
    expect(root.get_by_role("button", name="Draw all")).to_be_hidden()  # nobody could
    stub.page.evaluate("models.at(-1).tell('msg:custom', { rerun: true })")

    press(root, "Draw all 1,004")
    expect(
        root.get_by_text("Drawing all 1,004 boxes takes about 3 s and adds 1.7 MB")
    ).to_be_visible()
    assert stub.page.evaluate("models[0].get('whole')") is None
    press(root, "Draw them all")

    assert stub.page.evaluate("[models[0].get('whole'), models[0].saved]") == [True, 1]


def test_many_findings_are_told_by_kind_and_number(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(crowd(500, 10))), position=3)
    entries = root.get_by_role("group", name="Findings").locator("> ul > li")

    expect(entries).to_have_count(5)  # three that are lost, the others of them, one leak
    others = entries.filter(has_text="+496 more: lost pointer, line 2")
    others.locator("summary").click()

    expect(others.locator("li")).to_have_count(496)
    expect(root.locator(".code").get_by_role("img", name="wrong here")).to_have_count(
        1
    )  # one line, one sign


def everything_drawn(stub: StubPage) -> Locator:
    """A player of 700 objects, each with its own box."""
    timeline = run(crowd(700, 3)).timeline
    return stub.mount(payload_of(Run(timeline, is_whole=True)), position=705)


def test_of_a_very_large_drawing_what_is_in_view_is_laid_out(stub: StubPage) -> None:
    root = everything_drawn(stub)
    frame = root.locator(".picture")
    first, last = (drawn(root, f"n_session{number}") for number in (1, 700))
    expect(last).to_be_in_viewport()  # what the step touched
    expect(first).to_be_hidden()

    frame.evaluate("(e) => { e.scrollTop = 0; }")

    expect(first).to_be_in_viewport()
    expect(last).to_be_hidden()
    assert frame.locator("g.node:not([style*=none])").count() < 200
    frame.focus()
    stub.page.keyboard.press("ArrowLeft")
    expect(last).to_be_in_viewport()


def test_a_small_drawing_is_left_as_it_is(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(connections(50))), position=200)

    expect(root.locator(".picture [style*=none]")).to_have_count(0)


def test_a_very_long_ledger_says_how_many_more_there_are(stub: StubPage) -> None:
    root = everything_drawn(stub)

    expect(root.get_by_text("+549 more objects, 549 of them alive")).to_be_visible()
    assert "session#700" in ledger(root)  # the step is about it
    assert "session#650" not in ledger(root)
    root.get_by_role("searchbox", name="Find an object").fill("session#650")
    press(root, "session#650")
    assert "session#650" in ledger(root)


def test_of_a_very_long_text_the_line_of_the_step_is_in_view(stub: StubPage) -> None:
    root = stub.mount(synthetic(5, 900), position=3)
    line = root.locator("[aria-current=step]")
    expect(line).to_have_text("3call_2(ssl);")

    root.locator(".picture").focus()
    stub.page.keyboard.press("End")
    expect(line).to_be_in_viewport(ratio=0.9)
    expect(line).to_have_text("900call_899(ssl);")
    stub.page.keyboard.press("Home")
    stub.page.keyboard.press("ArrowRight")
    expect(line).to_be_in_viewport(ratio=0.9)
    expect(line).to_have_text("1call_0(ssl);")
