"""The command line: what it prints, and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sslrefs.cli import main

CLEAN = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\n"
LEAK = "SSL_SESSION *s = SSL_SESSION_new();\n"


def call(*arguments: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=text)


@pytest.mark.parametrize(("text", "status"), [(CLEAN, 0), (LEAK, 1), ("SSL_SESSION *s = ;", 2)])
def test_the_exit_status_tells_clean_findings_and_cannot_run(text: str, status: int) -> None:
    assert call("run", "-", text=text).exit_code == status


def test_the_text_names_holders_and_findings() -> None:
    output = call("run", "-", text=LEAK).output

    assert "session#1 is new with count 1, held by s." in output
    assert "wrong at line 1: SSL_SESSION *s = SSL_SESSION_new();" in output
    assert "instead: Add SSL_SESSION_free(s);" in output


def test_the_json_has_the_schema_of_its_version() -> None:
    data = json.loads(call("run", "-", "--format", "json", text=LEAK).stdout)

    assert data["schema"] == 1
    assert data["library"] == "OpenSSL 3"
    assert data["notes"] == []
    (step,) = data["steps"]
    assert step == {
        "step": 0,
        "line": 1,
        "text": "SSL_SESSION *s = SSL_SESSION_new();",
        "depth": 0,
        "calls": ["SSL_SESSION_new"],
        "returns": "session#1",
        "counts": {"session#1": 1},
        "holders": {"session#1": ["s"]},
        "cached": {},
        "dangling": [],
        "not_resumable": ["session#1"],
        "destroyed": [],
        "callbacks": [],
        "variables": {"s": "session#1"},
        "undefined": None,
        "says": step["says"],
    }
    (finding,) = data["findings"]
    assert (finding["kind"], finding["wrong_step"], finding["shows_step"]) == ("leak", 0, None)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    missing = call("run", str(tmp_path / "no.c"))
    binary = tmp_path / "b.c"
    binary.write_bytes(b"\xff\xfe\x00")
    unreadable = call("run", str(binary))

    assert (missing.exit_code, unreadable.exit_code) == (2, 2)
    assert "No such file" in missing.output
    assert "not UTF-8" in unreadable.output


def test_a_megabyte_is_refused_with_the_numbers() -> None:
    result = call("run", "-", text="SSL_free(NULL);\n" * 70_000)

    assert result.exit_code == 2
    assert "at most 100,000 can be run" in result.output


def test_an_unknown_library_is_told_with_the_known_ones() -> None:
    result = call("run", "-", "--library", "GnuTLS", text=CLEAN)

    assert result.exit_code == 2
    assert "OpenSSL 1.1.1, LibreSSL" in result.output


def test_calls_prints_what_each_call_takes_and_gives() -> None:
    output = call("calls", "SSL_set_session").output

    assert "takes a reference to: session" in output
    assert "manual: SSL_set_session(3)" in output
    assert "Did you mean SSL_set_session?" in call("calls", "SSL_set_sesion").output


@pytest.mark.libssl
def test_check_agrees_with_the_machines_libssl(library: object) -> None:
    result = call("check", "-", text=CLEAN)

    assert library is not None
    assert result.exit_code == 0
    assert "model and libssl agree at all 2 compared steps" in result.output


def test_the_inventory_is_printed_for_other_quiz_tools() -> None:
    done = CliRunner().invoke(main, ["inventory"])

    questions = json.loads(done.stdout)
    assert done.exit_code == 0
    assert len(questions) == 25
    assert {"question", "type", "answers", "topic"} <= set(questions[0])


def test_the_json_can_be_had_in_parts() -> None:
    done = call("run", "-", "--format", "json", "--steps", "1-1", text=CLEAN)

    assert done.exit_code == 0
    assert [step["step"] for step in json.loads(done.stdout)["steps"]] == [1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "json", "--steps", "all"), "such as 0-99"),
        (("--steps", "0-1"), "--steps with --format json"),
        (("--format", "json", "--branches", "all", "--steps", "0-1"), "of one run"),
    ],
)
def test_steps_that_cannot_be_had_are_explained(arguments: tuple[str, ...], words: str) -> None:
    done = call("run", "-", *arguments, text=CLEAN)

    assert done.exit_code == 2
    assert words in done.stderr


def test_a_run_too_large_for_json_names_the_steps_that_can_be_had() -> None:
    text = "SSL_CTX *c = SSL_CTX_new(TLS_method());\nfor (int i = 0; i < 1500; i++) SSL_new(c);\n"

    done = call("run", "-", "--format", "json", text=text)

    assert done.exit_code == 2
    assert "--steps 0-" in done.stderr
    assert done.stdout == ""


def test_of_several_ways_none_can_be_had_in_parts() -> None:
    text = "SSL_CTX *c = SSL_CTX_new(TLS_method());\nfor (int i = 0; i < 1500; i++) SSL_new(c);\n"

    done = call("run", "-", "--format", "json", "--branches", "all", text=text)

    assert done.exit_code == 2
    assert done.stderr.endswith("Only one run can be had in parts: leave out --branches.\n")


def test_steps_that_the_run_has_not_are_told_with_those_it_has() -> None:
    done = call("run", "-", "--format", "json", "--steps", "7-9", text=CLEAN)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "this run has the steps 0 to 1" in done.stderr
