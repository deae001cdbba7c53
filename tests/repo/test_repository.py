"""What the repository promises about itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sslrefs.model.calls import CALLS
from sslrefs.model.calls.evidence import EVIDENCE
from sslrefs.model.rules import RULES
from sslrefs.picture.reference import calls_markdown
from tests.required import missing

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
FIRST = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[lab]' && "
    ".venv/bin/jupyter lab notebooks/00_start_here.ipynb"
)
SECOND = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && "
    ".venv/bin/pytest -n 2 --dist loadfile"
)


def tracked(*patterns: str) -> list[Path]:
    """The files that are committed or about to be: all that git does not ignore."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run(
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_no_file_is_longer_than_a_reader_likes() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked(
            "src/*.py", "src/*.ts", "src/frontend/*.css", "src/sslrefs/picture/*.css", "tests/*.py"
        )
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST_FILE
    }

    assert long == {}


def test_nothing_is_left_open_or_tied_to_one_machine() -> None:
    words = {
        r"\b(TODO|FIXME|XXX|HACK)\b": "an issue says it",
        r"/work/|/home/\w+/": "a path of one machine",
        r"\btime\.sleep\(|\bwait_for_timeout\(": "wait for a state",
        r"\bconsole\.log\(|\bbreakpoint\(\)|\bdebugger;": "left from a search",
    }
    texts = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for path in tracked("*.py", "*.ts", "*.md", "*.toml", "*.ipynb", ".ci/*")
        if path != Path(__file__)
    }
    found = [
        f"{name}: {match[0]!r} ({why})"
        for name, text in texts.items()
        for pattern, why in words.items()
        for match in re.finditer(pattern, text)
    ]

    assert len(texts) > 200
    assert found == []


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("lint-imports", ()),
        ("ruff", ("check", "--no-cache")),
        ("ruff", ("format", "--check", "--no-cache")),
        ("mypy", ()),
    ],
    ids=["layers", "ruff", "format", "mypy"],
)
def test_the_linters_have_nothing_to_say(name: str, arguments: tuple[str, ...]) -> None:
    done = tool(name, *arguments)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_built_player_is_the_one_of_the_sources() -> None:
    frontend = ROOT / "src" / "frontend"
    if shutil.which("node") is None or not (frontend / "node_modules").is_dir():
        missing("node", "needs node; then: cd src/frontend && npm ci")

    done = subprocess.run(
        ["node", "build.mjs", "--check"], cwd=frontend, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_the_two_commands_stand_in_the_readme_and_ci_calls_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert f"```sh\n{FIRST}\n```" in readme
    assert f"```sh\n{SECOND}\n```" in readme
    assert SECOND.replace("'.[test]'", "'.[test]' --quiet") in ci


def test_the_reference_page_is_what_the_command_prints() -> None:
    page = (ROOT / "docs" / "calls.md").read_text(encoding="utf-8")

    assert page == calls_markdown(), "sslrefs calls --format markdown > docs/calls.md"


def test_every_modelled_call_has_a_rule_and_a_proof_that_calls_it() -> None:
    assert set(CALLS) == set(RULES) == set(EVIDENCE)
    folder = ROOT / "tests" / "conformance"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("texts/*.c")}
    for path in folder.glob("vectors/*.json"):
        vector = json.loads(path.read_text(encoding="utf-8"))
        texts[vector["name"]] = vector["text"]
    unproved = [
        (name, proof)
        for name, proofs in EVIDENCE.items()
        for proof in proofs
        if not re.search(rf"\b{name}\s*\(", texts.get(proof, ""))
    ]

    assert unproved == []
    assert [name for name, proofs in EVIDENCE.items() if not proofs] == []


def test_importing_the_package_imports_no_jupyter() -> None:
    code = (
        "import sys, sslrefs; "
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('IPython', 'ipywidgets', 'anywidget', 'traitlets', 'jupyterlab', 'pycparser')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.strip() == "[]"


def test_dependencies_have_lower_bounds_and_no_upper_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    packages = [
        one.split(";")[0].strip()
        for one in (*project["dependencies"], *extras)
        if "sslrefs[" not in one
    ]

    assert len(packages) > 15
    assert [one for one in packages if ">=" not in one] == []
    assert [one for one in packages if "<" in one or "==" in one or "," in one] == []


def test_binder_installs_what_the_package_needs() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    binder = (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8")
    core = project.split("dependencies = [")[1].split("]")[0]
    wanted = set(re.findall(r'"([^"]+)"', core)) | {"anywidget>=0.9.13"}

    assert wanted - set(binder.splitlines()) == set()
    assert os.access(ROOT / "binder" / "postBuild", os.X_OK)
