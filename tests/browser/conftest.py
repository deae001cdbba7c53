"""Chromium, the page with a stand-in model, and Jupyter servers for the browser tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.jupyter import JupyterServer, serving
from tests.browser.stub import StubPage
from tests.required import program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Error, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A training room may have no network: whatever is shown must need no name outside.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000
"""Milliseconds for what should take a few: a busy machine is no fault of the player's."""
HOW = "no Chromium found: install it (Debian: apt-get install chromium)"


def find_chromium() -> str:
    """The browser's path; without one the test is skipped, or fails where it is required."""
    return program("browser", PROGRAMS, HOW)


# Not for the whole session: Playwright's event loop would be in the way of tests in other folders.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of this folder."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = find_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page; errors of the player's script, which comes from a blob, fail the test."""
    errors: list[str] = []

    def note(error: Error) -> None:
        if "blob:" in (error.stack or ""):
            errors.append(str(error))

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    opened.on("pageerror", note)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def stub(page: Page) -> StubPage:
    """The empty page with the player's script loaded."""
    stub = StubPage(page)
    stub.load()
    return stub


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """A running JupyterLab; put notebooks into its `root`."""
    folder: Path = tmp_path_factory.mktemp("lab")
    with serving("lab", folder) as server:
        yield server


@pytest.fixture(scope="package")
def notebook7(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """A running Notebook 7; put notebooks into its `root`."""
    folder: Path = tmp_path_factory.mktemp("notebook7")
    with serving("notebook", folder) as server:
        yield server
