"""Any text is answered in time and memory, and random texts agree with the real library."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import run
from tests.fuzz import trial
from tests.fuzz.inputs import LONGEST, SHAPES, Input, input_of, shape
from tests.fuzz.straight import straight
from tests.fuzz.trial import MOST_SECONDS

ROOT = Path(__file__).parents[2]
INPUTS = 10_000


def command(*arguments: str, limit: float) -> str:
    """What a command of this folder prints; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]
    return done.stdout


@pytest.mark.slow
def test_ten_thousand_random_texts_are_answered_within_their_limits(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = command("tests.fuzz", f"--inputs={INPUTS}", limit=550)

    with capsys.disabled():
        print(f"\n{said}")
    assert f"{INPUTS:,} inputs" in said
    assert "failures: 0" in said


@pytest.mark.libssl
def test_random_texts_agree_with_the_real_library_after_every_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = command("tests.fuzz.beside", "--texts=200", limit=120)

    with capsys.disabled():
        print(f"\n{said}")
    steps = re.search(r"200 texts, ([0-9,]+) steps, 0 differ", said)
    assert steps is not None
    assert int(steps[1].replace(",", "")) > 3_000


def test_random_texts_that_give_back_what_they_take_are_clean() -> None:
    wrong = {
        (number, finding.kind)
        for number in range(150)
        for finding in run(straight(number, 1)).findings
        if finding.kind != "not_resumable"
    }

    assert wrong == set()


@pytest.mark.parametrize("number", SHAPES)
def test_a_text_of_full_length_is_run_or_refused_in_two_seconds(number: int) -> None:
    text = shape(number, LONGEST)
    spent: list[float] = []
    while not spent or (len(spent) < 3 and spent[-1] >= MOST_SECONDS):
        start = time.process_time()
        try:
            assert str(run(text))
        except ScriptError as error:
            assert len(str(error)) < 5_000
        spent.append(time.process_time() - start)

    assert min(spent) < MOST_SECONDS
    assert LONGEST - 50 < len(text) <= LONGEST


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    assert [input_of(number, 3) for number in range(12)] == [
        input_of(number, 3) for number in range(12)
    ]
    assert {input_of(number, 3).kind for number in range(500)} == {
        "valid",
        "mutated",
        "bytes",
        "large",
    }


def failures(monkeypatch: pytest.MonkeyPatch, text: str, kind: str = "mutated") -> str:
    """What is said of one text."""
    monkeypatch.setattr(trial, "input_of", lambda _number, _seed: Input(kind, text))  # type: ignore[arg-type]  # a kind in a test's words
    return said_of(trial.try_inputs(1, 2, 1))


def said_of(report: trial.Report) -> str:
    """What failed, in one text."""
    return "".join(failure.what for failure in report.failures)


def test_a_refused_program_of_the_grammar_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "s is not declared" in failures(monkeypatch, "SSL_SESSION_free(s);", kind="valid")
    assert failures(monkeypatch, "SSL_SESSION_free(s);") == ""


def test_an_exception_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: str) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(trial, "run", broken)

    assert "KeyError: 'lost'" in failures(monkeypatch, "sleep(1);")


def test_what_takes_too_long_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MOST_SECONDS", -1.0)

    assert "took 0.0 s" in failures(monkeypatch, "sleep(1);")


def test_a_process_that_takes_too_much_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "MOST_MEGABYTES", 1.0)

    assert "MB among these inputs" in said_of(trial.try_row((1, 2, 1)))


def test_only_a_process_of_its_own_answers_for_its_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "MOST_MEGABYTES", 1.0)

    assert failures(monkeypatch, "sleep(1);") == ""


def test_a_run_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_text: str) -> None:
        while True:
            pass

    monkeypatch.setattr(trial, "run", endless)
    monkeypatch.setattr(trial, "GIVE_UP", 0.05)

    assert "more than 0 s" in failures(monkeypatch, "sleep(1);")
