"""Python for the browser, out of its npm package. Gets files; changes none."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

__all__ = ["LOCK", "fetch_pyodide"]

LOCK = "pyodide-lock.json"
_FILES = (
    "pyodide.mjs",
    "pyodide.js",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
)


def fetch_pyodide(folder: Path) -> dict[str, Any]:
    """Put the interpreter that the kernel was made for into `folder`.

    Returns:
        What its own lock file says of it: Python version, platform, ABI.

    Raises:
        RuntimeError: npm is missing or cannot get the package.
    """
    npm = shutil.which("npm")
    if npm is None:
        message = "npm is needed to get Pyodide (Debian: apt-get install npm)"
        raise RuntimeError(message)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        asked = [npm, "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"]
        done = subprocess.run(asked, cwd=name, capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"npm could not get pyodide {PYODIDE_VERSION}: {done.stderr.strip()}"
            raise RuntimeError(message)
        with tarfile.open(Path(name) / done.stdout.split()[-1]) as package:
            for file in _FILES:
                member = package.extractfile(f"package/{file}")
                assert member is not None
                with member, (folder / file).open("wb") as target:
                    shutil.copyfileobj(member, target)
            lock = package.extractfile(f"package/{LOCK}")
            assert lock is not None
            info: dict[str, Any] = json.load(lock)["info"]
    return info
