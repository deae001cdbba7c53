"""The player in a real JupyterLab and a real Notebook 7."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import OpenNotebook, write_notebook
from tests.browser.reading import ledger

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

ROOT = str(Path(__file__).parents[2])
CELLS = (
    f"""\
import sys
sys.path.insert(0, {ROOT!r})
from sslrefs.widgets.player import Player
from tests.browser.sample import lesson
player = Player(payload=lesson(), text="the text", svg="<svg/>")
player""",
    "'a cell below'",
)

# Keys that add, delete, cut, move or merge cells, start editing, or interrupt the kernel.
COMMANDS = [
    "a",
    "b",
    "d",
    "d",
    "x",
    "c",
    "v",
    "m",
    "y",
    "z",
    "Enter",
    "j",
    "k",
    "0",
    "0",
    "Shift+M",
]


def opened(page: Page, server: JupyterServer) -> OpenNotebook:
    """The sample notebook, run."""
    write_notebook(server.root / "player.ipynb", *CELLS)
    notebook = OpenNotebook.open(page, server, "player.ipynb")
    notebook.run_all()
    return notebook


def step_and_type(notebook: OpenNotebook) -> None:
    """Steps by key, reads the counts, and types every command key at every control."""
    page, root = notebook.page, notebook.player()
    root.get_by_role("img", name="Ownership picture").click()
    for position in range(1, 6):
        page.keyboard.press("ArrowRight")
        expect(root).to_have_attribute("data-step", str(position))
    counts = {name: cells[0] for name, cells in ledger(root).items()}
    assert counts == {"ctx#1": "3", "ssl#1": "1", "session#1": "2 → 1 ≠ 2"}

    for control in root.locator("button, input, [tabindex='0']").all():
        control.focus()
        for key in COMMANDS:
            page.keyboard.press(key)
    assert notebook.cells() == list(CELLS)


def test_lab_steps_by_key_and_no_key_reaches_the_notebook(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab)

    step_and_type(notebook)

    root = notebook.player()
    root.get_by_role("img", name="Ownership picture").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(page.locator(".jp-CodeCell")).to_have_count(3)


def test_notebook_7_steps_by_key_and_no_key_reaches_the_notebook(
    page: Page, notebook7: JupyterServer
) -> None:
    step_and_type(opened(page, notebook7))


def telling(frames: list[str | bytes]) -> list[str]:
    """What tells a widget something or asks the kernel for work; Lab's debugger asks anyhow."""
    texts = [raw if isinstance(raw, str) else raw.decode(errors="replace") for raw in frames]
    return [text for text in texts if "comm_" in text or "execute_request" in text]


def test_stepping_sends_nothing_to_the_kernel(page: Page, lab: JupyterServer) -> None:
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)  # Playwright cannot take the built-in method itself

    page.on("websocket", lambda socket: socket.on("framesent", note))
    notebook = opened(page, lab)
    root = notebook.player()
    root.get_by_role("slider").focus()
    assert telling(sent)
    sent.clear()

    for position in range(1, 10):
        page.keyboard.press("ArrowRight")
        expect(root).to_have_attribute("data-step", str(position))

    assert telling(sent) == []


def test_python_moves_the_player(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab)
    root = notebook.player()
    expect(root).to_have_attribute("data-step", "0")

    page.evaluate(
        "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
        ".requestExecute({ code: 'player.position = 6' }).done.then(() => true)"
    )

    expect(root).to_have_attribute("data-step", "6")


def test_a_library_is_chosen_in_the_header(page: Page, lab: JupyterServer) -> None:
    write_notebook(
        lab.root / "library.ipynb",
        "import sslrefs\n"
        "shown = sslrefs.run('SSL_CTX *c = SSL_CTX_new(TLS_client_method());'\n"
        "                    'SSL_CTX_flush_sessions_ex(c, 0); SSL_CTX_free(c);', start=2)\n"
        "shown",
    )
    notebook = OpenNotebook.open(page, lab, "library.ipynb")
    notebook.run_all()
    root = notebook.player()
    choice = root.get_by_role("combobox", name="Library")
    expect(choice).to_be_enabled()

    choice.select_option("LibreSSL")
    expect(root.get_by_role("group", name="Diagnostics")).to_contain_text("LibreSSL has no")
    choice.select_option("OpenSSL 3")
    expect(root).to_have_attribute("data-step", "2")

    page.evaluate(
        "jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
        ".requestExecute({ code: 'import os; os._exit(1)' }).done.catch(() => true)"
    )
    expect(choice).to_be_disabled()


def test_the_dark_theme_of_lab_is_followed(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab)
    root = notebook.player()
    paper = "(e) => getComputedStyle(e).backgroundColor"
    light = cast("str", root.evaluate(paper))

    page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })"
    )
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")

    expect(root).not_to_have_css("background-color", light)
    page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })"
    )
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "true")
