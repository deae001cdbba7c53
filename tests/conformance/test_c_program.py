"""Exported C programs: compiled by a C compiler, run, and watched by valgrind.

What the calls return there is what the model says, so the scripted peer in C
follows the directions as the oracle's does.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sslrefs.studio.program import c_program
from sslrefs.studio.run import Run, run
from tests.conformance.beside import texts
from tests.required import missing, program

pytestmark = pytest.mark.libssl

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", "-Wno-unused-variable"]
WARNINGS += ["-Wno-pointer-sign"]  # texts show ids as plain strings
CALL = re.compile(r"\s*(?P<call>SSL_\w+\(.*\));(?P<rest>\s*(/\*.*\*/|//.*)?)")
LIMIT = 60  # seconds
TOLD = [
    *("statistics", "clock", "sides", "settings", "session-fields", "040-flush-some"),
    *(
        "084-broken-record",
        "106-resume-unclean",
        "133-shutdown-received",
        "146-auto-flush",
        "first-data",
        "one-side",
        "own-settings",
    ),
    *("080-connect12-fails", "083-accept13-fails", "102-resume12-uncached", "103-resume13"),
    *("110-accept13-resume-stateful", "130-get-cb-stores", "169-set-session-other-ctx"),
]
CLEAN = ["statistics", "103-resume13", "114-new-cb-keep"]
Compile = Callable[[str], Path]


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Makes a program of C text, with warnings as errors."""
    compiler = program("cc", ("cc", "gcc", "clang"), "no C compiler: apt install gcc")
    probe = [compiler, "-E", "-x", "c", "-"]
    headers = subprocess.run(
        probe, input=b"#include <openssl/ssl.h>", capture_output=True, check=False
    )
    if headers.returncode:
        missing("cc", "no headers of libssl: apt install libssl-dev")

    def make(text: str) -> Path:
        source, made = tmp_path / "program.c", tmp_path / "program"
        source.write_text(text, encoding="utf-8")
        command = [compiler, "-g", *WARNINGS, str(source), "-o", str(made), "-lssl", "-lcrypto"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return made

    return make


def watched(made: Path) -> subprocess.CompletedProcess[str]:
    """A program under valgrind, which ends with 9 for an error or a leak."""
    valgrind = program("valgrind", ("valgrind",), "no valgrind: apt install valgrind")
    command = [valgrind, "-q", "--error-exitcode=9", "--leak-check=full"]
    command += ["--show-leak-kinds=all", "--errors-for-leak-kinds=all", str(made)]
    return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)


def telling(made: Run) -> tuple[str, list[tuple[int, int]]]:
    """The text with calls that print their line and result, and what the model says of them."""
    lines = made.source.split("\n")
    told = [
        (step.line, step.returned)
        for step in made.timeline.steps
        if type(step.returned) is int and step.depth == 0 and step.line == step.end_line
        if CALL.fullmatch(lines[step.line - 1])
    ]
    for line in {line for line, _ in told}:
        match = CALL.fullmatch(lines[line - 1])
        assert match is not None
        printed = f'printf("%d %ld\\n", {line}, (long)({match["call"]}));'
        lines[line - 1] = printed + match["rest"]
    return "\n".join(lines), told


def answers(made: Path) -> list[tuple[int, ...]]:
    """What a program with telling calls prints; it has to end well."""
    done = subprocess.run([str(made)], capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0
    return [tuple(map(int, line.split())) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", TOLD)
def test_every_call_returns_what_the_model_says(name: str, compiled: Compile) -> None:
    text, expected = telling(run(texts()[name]))

    assert expected
    assert answers(compiled(c_program(run(text), name))) == expected


def test_a_second_that_passes_meanwhile_changes_nothing(compiled: Compile) -> None:
    text, expected = telling(run(texts()["clock"]))
    began = "sslrefs_began = (long)time(NULL);"

    late = c_program(run(text)).replace(began, began.replace(";", " - 1;"))

    assert began not in late
    assert answers(compiled(late)) == expected


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_text_is_clean_under_valgrind(name: str, compiled: Compile) -> None:
    result = run(texts()[name])
    assert result.findings == ()

    done = watched(compiled(c_program(result, name)))

    assert (done.returncode, done.stderr) == (0, "")


def test_a_bug_is_seen_by_valgrind_at_the_line_that_the_model_names(compiled: Compile) -> None:
    result = run(texts()["149-bug-free-get0"])
    shows_line = next(f.shows_line for f in result.findings if f.shows_line)

    done = watched(compiled(c_program(result)))

    assert done.returncode == 9
    assert f"(the text:{shows_line})" in done.stderr


def test_a_loop_that_reads_until_the_peer_closes_comes_to_its_end(compiled: Compile) -> None:
    text = (
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\nSSL *ssl = SSL_new(ctx);\n"
        "SSL_connect(ssl);\nchar buffer[16];\n"
        'while (SSL_read(ssl, buffer, sizeof(buffer)) > 0) {\n    printf("heard\\n");\n}\n'
        "SSL_shutdown(ssl);\nSSL_free(ssl);\nSSL_CTX_free(ctx);\n"
    )

    made = compiled(c_program(run(text)))
    done = subprocess.run([str(made)], capture_output=True, text=True, timeout=LIMIT, check=False)

    assert (done.returncode, done.stdout) == (0, "heard\n")
