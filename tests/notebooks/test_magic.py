"""What a notebook can say beside `sslrefs.run`: the magics, and the check on the real library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import sslrefs
from sslrefs.lessons.catalogue.broke_here import CLEAN, ONE_LINE_MORE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shell() -> InteractiveShell:
    """IPython with the extension loaded."""
    shell = InteractiveShell()  # type: ignore[no-untyped-call]  # IPython's own
    sslrefs.load_ipython_extension(shell)
    return shell


def test_a_cell_is_a_run(shell: Any) -> None:
    shown = shell.run_cell_magic("sslrefs", "", ONE_LINE_MORE.text)

    assert [finding.kind for finding in shown.findings] == ["borrowed_free"]


def test_a_cell_with_a_name_is_kept(shell: Any) -> None:
    shown = shell.run_cell_magic("sslrefs", " mine ", CLEAN.text)

    assert shell.user_ns["mine"] is shown


def test_a_line_is_a_run_too(shell: Any) -> None:
    shown = shell.run_line_magic("sslrefs", "SSL_SESSION *s = SSL_SESSION_new();")

    assert shown.counts() == {"session#1": 1}


def test_a_line_goes_to_the_graph_that_was_made_last(shell: Any) -> None:
    older, newer = sslrefs.live(), sslrefs.live()
    shell.push({"newer": newer, "older": older})

    said = shell.run_line_magic("sslrefs", "SSL_SESSION *s = SSL_SESSION_new();")

    assert repr(said) == "session#1 is new with count 1, held by s."
    assert (older.source, newer.source) == ("", "SSL_SESSION *s = SSL_SESSION_new();")


def test_a_slip_in_a_named_cell_is_kept_as_one(shell: Any) -> None:
    shell.run_cell_magic("sslrefs", "mine", "SSL_SESSION_free(s);")

    assert shell.user_ns["mine"].run is None
    assert "s is not declared" in str(shell.user_ns["mine"])


def test_a_second_run_all_prints_nothing_about_the_extension(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        shell.run_cell("%load_ext sslrefs")

    assert capsys.readouterr().out == ""
    assert shell.find_line_magic("sslrefs")


def test_without_the_named_libssl_the_check_says_what_to_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLREFS_LIBSSL", str(tmp_path / "libssl.so"))

    said = sslrefs.run(CLEAN.text).check().plain

    assert said.startswith("there is no file")
    assert "with no name the machine's own libssl is taken" in said


@pytest.mark.libssl
@pytest.mark.usefixtures("library")
def test_the_check_stands_step_by_step_beside_the_library() -> None:
    said = sslrefs.run(CLEAN.text).check().plain

    assert "agrees        SSL_accept(ssl);\n    ctx#1 3, ssl#1 1, session#1 2\n" in said
    assert said.endswith("model and libssl agree at all 8 compared steps\n")
