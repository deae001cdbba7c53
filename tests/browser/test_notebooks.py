"""The project's notebooks in a real JupyterLab, used as a learner uses them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook
from tests.browser.reading import ledger

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[2] / "notebooks"


def run_all(page: Page, server: JupyterServer, name: str) -> OpenNotebook:
    """A notebook of the project after Run All."""
    # JupyterLab keeps cells out of the page that are out of sight: let all be in sight.
    page.set_viewport_size({"width": 1280, "height": 9000})
    shutil.copy(FOLDER / name, server.root)
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    return notebook


def quiz(page: Page, prompt: str) -> Locator:
    """The question with this prompt."""
    return page.locator(".sslrefs-quiz").filter(has_text=prompt)


def test_run_all_shows_the_players_of_start_here(page: Page, lab: JupyterServer) -> None:
    notebook = run_all(page, lab, "00_start_here.ipynb")

    root = notebook.player(2)
    expect(root).to_have_attribute("data-step", "3")  # where the cell before it ended
    root.get_by_role("img", name="Ownership picture").focus()
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-step", "4")

    assert ledger(root)["session#1"][0] == "2 → 3"
    assert page.locator(".sslrefs[data-loaded]").count() == 4
    assert page.locator(".sslrefs-quiz").count() == 5


def test_a_question_is_answered_by_keyboard(page: Page, lab: JupyterServer) -> None:
    notebook = run_all(page, lab, "00_start_here.ipynb")
    before = notebook.cells()
    question = quiz(page, "Who holds it then?")
    verdict = question.get_by_role("status")

    question.get_by_role("button").first.focus()
    for key in "abddxm":  # JupyterLab's own, which add, delete and change cells
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("You may see the session as a part of its connection.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(verdict).to_contain_text("✓ Yes.")

    chosen = question.get_by_role("button", name="✓ B. The connection and the cache of ctx")
    expect(chosen).to_be_focused()
    expect(question.get_by_role("button")).to_have_count(4)
    assert notebook.cells() == before


def test_the_flagship_leads_to_the_wrong_step(page: Page, lab: JupyterServer) -> None:
    notebook = run_all(page, lab, "06_broke_here_crashed_there.ipynb")

    quiz(page, "What happens at that line?").get_by_role("button", name="C.").click()
    expect(quiz(page, "What happens at that line?")).to_contain_text("One is left for two holders")
    still = page.get_by_role("img", name="5. SSL_SESSION_free(peek);")
    expect(still.get_by_text("1 ≠ 2", exact=True)).to_be_visible()

    root = notebook.player(2)
    root.get_by_role("button", name="wrong here").click()
    expect(root.locator("[aria-current=step] code")).to_have_text("SSL_SESSION_free(peek);")
    assert ledger(root)["session#1"] == [
        "2 → 1",
        "ssl#1.session, ctx#1.cache",
        "peek (lent)",
        "count 1 ≠ holders 2",
    ]


def test_the_inventory_is_gone_through_by_keyboard_alone(page: Page, lab: JupyterServer) -> None:
    run_all(page, lab, "12_inventory.ipynb")
    asked = page.locator(".sslrefs-quiz").first

    asked.get_by_role("button").first.focus()
    for number in range(1, 26):
        expect(asked).to_contain_text(f"Item {number} of 25.")
        expect(asked.get_by_role("button").first).to_be_focused()
        page.keyboard.press("Enter")

    expect(asked.get_by_role("status")).to_contain_text("The result, before the course")
    expect(asked.get_by_role("row").last).to_contain_text("of 25")
    asked.get_by_role("button", name="Show the answers").click()
    expect(asked.locator(".sslrefs-item")).to_have_count(25)
    assert (lab.root / "inventory-results.json").is_file()
