"""What goes wrong in a training room: a kernel dies, a notebook is reopened, versions meet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs import places
from tests.browser.jupyter import IDLE, OpenNotebook, write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.jupyter import JupyterServer

pytestmark = pytest.mark.browser

SETTINGS = Path(places.__file__).parent / "labconfig" / "default_setting_overrides.json"
RUN = """\
import sslrefs
sslrefs.run("SSL_SESSION *s = SSL_SESSION_new();\\nSSL_SESSION_up_ref(s);\\nSSL_SESSION_free(s);")
"""
# As a version to come would do it: this one's player cannot know its data.
NEWER = "import sslrefs.studio.payload as payload\npayload.SCHEMA += 1\n" + RUN
DIE = """async () => {
  const session = jupyterapp.shell.currentWidget.context.sessionContext.session;
  const gone = new Promise((done) => session.statusChanged.connect((_, status) => {
    if (["dead", "restarting", "autorestarting", "starting", "unknown"].includes(status)) done();
  }));
  session.kernel.requestExecute({ code: "import os; os._exit(1)" }).done.catch(() => undefined);
  await gone;
}"""


def opened(page: Page, server: JupyterServer, name: str, code: str = RUN) -> OpenNotebook:
    write_notebook(server.root / name, code)
    notebook = OpenNotebook.open(page, server, name)
    notebook.run_all()
    return notebook


def test_a_kernel_that_dies_leaves_the_player_stepping(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab, "dies.ipynb")
    root = notebook.player()
    root.get_by_role("img", name="Ownership picture").click()
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-step", "1")

    page.evaluate(DIE)

    page.get_by_role("dialog").get_by_role("button", name="Ok").click()  # Lab tells of it
    root.get_by_role("img", name="Ownership picture").click()
    page.keyboard.press("ArrowRight")
    expect(root).to_have_attribute("data-step", "2")
    expect(root.get_by_role("combobox", name="Library")).to_be_disabled()

    page.wait_for_function(IDLE)
    notebook.run_all()
    expect(notebook.player()).to_have_attribute("data-step", "0")


ASK = """\
import sslrefs
from sslrefs.lessons.catalogue import start_here
sslrefs.ask(start_here.ONE_LEFT)
"""


def test_a_press_that_no_kernel_hears_is_told(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab, "asks.ipynb", ASK)
    page.get_by_role("button", name="B. 1 = s").click()
    expect(page.locator(".sslrefs-verdict")).to_contain_text("✓ Yes.")

    page.evaluate(DIE)
    page.get_by_role("dialog").get_by_role("button", name="Ok").click()
    page.get_by_role("button", name="A. 0").click()

    nobody = page.get_by_text("Nobody answers.")
    expect(nobody).to_contain_text("run this cell again")
    page.wait_for_function(IDLE)
    notebook.run_all()
    page.get_by_role("button", name="A. 0").click()
    expect(page.locator(".sslrefs-verdict")).to_contain_text("✗ Not so.")
    expect(nobody).to_have_count(0)


@pytest.fixture
def saving(lab: JupyterServer) -> Iterator[None]:
    """JupyterLab as `sslrefs lab` and Binder set it: players are saved with their notebook."""
    plugin = "@jupyter-widgets/jupyterlab-manager"
    values = json.loads(SETTINGS.read_text(encoding="utf-8"))[f"{plugin}:plugin"]
    settings = lab.root.parent / "jupyterlab_settings_dir" / plugin / "plugin.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(values), encoding="utf-8")
    yield
    settings.unlink()


@pytest.mark.usefixtures("saving")
def test_a_reopened_notebook_shows_its_players(page: Page, lab: JupyterServer) -> None:
    notebook = opened(page, lab, "again.ipynb")
    notebook.player()
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.evaluate("jupyterapp.shell.currentWidget.context.sessionContext.shutdown()")

    again = OpenNotebook.open(page, lab, "again.ipynb")  # on a fresh kernel, nothing run

    again.player().get_by_role("img", name="Ownership picture").click()
    page.keyboard.press("ArrowRight")
    expect(again.player()).to_have_attribute("data-step", "1")
    expect(again.player().get_by_role("combobox", name="Library")).to_be_disabled()
    saved = (lab.root / "again.ipynb").stat().st_size
    assert saved < 60_000


def test_two_versions_in_two_tabs_do_not_disturb_each_other(page: Page, lab: JupyterServer) -> None:
    here = opened(page, lab, "here.ipynb")
    tab = page.context.new_page()
    opened(tab, lab, "newer.ipynb", NEWER)

    told = tab.locator(".sslrefs").get_by_role("alert")
    expect(told).to_contain_text("recorded by a newer sslrefs")
    expect(told).to_contain_text("Update sslrefs and run the cell again.")
    here.player().get_by_role("img", name="Ownership picture").click()
    page.keyboard.press("End")
    expect(here.player()).to_have_attribute("data-step", "3")
