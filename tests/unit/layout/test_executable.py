"""Programs that misbehave: small scripts on a path of their own."""

from __future__ import annotations

import shlex
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from sslrefs.layout.builtin import BuiltIn
from sslrefs.layout.engine import lay_out
from sslrefs.layout.executable import Executable
from sslrefs.layout.port import EngineError
from sslrefs.picture.dot import geometry
from tests.unit.picture.scenes import delayed_failure

SCENE = delayed_failure()
Program = Callable[[str], str]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a program with this Python body on the path and returns its name."""

    def write(body: str) -> str:
        script = tmp_path / "fake-graphviz"
        source = tmp_path / "source.py"
        source.write_text(f"import sys, os, signal\n{body}\n")
        # A #! line takes no path with spaces, and not a long one.
        line = shlex.join([sys.executable, str(source)])
        script.write_text(f'#!/bin/sh\nexec {line} "$@"\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return script.name

    return write


def test_the_program_reads_dot_and_writes_svg(program: Program) -> None:
    name = program("print('<svg/>', sys.argv[1:], sys.stdin.read())")

    assert Executable(name).draw("digraph {}", SCENE) == "<svg/> ['-Tsvg'] digraph {}\n"


def test_a_failing_program_is_quoted_with_its_first_line(program: Program) -> None:
    name = program("print('bad line 1\\nmore', file=sys.stderr); sys.exit(3)")

    with pytest.raises(EngineError, match=r"^failed with status 3 \(bad line 1\)$"):
        Executable(name).draw("", SCENE)


def test_a_crashing_program_is_an_engine_error(program: Program) -> None:
    name = program("os.kill(os.getpid(), signal.SIGKILL)")

    with pytest.raises(EngineError, match=r"^failed with status -9$"):
        Executable(name).draw("", SCENE)


def test_a_hanging_program_is_stopped(program: Program) -> None:
    name = program("signal.pause()")

    with pytest.raises(EngineError, match=r"^gave no drawing within 0.2 s$"):
        Executable(name, timeout=0.2).draw("", SCENE)


def test_a_program_that_does_not_read_its_input_is_no_crash_of_ours(program: Program) -> None:
    name = program("os.close(0); print('done')")

    assert Executable(name).draw("x" * 1_000_000, SCENE) == "done\n"


def test_what_cannot_be_started_is_an_engine_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "no-program"
    script.write_text("#!/nowhere/at/all\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EngineError, match=r"^could not be started"):
        Executable("no-program").draw("", SCENE)


def test_a_program_that_does_not_exist_is_said_to_be_missing() -> None:
    with pytest.raises(EngineError, match=r"^is not installed$"):
        Executable("no-such-graphviz").draw("", SCENE)


def test_a_program_beside_the_interpreter_is_found_without_a_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (Path(sysconfig.get_path("scripts")) / "graphviz-pure").exists()

    assert "<svg" in Executable("graphviz-pure").draw(geometry(SCENE), SCENE)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("pass", "gave no usable drawing"),
        ("print('<svg xmlns=\"http://www.w3.org/2000/svg\">')", "gave no usable drawing"),
        ("sys.exit(1)", "failed with status 1"),
        ("signal.pause()", "gave no drawing within 0.2 s"),
        ("sys.stdout.buffer.write(bytes(range(256)))", "gave no usable drawing"),
    ],
)
def test_a_picture_appears_whatever_the_program_does(
    program: Program, body: str, told: str
) -> None:
    engine = Executable(program(body), timeout=5.0 if "pause" not in body else 0.2)

    found = lay_out(geometry(SCENE), SCENE, among=(engine, BuiltIn()))

    assert found.engine_name == "built-in"
    assert f"fake-graphviz {told}" in found.note
