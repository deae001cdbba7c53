"""The first lesson in a real JupyterLab, as a trainee goes through it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook
from tests.browser.reading import at, ledger

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

LESSON = Path(__file__).parents[2] / "notebooks" / "00_start_here.ipynb"
COUNT, HOLDERS, ONE_BUG = 0, 2, 3


@pytest.fixture
def lesson(page: Page, lab: JupyterServer) -> OpenNotebook:
    """The first lesson after Run All."""
    shutil.copy(LESSON, lab.root / LESSON.name)
    notebook = OpenNotebook.open(page, lab, LESSON.name)
    notebook.run_all()
    return notebook


def told(notebook: OpenNotebook, player: Locator) -> dict[int, list[str]]:
    """The ledger's row of session#1 by line of C, read after each press of the right arrow."""
    player.get_by_role("img", name="Ownership picture").click()
    notebook.page.keyboard.press("Home")
    at(player, 0)
    length = int(player.get_by_role("slider").get_attribute("max") or 0)
    rows: dict[int, list[str]] = {}
    for position in range(1, length + 1):
        notebook.page.keyboard.press("ArrowRight")
        at(player, position)
        line = player.locator("[aria-current] .number").inner_text()
        rows[int(line)] = ledger(player).get("session#1", [])
    return rows


def test_the_first_count_goes_up_and_down(lesson: OpenNotebook) -> None:
    counts = {line: row[:2] for line, row in told(lesson, lesson.player(COUNT)).items()}

    assert counts == {
        1: ["1", "s"],
        2: ["1 → 2", "s, s"],
        3: ["2 → 1", "s"],
        4: ["1 → 0", "–"],
    }
    expect(lesson.page.locator("[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(
        0
    )


def test_the_clean_run_gives_back_what_it_took(lesson: OpenNotebook) -> None:
    player = lesson.player(HOLDERS)
    rows = told(lesson, player)

    assert [line for line, row in rows.items() if not row] == [3, 4]
    assert {line: row[:2] for line, row in rows.items() if row} == {
        5: ["2", "ssl#1.session, ctx#1.cache"],
        6: ["2 → 3", "ssl#1.session, ctx#1.cache, s"],
        7: ["3", "ssl#1.session, ctx#1.cache, s"],
        8: ["3 → 2", "ctx#1.cache, s"],
        9: ["2 → 1", "ctx#1.cache"],
        10: ["1 → 0", "–"],
    }
    expect(player.get_by_text("Findings: none.")).to_be_visible()


def test_the_bug_is_seen_where_it_is_made_and_where_it_shows(lesson: OpenNotebook) -> None:
    player = lesson.player(ONE_BUG)
    rows = told(lesson, player)

    assert {line: row for line, row in rows.items() if line in (6, 8, 9)} == {
        6: ["2", "ssl#1.session, ctx#1.cache", "s (lent)", "alive"],
        8: ["2 → 1", "ctx#1.cache", "s (lent)", "alive"],
        9: ["1 → 0", "ctx#1.cache", "s (dangling)", "gone, but still held"],
    }
    expect(player.get_by_role("button", name="wrong here: step 7, line 9")).to_be_visible()
    expect(player.get_by_role("button", name="shows here: step 8, line 10")).to_be_visible()


def test_a_question_is_answered_by_mouse_and_by_keyboard(lesson: OpenNotebook) -> None:
    quiz = lesson.page.locator(".sslrefs-quiz").first
    wrong = quiz.get_by_role("button", name="A. The connection alone")
    wrong.click()
    expect(quiz.get_by_role("status")).to_contain_text("✗ Not so.")

    wrong.focus()
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("Enter")

    expect(quiz.get_by_role("status")).to_contain_text("✓ Yes.")
    expect(quiz.get_by_role("button", name="✓ B. The connection and the cache")).to_be_focused()
