"""Binder's steps, without Docker: the plan that repo2docker makes, and the same commands here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import find_chromium
from tests.repo.fresh import OK, clone, configuration, environment, free_port, serving, status
from tests.repo.test_repository import ROOT

pytestmark = pytest.mark.slow

GLANCE = [sys.executable, "-m", "tests.browser.glance"]
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


def glance(address: str) -> subprocess.CompletedProcess[str]:
    """Run a notebook in a browser, in a process of its own, and step its first player."""
    find_chromium()
    return subprocess.run([*GLANCE, address], cwd=ROOT, capture_output=True, text=True, check=False)


def test_binders_steps_give_a_place_where_lesson_and_sslrefs_lab_run(tmp_path: Path) -> None:
    project = clone(tmp_path)
    bin_folder = environment(tmp_path / "binder")
    # Binder's base image has these already: the oldest that everything has to work with. Later
    # widgets are built for a later JupyterLab, and show nothing in this one.
    base = ["jupyterlab==4.4.*", "ipywidgets==8.1.7", "jupyterlab_widgets==3.0.15", "nbclient"]
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

    defaults = tmp_path / "binder/etc/jupyter/labconfig/default_setting_overrides.json"
    assert json.loads(defaults.read_text(encoding="utf-8"))

    # The package is installed here as a wheel, with JupyterLab: so this is a user's machine too.
    port = free_port()
    own = configuration(tmp_path / "config", port) | {"PATH": env["PATH"]}
    server, log = f"http://127.0.0.1:{port}", tmp_path / "log"
    lab: list[str | Path] = [bin_folder / "sslrefs", "lab", "desk"]
    with serving(lab, f"{server}/lab", folder=tmp_path, env=own, log=log) as is_up:
        lesson = status(f"{server}/api/contents/00_start_here.ipynb")
        puller = status(f"{server}/git-pull?repo=https://example.org/lessons&branch=main")
        shutil.copy(project / "binder" / "kiosk.ipynb", tmp_path / "desk")
        kiosk = status(f"{server}/voila/render/kiosk.ipynb")
        stepped = glance(f"{server}/doc/tree/00_start_here.ipynb")
    assert is_up, log.read_text(encoding="utf-8", errors="replace")[-3000:]
    assert (lesson, puller, kiosk) == (OK, OK, OK)
    assert stepped.returncode == 0, stepped.stderr[-3000:]
