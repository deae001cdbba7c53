"""A challenge in a real JupyterLab, solved by mouse and by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook, write_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

NAME = "challenge.ipynb"


@pytest.fixture
def notebook(page: Page, lab: JupyterServer) -> OpenNotebook:
    """A notebook with a text to repair and a line to choose, after Run All."""
    page.set_viewport_size({"width": 1280, "height": 2400})
    write_notebook(
        lab.root / NAME,
        "import sslrefs",
        'sslrefs.challenge("lost-name")',
        'sslrefs.challenge("first-wrong")',
    )
    opened = OpenNotebook.open(page, lab, NAME)
    opened.run_all()
    return opened


def box(notebook: OpenNotebook, title: str) -> Locator:
    """The challenge with this title."""
    return notebook.page.locator(".sslrefs-challenge").filter(has_text=title)


def test_a_challenge_is_solved_by_mouse(notebook: OpenNotebook) -> None:
    repair = box(notebook, "The name that was used twice")
    text = repair.get_by_role("textbox", name="Your C text")
    verdict = repair.locator(".sslrefs-verdict")

    repair.get_by_role("button", name="Run").click()
    expect(verdict).to_contain_text("✗ Not yet. Line 2 overwrites s")
    expect(repair.locator(".sslrefs[data-loaded]")).to_have_attribute("data-step", "2")
    repair.get_by_role("button", name="Hint").click()
    expect(repair.get_by_text("Hint 1.")).to_be_visible()
    text.fill(text.input_value().replace("\ns =", "\nSSL_SESSION_free(s);\ns ="))
    repair.get_by_role("button", name="Run").click()

    expect(verdict).to_contain_text("✓ Solved.")
    expect(verdict).to_contain_text("1 changed line: that is par.")
    expect(repair.locator(".sslrefs[data-loaded]")).to_have_count(1)
    expect(repair.get_by_text("Findings: none.")).to_be_visible()

    explain = box(notebook, "Three frees")
    explain.get_by_role("button", name="6 SSL_SESSION_free(t);").click()
    expect(explain.get_by_role("status")).to_contain_text("Both were taken")
    explain.get_by_role("button", name="8 SSL_SESSION_free(u);").click()
    expect(explain.locator(".sslrefs[data-loaded]")).to_be_visible()
    expect(explain.get_by_text("2 choices; par is 1.")).to_be_visible()


def test_a_challenge_is_solved_by_keyboard_alone(notebook: OpenNotebook) -> None:
    before = notebook.cells()
    keyboard = notebook.page.keyboard
    repair = box(notebook, "The name that was used twice")
    text = repair.get_by_role("textbox", name="Your C text")

    expect(text).to_be_visible()

    # From the cell, where JupyterLab's own keys lead, past the buttons of its tool bar.
    cell = notebook.page.locator(".jp-Cell").nth(1)
    cell.focus()
    expect(cell).to_have_class(re.compile("jp-mod-active"))
    for _ in range(12):
        keyboard.press("Tab")
        if text.evaluate("element => element === document.activeElement"):
            break
    expect(text).to_be_focused()
    keyboard.press("Control+Home")
    keyboard.press("End")
    keyboard.press("Enter")
    keyboard.type("SSL_SESSION_free(s); // add a d d x y z b")
    keyboard.press("Tab")
    expect(repair.get_by_role("button", name="Run")).to_be_focused()
    keyboard.press("Enter")

    expect(repair.locator(".sslrefs-verdict")).to_contain_text("✓ Solved.")
    keyboard.press("Tab")
    keyboard.press("Space")
    expect(repair.get_by_text("Hint 1.")).to_be_visible()
    assert notebook.cells() == before
