"""A run as the result of a marimo cell: the player paints and steps in the shadow root it gets."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import START_LIMIT as END_LIMIT
from tests.browser.jupyter import WAIT_LIMIT, environment, free_port, wait_for_answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

APP = """
import marimo

app = marimo.App()


@app.cell
def _():
    import sslrefs

    sslrefs.run("SSL_SESSION *s = SSL_SESSION_new();\\nSSL_SESSION_up_ref(s);")
    return (sslrefs,)


@app.cell
def _(sslrefs):
    sslrefs.compare("SSL_SESSION *s = SSL_SESSION_new();", "SSL_SESSION *s = NULL;")
    return
"""


@pytest.fixture
def marimo(tmp_path: Path) -> Iterator[str]:
    """The address of a running marimo application."""
    app, log, port = tmp_path / "app.py", tmp_path / "server.log", free_port()
    app.write_text(APP, encoding="utf-8")
    command = [sys.executable, "-m", "marimo", "run", str(app), "--headless", "--no-token"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host=127.0.0.1", f"--port={port}"],
            env=environment(tmp_path),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_answer(f"{url}/health", process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=END_LIMIT)


def test_a_run_is_a_player_that_steps_and_two_runs_are_one(page: Page, marimo: str) -> None:
    page.goto(marimo, timeout=WAIT_LIMIT)
    players = page.locator(".sslrefs[data-loaded]")
    expect(players).to_have_count(2, timeout=WAIT_LIMIT)
    player, compared = players.nth(0), players.nth(1)

    player.get_by_role("button", name="Run line 1").click()
    page.keyboard.press("ArrowRight")

    expect(player.get_by_role("row", name="session#1")).to_contain_text("1 → 2")
    expect(compared).to_contain_text("fixed")
