"""The first command of the README, literally, in a fresh clone; and Binder's steps, without Docker."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.repo.test_repository import FIRST, ROOT

pytestmark = pytest.mark.slow

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
        with opener.open(address, timeout=5) as reply:
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


def test_the_first_command_opens_jupyterlab_on_a_fresh_machine(tmp_path: Path) -> None:
    project = clone(tmp_path)
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["bash", "-c", FIRST],
            cwd=project,
            env=configuration(tmp_path / "config", port),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            server = f"http://127.0.0.1:{port}"
            is_up = answers(f"{server}/lab", process)
            # Lab's page answers for any name; only the contents tell that the lesson is there.
            lesson = status(f"{server}/api/contents/00_start_here.ipynb")
        finally:
            os.killpg(process.pid, 15)
            process.wait(timeout=30)

    said = log.read_text(encoding="utf-8", errors="replace")
    assert is_up, said[-3000:]
    assert lesson == OK, said[-3000:]


def environment(folder: Path) -> Path:
    """A fresh virtual environment; its bin folder."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


PLAN = """
import json, sys
from repo2docker.app import Repo2Docker
from repo2docker.buildpacks import PythonBuildPack
app = Repo2Docker()
pack = PythonBuildPack(app.base_image)
print(json.dumps({
    "detected": bool(pack.detect()),
    "python": pack.python_version,
    "before_copy": [s for _, s in pack.get_preassemble_scripts()],
    "files_before_copy": sorted(pack.get_preassemble_script_files()),
    "after": pack.get_post_build_scripts(),
}))
"""


def test_binder_would_build_the_requirements_layer_first(tmp_path: Path) -> None:
    tools = environment(tmp_path / "tools")
    subprocess.run([tools / "pip", "install", "-q", "jupyter-repo2docker"], check=True)

    done = subprocess.run(
        [tools / "python", "-c", PLAN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    plan = json.loads(done.stdout.splitlines()[-1])

    assert plan["detected"]
    assert plan["python"] == "3.12"
    assert any("binder/requirements.txt" in script for script in plan["before_copy"])
    assert "binder/requirements.txt" in plan["files_before_copy"]
    assert any(script.endswith("binder/postBuild") for script in plan["after"])


def test_binders_steps_give_a_place_where_the_first_lesson_runs(tmp_path: Path) -> None:
    project = clone(tmp_path)
    bin_folder = environment(tmp_path / "binder")
    # Binder's base image has these already.
    base = ["jupyterlab>=4.4", "ipywidgets>=8.1", "nbclient"]
    env = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    pip = [str(bin_folder / "pip"), "install", "-q"]
    subprocess.run([*pip, *base], check=True)
    subprocess.run([*pip, "-r", "binder/requirements.txt"], cwd=project, check=True)
    subprocess.run(["./binder/postBuild"], cwd=project, env=env, check=True)
    shutil.rmtree(project / "src")

    done = subprocess.run(
        [bin_folder / "jupyter", "execute", "notebooks/00_start_here.ipynb", "--timeout=120"],
        cwd=project,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
