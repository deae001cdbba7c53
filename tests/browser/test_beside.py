"""Two runs side by side, and the change of a line that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.lessons.catalogue.broke_here import CLEAN, ONE_LINE_MORE
from sslrefs.studio.beside import Beside
from sslrefs.studio.edit import Edit
from sslrefs.studio.export import page_beside
from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.jupyter import OpenNotebook, write_notebook
from tests.browser.reading import at, press
from tests.browser.test_access import violations
from tests.browser.texts import CALLBACK

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.jupyter import JupyterServer
    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

BUGGY, FIXED = ONE_LINE_MORE.text, CLEAN.text


def both(edit: Edit | None = None) -> Beside:
    """The flagship with and without its bug."""
    return Beside(run(BUGGY), run(FIXED), names=("buggy", "fixed"), edit=edit)


def side(root: Locator, name: str) -> Locator:
    """One of the two runs."""
    return root.get_by_role("group", name=name, exact=True)


def now(root: Locator, name: str) -> str:
    """The line that a side marks."""
    return side(root, name).locator("[aria-current=step] code").inner_text()


def differing(root: Locator, name: str) -> list[str]:
    """The objects that a side marks as different."""
    return side(root, name).locator("tr.differs button").all_inner_texts()


def test_both_go_together_and_wait_for_each_other(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=4)
    assert differing(root, "buggy") == differing(root, "fixed") == []
    expect(root.get_by_text("waits for the other run")).to_have_count(2)
    expect(root.locator("span:visible", has_text="waits for")).to_have_count(0)

    root.locator(".picture").first.focus()
    stub.page.keyboard.press("ArrowRight")

    at(root, 5)
    assert now(root, "buggy") == "SSL_SESSION_free(peek);"
    expect(side(root, "fixed").get_by_text("waits for the other run")).to_be_visible()
    assert differing(root, "buggy") == differing(root, "fixed") == ["session#1"]
    expect(side(root, "buggy").locator(".picture g.differs")).to_have_count(1)
    stub.page.keyboard.press("ArrowRight")
    assert now(root, "buggy") == now(root, "fixed") == "SSL_shutdown(ssl);"
    assert stub.leaked() == []


def test_the_first_difference_is_said_marked_and_reached(stub: StubPage) -> None:
    root = stub.mount(both().payload())
    expect(root.get_by_text("First difference: session#1: count 1 | 2")).to_be_visible()
    expect(root.locator(".timeline .mark.differs")).to_have_count(1)
    expect(side(root, "buggy").get_by_role("img", name="only in this text")).to_have_count(1)
    expect(side(root, "fixed").get_by_role("img", name="only in this text")).to_have_count(0)

    root.locator(".picture").first.focus()
    stub.page.keyboard.press("d")

    at(root, 5)
    stub.page.keyboard.press("f")
    at(root, 8)  # where it shows, in the moments of both


def test_a_finding_leads_to_its_moment(stub: StubPage) -> None:
    root = stub.mount(Beside(run(FIXED), run(BUGGY)).payload())

    side(root, "right").get_by_role("button", name="shows here: step 8").click()

    at(root, 8)


def test_selecting_dims_on_both_sides(stub: StubPage) -> None:
    root = stub.mount(both().payload(), position=4)

    side(root, "fixed").get_by_role("button", name="session#1", exact=True).click()

    for name in ("buggy", "fixed"):
        expect(side(root, name).locator(".picture g.chosen")).to_have_count(1)


def test_axe_finds_nothing_and_nothing_sticks_out(stub: StubPage) -> None:
    root = stub.mount(Beside(run(CALLBACK), run(FIXED)).payload(), position=5)

    assert violations(stub) == []
    for width in (1280, 640, 480):
        stub.page.set_viewport_size({"width": width, "height": 720})
        assert root.evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0, width


def test_the_sides_parts_stand_at_one_height(stub: StubPage) -> None:
    """One side has a call stack and the other has not."""
    root = stub.mount(Beside(run(CALLBACK), run(FIXED)).payload(), position=5)

    for part in (".left", ".stage", ".ledger", ".findings"):
        tops = root.locator(f".side > {part}").evaluate_all(
            "(all) => all.map((e) => Math.round(e.getBoundingClientRect().top))"
        )
        assert tops[0] == tops[1], part


def test_without_a_kernel_a_change_is_explained(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(BUGGY)), position=5)
    root.locator(".picture").focus()
    stub.page.keyboard.press("e")

    expect(root.get_by_text("that needs a running kernel")).to_be_visible()
    expect(root.get_by_role("button", name="Show a one-line repair")).to_be_hidden()
    expect(root.get_by_role("textbox", name="C line")).to_have_value("SSL_SESSION_free(peek);")
    expect(root.get_by_role("textbox", name="C line")).to_be_focused()
    stub.page.keyboard.press("Enter")
    assert stub.page.evaluate("models[0].saved") == 0


def test_a_fork_can_be_closed_without_a_kernel(stub: StubPage) -> None:
    root = stub.mount(both(Edit("delete", 7)).payload(), position=5)

    press(root, "Close the fork")

    at(root, 5)
    expect(root.locator(".side")).to_have_count(0)
    expect(root.locator("[aria-current=step] code")).to_have_text("SSL_SESSION_free(peek);")


def test_a_page_of_both_plays_alone(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "both.html"
    file.write_bytes(page_beside(both(), position=5))
    noted: list[str] = []
    page.on("console", lambda message: noted.append(message.text))

    page.goto(file.as_uri())

    root = page.locator(".sslrefs[data-loaded]")
    at(root, 5)
    assert differing(root, "fixed") == ["session#1"]
    assert noted == []


def test_in_lab_a_line_is_changed_repaired_and_taken_back(page: Page, lab: JupyterServer) -> None:
    write_notebook(lab.root / "fork.ipynb", f"import sslrefs\nsslrefs.run('''{BUGGY}''', start=5)")
    notebook = OpenNotebook.open(page, lab, "fork.ipynb")
    notebook.run_all()
    root = notebook.player()
    root.locator(".picture").focus()

    page.keyboard.press("e")
    line = root.get_by_role("textbox", name="C line")
    expect(line).to_be_focused()
    line.fill("SSL_SESSION_free(pek);")
    page.keyboard.press("Enter")
    expect(root.get_by_text("pek is not declared")).to_be_visible()
    line.fill("SSL_SESSION_up_ref(peek);")
    page.keyboard.press("Enter")
    expect(side(root, "write in line 7: SSL_SESSION_up_ref(peek);")).to_be_visible()
    at(root, 5)
    press(root, "Close the fork")
    expect(root.locator(".side")).to_have_count(0)

    press(root, "Show a one-line repair")
    expect(side(root, "delete line 7").get_by_text("no finding", exact=True)).to_be_visible()
    assert len(notebook.cells()) == 1


def test_where_a_change_would_be_the_answer_none_is_offered(stub: StubPage) -> None:
    root = stub.mount(payload_of(run(BUGGY)), position=5)
    stub.bring(payload_of(run(BUGGY)), forks=False)
    stub.page.evaluate("models.at(-1).tell('msg:custom', { rerun: true })")
    expect(root).to_have_attribute("data-loaded", "2")

    press(root, "More")

    for name in ("Change a line", "Show a one-line repair"):
        expect(root.get_by_role("button", name=name)).to_have_count(0)
