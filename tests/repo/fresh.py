"""Fresh clones, environments and servers for tests of what a newcomer does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.repo.test_repository import ROOT

__all__ = ["OK", "clone", "configuration", "environment", "free_port", "serving", "status"]

START_LIMIT = 300.0
OK = 200


def clone(folder: Path) -> Path:
    """A fresh clone of what is committed."""
    target = folder / "sslrefs"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(target)], check=True)
    return target


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configuration(folder: Path, port: int) -> dict[str, str]:
    """Settings a test needs, in a folder: root may run it, no browser opens, no token."""
    folder.mkdir()
    settings = {
        "ServerApp": {
            "allow_root": True,
            "open_browser": False,
            "port": port,
            "port_retries": 0,
            "password": "",
        },
        "LabApp": {"open_browser": False},
        "IdentityProvider": {"token": ""},
    }
    (folder / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "jupyter_lab_config.json").write_text(json.dumps(settings), encoding="utf-8")
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    return {**os.environ, "JUPYTER_CONFIG_DIR": str(folder), **own}


def status(address: str) -> int:
    """The status of one request; 0 when nobody answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=60) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except OSError:
        return 0


def answers(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server comes to answer before the limit."""
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        if status(address) == OK:
            return True
        # Not up yet: wait for its end or a little time, whichever comes first.
        try:
            process.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
        return False
    return False


def environment(folder: Path) -> Path:
    """A fresh virtual environment; its bin folder."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


@contextmanager
def serving(
    command: list[str | Path], address: str, *, folder: Path, env: Mapping[str, str], log: Path
) -> Iterator[bool]:
    """A server in a process of its own, ended with the block; whether it came to answer."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield answers(address, process)
        finally:
            os.killpg(process.pid, 15)
            process.wait(timeout=30)
