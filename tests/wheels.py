"""Other versions of libssl, taken out of the wheels that carry them; only tests use them.

A wheel is named by version and hash, downloaded by pip, never installed, and
kept in pytest's cache.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.required import missing

__all__ = ["WHEELS", "Wheel", "libssl_of"]

_PLATFORM = "manylinux2014_x86_64"
_PYTHON = "3.11"  # whose files they are made for does not matter: none of them is imported
_LIMIT = 120  # seconds a download may take


class Wheel(NamedTuple):
    """A wheel on PyPI with a libssl and its libcrypto inside."""

    name: str
    version: str
    sha256: str
    libssl: str


WHEELS = {
    "OpenSSL 1.1.1w": Wheel(
        "psycopg2-binary",
        "2.9.9",
        "977646e05232579d2e7b9c59e21dbe5261f403a88417f6a6512e70d3f8a046be",
        "psycopg2_binary.libs/libssl-3e69114b.so.1.1",
    ),
    "OpenSSL 3.5.9": Wheel(
        "psycopg-binary",
        "3.3.9",
        "0953c1b94c73f97efce5b8fb1dad85cf5e4085b94902e439e27e6805ebc8be99",
        "psycopg_binary.libs/libssl-6a9b88ec.so.3",
    ),
}
"""By the first words of the version text that the libssl inside gives."""


def libssl_of(name: str, config: pytest.Config) -> Path:
    """The libssl of that name, unpacked in pytest's cache; without one the test ends."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        missing("wheels", f"{name} comes in a wheel for Linux on x86-64 only")
    wheel = WHEELS[name]
    assert config.cache is not None
    cache = config.cache.mkdir("libssl")
    folder = cache / f"{wheel.name}-{wheel.version}-{wheel.sha256[:12]}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _unpack(_download(name, wheel, Path(scratch)), Path(scratch, "unpacked"))
            try:
                Path(scratch, "unpacked").rename(folder)
            except OSError:  # another test process was faster
                assert folder.is_dir()
    return folder / wheel.libssl


def _download(name: str, wheel: Wheel, scratch: Path) -> Path:
    """The wheel's file; pip refuses one with another hash."""
    wanted = scratch / "requirements.txt"
    wanted.write_text(f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--retries", "1", "--timeout", "20"]
    command += [
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        "--requirement",
        str(wanted),
    ]
    command += ["--platform", _PLATFORM, "--python-version", _PYTHON, "--dest", str(scratch)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        missing("wheels", f"pip could not fetch {name} in {_LIMIT} s")
    if done.returncode:
        missing("wheels", f"pip could not fetch {name}: {done.stderr.strip()[-300:]}")
    (file,) = scratch.glob("*.whl")
    return file


def _unpack(file: Path, folder: Path) -> None:
    """Take out libssl and libcrypto, which find each other side by side."""
    with zipfile.ZipFile(file) as archive:
        for member in archive.namelist():
            if Path(member).name.startswith(("libssl-", "libcrypto-")):
                archive.extract(member, folder)
