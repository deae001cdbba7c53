"""A Jupyter server of its own for the tests, and a notebook opened in it.

Works for JupyterLab (single-document mode) and for Notebook 7. The server's
settings, workspaces and runtime files live in a temporary folder.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

__all__ = [
    "START_LIMIT",
    "WAIT_LIMIT",
    "Application",
    "JupyterServer",
    "OpenNotebook",
    "environment",
    "free_port",
    "serving",
    "wait_for_answer",
    "write_notebook",
]

Application = Literal["lab", "notebook"]
START_LIMIT = 60.0
WAIT_LIMIT = 60_000

IDLE = """() => {
  const app = window.jupyterapp;
  const panel = app?.shell?.currentWidget;
  return panel?.context?.sessionContext?.session?.kernel?.status === "idle";
}"""

SETTLED = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const made = panel.context.model.toJSON().cells.flatMap((cell) => cell.outputs ?? []).length;
  const shown = [...panel.node.querySelectorAll(".jp-OutputArea-output")];
  const heights = shown.map((output) => output.offsetHeight);
  const now = heights.join();
  window.settledFor = now === window.settledAs ? (window.settledFor ?? 0) + 1 : 0;
  window.settledAs = now;
  return shown.length >= made && heights.every(Boolean) && window.settledFor >= 5;
}"""
"""Every output has its place, for five frames: what grows above a button moves it from under the
mouse between press and release, and the click is lost."""


@dataclass(frozen=True)
class JupyterServer:
    """A running server; `root` holds its notebooks."""

    url: str
    root: Path
    application: Application

    def address(self, name: str) -> str:
        """Where a notebook of `root` opens without side bars."""
        kind = "doc/tree" if self.application == "lab" else "notebooks"
        return f"{self.url}/{kind}/{name}"


@dataclass(frozen=True)
class OpenNotebook:
    """A notebook in a page, with its kernel ready."""

    page: Page

    @classmethod
    def open(cls, page: Page, server: JupyterServer, name: str) -> OpenNotebook:
        """Opens a notebook and waits until its kernel is idle."""
        page.goto(server.address(name))
        page.wait_for_function(IDLE, timeout=WAIT_LIMIT)
        return cls(page)

    def run_all(self) -> None:
        """Runs every cell and waits until the kernel is done and every output has its place."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(IDLE, timeout=WAIT_LIMIT)
        self.page.wait_for_function(SETTLED, timeout=WAIT_LIMIT)

    def player(self, index: int = 0) -> Locator:
        """The root of a player in the outputs, loaded."""
        root = self.page.locator(".sslrefs[data-loaded]").nth(index)
        expect(root).to_be_visible(timeout=WAIT_LIMIT)
        return root

    def cells(self) -> list[str]:
        """The sources of the notebook's cells."""
        texts: list[str] = self.page.evaluate(
            "jupyterapp.shell.currentWidget.context.model.toJSON().cells.map("
            "(cell) => [cell.source].flat().join(''))"
        )
        return texts


def write_notebook(path: Path, *sources: str) -> None:
    """A notebook with these code cells."""
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{index}",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for index, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    body = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(body), encoding="utf-8")


@contextmanager
def serving(application: Application, folder: Path) -> Iterator[JupyterServer]:
    """A server that answers, ended with the block."""
    root = folder / "notebooks"
    root.mkdir(exist_ok=True)
    port = free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(application, port, root),
            env=environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_answer(f"{url}/api", process, log)
            yield JupyterServer(url=url, root=root, application=application)
        finally:
            process.terminate()
            process.wait(timeout=START_LIMIT)


def command(application: Application, port: int, root: Path) -> list[str]:
    """The server's command line: no token, no browser, the app exposed to the tests."""
    module, app = {
        "lab": ("jupyterlab", "LabApp"),
        "notebook": ("notebook", "JupyterNotebookApp"),
    }[application]
    return [
        *(sys.executable, "-m", module, "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="),
        *("--ServerApp.password=", f"--ServerApp.root_dir={root}"),
        f"--{app}.expose_app_in_browser=True",
    ]


def environment(folder: Path) -> dict[str, str]:
    """The tests' environment with every Jupyter folder inside `folder`."""
    names = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    )
    own = {name: str(folder / name.lower()) for name in names}
    for path in own.values():
        os.makedirs(path, exist_ok=True)  # noqa: PTH103 - the paths go to the environment
    labconfig = folder / "jupyter_config_dir" / "labconfig"
    labconfig.mkdir(exist_ok=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    settings = {"@jupyterlab/apputils-extension:notification": news}
    (labconfig / "default_setting_overrides.json").write_text(json.dumps(settings))
    return os.environ | own


def wait_for_answer(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when the server answers; its log is in the error when it does not."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(int(START_LIMIT / 0.25)):
        try:
            with opener.open(address, timeout=5):
                return
        except OSError:
            pass
        try:
            process.wait(timeout=0.25)
        except subprocess.TimeoutExpired:
            continue
        break
    message = f"The server did not answer.\n{log.read_text(errors='replace')[-3000:]}"
    raise RuntimeError(message)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
