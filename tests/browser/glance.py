"""`python -m tests.browser.glance ADDRESS`: run the notebook at an address and step its first player.

For a JupyterLab of another environment than the tests' own, whose version may be another.
"""

from __future__ import annotations

import sys

from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.browser.jupyter import WAIT_LIMIT

__all__ = ["main"]


def main(address: str) -> None:
    """Raises what Playwright raises where something is not as it should be."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(address, timeout=WAIT_LIMIT)
        page.get_by_text("| Idle").wait_for(
            timeout=WAIT_LIMIT
        )  # else a cell that runs asks for a kernel
        for number in range(2):  # the imports and the first run; more would scroll that away
            page.locator(".jp-CodeCell .cm-content").nth(number).click()
            page.keyboard.press("Shift+Enter")
        player = page.locator(".sslrefs[data-loaded]").first
        player.wait_for(timeout=WAIT_LIMIT)
        player.get_by_role("button", name="Run line").click()
        expect(player.get_by_role("row", name="session#1")).to_be_visible(timeout=WAIT_LIMIT)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
