"""JupyterLab's defaults for the course are known to JupyterLab, and `sslrefs lab` names them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Self

import pytest

from sslrefs import places
from sslrefs.places.desk import open_lab

FOLDER = Path(places.__file__).parent
DEFAULTS = json.loads((FOLDER / "labconfig" / "default_setting_overrides.json").read_text("utf-8"))


@pytest.mark.parametrize("plugin", DEFAULTS)
def test_every_default_is_a_setting_of_its_plugin(plugin: str) -> None:
    extension, _colon, name = plugin.partition(":")
    share = Path(sys.prefix, "share", "jupyter")
    places = [share / "lab" / "schemas", share / "labextensions" / extension / "schemas"]
    (schema,) = (path for place in places if (path := place / extension / f"{name}.json").is_file())

    assert set(DEFAULTS[plugin]) <= set(json.loads(schema.read_text("utf-8"))["properties"])


def test_jupyterlab_is_started_with_them_before_other_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environments: list[dict[str, str]] = []

    class Program:
        def __init__(self, _command: object, env: dict[str, str]) -> None:
            environments.append(env)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def wait(self) -> int:
            return 0

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    monkeypatch.setattr("sslrefs.places.desk.subprocess.Popen", Program)

    assert open_lab(tmp_path) == 0

    assert environments[0]["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(FOLDER), "/mine"]
