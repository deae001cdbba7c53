"""Every text of the proof and of the lessons, step by step on several real libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sslrefs.lessons import scenarios
from tests.conformance.beside import texts
from tests.wheels import WHEELS, libssl_of

pytestmark = pytest.mark.libssl

INSTALLED = "the machine's libssl"
LIMIT = 480  # seconds; a machine with nothing else to do needs ten
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Sweep:
    """All texts on one library."""

    version: str
    has_flush_ex: bool
    found: dict[str, dict[str, Any]]


@cache
def sweep(path: str | None) -> Sweep:
    arguments = [] if path is None else [path]
    done = subprocess.run(
        [sys.executable, "-m", "tests.conformance.beside", *arguments],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
        cwd=ROOT,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    last = lines[-1] if lines else "nothing"
    assert done.returncode == 0, f"ended by {done.returncode} after {last}: {done.stderr}"
    head, *rest = lines
    return Sweep(head["library"], head["has_flush_ex"], {one["text"]: one for one in rest})


@pytest.fixture(scope="session")
def swept(pytestconfig: pytest.Config) -> Callable[[str], Sweep]:
    """The texts on a library, by its name; each library is swept once."""

    def on(name: str) -> Sweep:
        if name == INSTALLED:
            return sweep(None)
        return sweep(str(libssl_of(name, pytestconfig)))

    return on


@pytest.mark.parametrize("name", [INSTALLED, *WHEELS])
def test_every_step_of_every_text_agrees(
    swept: Callable[[str], Sweep], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = swept(name)
    steps = sum(len(one.get("lines", ())) for one in result.found.values())
    with capsys.disabled():
        print(f"\n{result.version}: {len(result.found)} texts, {steps:,} steps")

    assert name == INSTALLED or result.version.startswith(name)
    wrong = {text: one["wrong"] for text, one in result.found.items() if one.get("wrong")}
    assert wrong == {}
    assert [text for text, one in result.found.items() if not one.get("whole", True)] == []
    not_run = {text for text, one in result.found.items() if "not_run" in one}
    newer = {"039-flush-ex-boundary", "walk newer_flush"}
    assert not_run == (set() if result.has_flush_ex else newer)
    assert set(result.found) <= set(texts())
    assert len(result.found) > 220


@pytest.mark.parametrize("name", [INSTALLED, "OpenSSL 3.5.9"])
def test_every_count_in_a_lesson_was_compared(swept: Callable[[str], Sweep], name: str) -> None:
    """What a lesson says of a line is proved if libssl agreed after it.

    From where undefined behaviour begins nothing can be measured on any library.
    """
    found = swept(name).found

    unproved = [
        (lesson, tally.line)
        for lesson, scenario in scenarios().items()
        if (one := found.get(f"lesson {lesson}")) is not None
        for tally in scenario.expects.tallies
        if tally.line not in one["lines"] and tally.line < (one["undefined"] or tally.line + 1)
    ]

    assert unproved == []


def test_undefined_behaviour_is_met_where_the_bugs_are(swept: Callable[[str], Sweep]) -> None:
    undefined = [text for text, one in swept(INSTALLED).found.items() if one.get("undefined")]

    assert "152-bug-cache-only-flush" in undefined
    assert len(undefined) > 20
