"""JupyterLite around the kernel: its settings, and its own build command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_KERNEL_PLUGIN_ID

__all__ = ["build_lite"]

_APPS = ("lab", "notebooks", "repl")


def build_lite(source: Path, notebooks: Path, packages: list[str], out: Path) -> None:
    """Build the site.

    Args:
        source: The folder with `static/pyodide`; the settings are written there.
        notebooks: What is in the file browser.
        packages: What the kernel loads when it starts, so that no cell installs anything.
        out: Where the site goes.

    Raises:
        RuntimeError: JupyterLite's build failed; the message has its output.
    """
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    data = {
        "appName": "sslrefs",
        "exposeAppInBrowser": True,  # tests look at it; it holds nothing secret
        "litePluginSettings": {PYODIDE_KERNEL_PLUGIN_ID: kernel},
    }
    settings = {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}
    (source / "jupyter-lite.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--no-sourcemaps"]
    command += ["--lite-dir", str(source), "--output-dir", str(out.resolve())]
    command += ["--contents", str(notebooks)]
    for app in _APPS:
        command += ["--apps", app]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"JupyterLite's build failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        raise RuntimeError(message)
