"""The first command of the README, literally, in a fresh clone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repo.fresh import OK, clone, configuration, free_port, serving, status
from tests.repo.test_repository import FIRST

pytestmark = pytest.mark.slow


def test_the_first_command_opens_jupyterlab_on_a_fresh_machine(tmp_path: Path) -> None:
    project = clone(tmp_path)
    port = free_port()
    log = tmp_path / "log"
    env = configuration(tmp_path / "config", port)
    server = f"http://127.0.0.1:{port}"
    with serving(["bash", "-c", FIRST], f"{server}/lab", folder=project, env=env, log=log) as is_up:
        # Lab's page answers for any name; only the contents tell that the lesson is there.
        lesson = status(f"{server}/api/contents/00_start_here.ipynb")

    said = log.read_text(encoding="utf-8", errors="replace")
    assert is_up, said[-3000:]
    assert lesson == OK, said[-3000:]
