"""Lines that were pasted with their numbers, as a debugger or a page shows them."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import run


@pytest.mark.parametrize("sign", ["", ":", "\t", " |"])
def test_numbers_in_front_of_the_lines_are_left_out(sign: str) -> None:
    lines = ["int save(struct conn *c)", "{", "    SSL_SESSION_free(c->saved);",
             "    c->saved = SSL_get_session(c->ssl);", "    SSL_free(c->ssl);", "", "}"]  # fmt: skip
    pasted = "\n".join(f"{number:4}{sign} {line}" for number, line in enumerate(lines, 208))

    found = run(pasted)

    assert found.source.splitlines()[2].strip() == lines[2].strip()
    assert found.findings == run("\n".join(lines)).findings
    assert "the numbers in front of the lines are left out" in [note.text for note in found.notes]


def test_a_mistake_in_numbered_lines_stands_where_it_was_pasted() -> None:
    with pytest.raises(ScriptError) as caught:
        run("41  int x = 1;\n42  x x;\n")

    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 7)


def test_numbers_that_do_not_rise_are_no_numbers_of_lines() -> None:
    with pytest.raises(ScriptError):
        run("2 x;\n1 y;\n")
