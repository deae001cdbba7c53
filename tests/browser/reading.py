"""What a test reads from a player's page, and how it presses its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["at", "drawn", "ledger", "press", "stop_clock"]


def at(root: Locator, position: int) -> None:
    """Waits until a player shows a position."""
    expect(root).to_have_attribute("data-step", str(position))


def press(root: Locator, name: str) -> None:
    """Presses a button of the player."""
    root.get_by_role("button", name=name, exact=True).click()


def stop_clock(page: Page) -> None:
    """From now on the page's time goes on by `page.clock.run_for` alone, however slow the machine."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def ledger(root: Locator) -> dict[str, list[str]]:
    """The visible rows of the ledger by object."""
    rows = root.get_by_role("table", name="Ledger").locator("tbody tr:visible")
    texts = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    return {cells[0]: cells[1:] for cells in texts}


def drawn(root: Locator, item: str) -> Locator:
    """The group of an item of the picture."""
    return root.locator(f".picture g[id$='-{item}']")
