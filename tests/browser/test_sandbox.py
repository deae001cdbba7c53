"""The sandbox in a real JupyterLab: by mouse, and by the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook, write_notebook
from tests.browser.reading import ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

CELLS = ("import sslrefs\nlab = sslrefs.sandbox()\nlab", "'a cell below'")


def test_a_text_is_built_by_mouse_and_by_keyboard(page: Page, lab: JupyterServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    write_notebook(lab.root / "sandbox.ipynb", *CELLS)
    notebook = OpenNotebook.open(page, lab, "sandbox.ipynb")
    notebook.run_all()
    root = notebook.player()
    before = notebook.cells()
    bench = page.locator(".sslrefs-bench")

    # By mouse: a call of the palette, and a button of the selected object.
    bench.get_by_role("button", name="Do it").click()
    expect(root).to_have_attribute("data-step", "1")
    root.locator(".picture g.node", has_text="ctx#1").click()
    bench.get_by_role("button", name="SSL_new").click()
    expect(root).to_have_attribute("data-step", "2")
    assert ledger(root)["ctx#1"][0] == "1 → 3"

    # By keyboard alone: a line with a slip, mended; undo; and a call that is looked for.
    bench.get_by_role("textbox", name="a line of C").focus()
    page.keyboard.type("SSL_fre(ssl);")
    page.keyboard.press("Enter")
    expect(bench.get_by_role("alert")).to_contain_text("did you mean SSL_free?")
    page.keyboard.press("Control+A")
    page.keyboard.type("SSL_accept(ssl);")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-step", "3")
    bench.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-step", "2")
    # Letters that are commands of JupyterLab, on a button and on a list.
    for key in ("b", "d", "d", "x"):
        page.keyboard.press(key)
    bench.get_by_role("textbox", name="find").focus()
    page.keyboard.type("SSL_free(3)")
    expect(bench.get_by_text("SSL_free(ssl);")).to_be_visible()
    page.keyboard.press("Tab")
    expect(bench.get_by_role("listbox", name="calls")).to_be_focused()
    for key in ("a", "b", "d", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(bench.get_by_role("button", name="Do it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-step", "3")

    assert ledger(root)["ssl#1"][0] == "1 → 0"
    assert notebook.cells() == before
