"""The sandbox as a kiosk: Voila shows the widgets of binder/kiosk.ipynb, and no code and no cell."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import WAIT_LIMIT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

KIOSK = Path(__file__).parents[2] / "binder" / "kiosk.ipynb"


def test_a_visitor_builds_a_graph_and_sees_no_python(page: Page, lab: JupyterServer) -> None:
    shutil.copy(KIOSK, lab.root)

    # Voila asks a server elsewhere for its icons; there is no name outside, and it does without.
    page.goto(f"{lab.url}/voila/render/kiosk.ipynb", timeout=WAIT_LIMIT)
    player = page.locator(".sslrefs[data-loaded]")
    player.wait_for(timeout=WAIT_LIMIT)
    page.get_by_role("button", name="Do it").click()

    row = player.get_by_role("row", name="ctx#1")
    expect(row).to_contain_text("alive")
    expect(page.get_by_text("sslrefs.sandbox()")).to_have_count(0)
    expect(page.locator(".jp-CodeCell .jp-InputArea:visible")).to_have_count(0)
