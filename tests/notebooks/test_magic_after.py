"""Cells of C that go on where another one ended."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import sslrefs
from sslrefs.lessons.catalogue.broke_here import CLEAN

LINES = CLEAN.text.splitlines(keepends=True)
HEAD, TAIL = "".join(LINES[:5]), "".join(LINES[5:])


@pytest.fixture
def shell() -> Any:
    """IPython with the extension loaded, and a run called `server` that goes on."""
    shell: Any = InteractiveShell()  # type: ignore[no-untyped-call]  # IPython's own
    sslrefs.load_ipython_extension(shell)
    shell.run_cell_magic("sslrefs", "server --open", HEAD)
    return shell


def test_what_goes_on_elsewhere_has_no_leak_yet(shell: Any) -> None:
    server = shell.user_ns["server"]

    assert server.findings == ()
    assert "no finding so far" in str(server)
    assert "note: This text goes on elsewhere" in str(server)
    assert sslrefs.run(HEAD).findings


def test_it_is_still_open_when_every_box_is_drawn_or_a_library_is_chosen(shell: Any) -> None:
    player = shell.user_ns["server"].player

    player.whole = True
    player.library = "OpenSSL 1.1.1"

    assert shell.user_ns["server"].run.is_open


def test_two_cells_run_as_one_text(shell: Any) -> None:
    shown = shell.run_cell_magic("sslrefs", "--after server", TAIL)

    assert str(shown) == str(sslrefs.run(CLEAN.text))


def test_the_player_starts_where_the_other_cell_ended(shell: Any) -> None:
    shown = shell.run_cell_magic("sslrefs", "--after server", TAIL)

    assert shown.start == 3
    assert shown.player.position == 3
    assert shown.run.timeline.steps[shown.start].line == len(HEAD.splitlines()) + 1


def test_a_function_above_is_no_step_to_start_after(shell: Any) -> None:
    shell.run_cell_magic("sslrefs", "callback --open", "void nothing(SSL *ssl) {\n}")

    shown = shell.run_cell_magic("sslrefs", "--after callback", "SSL_SESSION_new();")

    assert shown.start == 0
    assert [step.text for step in shown.run.timeline.steps] == ["SSL_SESSION_new();"]


def test_a_third_cell_can_go_on_after_the_second(shell: Any) -> None:
    shell.run_cell_magic("sslrefs", "peeked --after server --open", LINES[5])

    shown = shell.run_cell_magic("sslrefs", "--after peeked", "".join(LINES[6:]))

    assert str(shown) == str(sslrefs.run(CLEAN.text))


def test_mistakes_are_told_with_where_the_cell_begins(shell: Any) -> None:
    shown = shell.run_cell_magic("sslrefs", "--after server", "SSL_free(other);")

    assert str(shown).startswith(
        "The lines up to 5 are those of server; yours begin at line 6.\n\n"
        "line 6, column 10: other is not declared"
    )


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("two names", "unrecognized arguments: names"),
        ("--after nobody", "there is no run called nobody: first run the cell that begins with"),
        ("again --after again", "a cell cannot go on after itself"),
        ("1", "takes the name of a variable, not '1'"),
        ("--after 'half", "No closing quotation"),
        ("--before server", "unrecognized arguments: --before"),
    ],
)
def test_a_head_that_cannot_be_read_is_a_usage_error(shell: Any, head: str, says: str) -> None:
    """IPython prints those in one line, without a traceback."""
    with pytest.raises(UsageError, match=says):
        shell.run_cell_magic("sslrefs", head, TAIL)


def test_the_help_tells_the_options(shell: Any) -> None:
    told = shell.find_cell_magic("sslrefs").__doc__

    assert "--after OTHER" in told
    assert "--open" in told
