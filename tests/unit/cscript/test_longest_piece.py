"""A piece of C longer than anybody writes one is refused at once, with its place."""

from __future__ import annotations

import pytest

from sslrefs.cscript.chunks import LONGEST_PIECE
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.parser import parse
from sslrefs.cscript.tokens import MOST_TOKENS


def test_it_is_refused_where_it_becomes_too_long() -> None:
    source = "int n = 0;\nn = 1" + "\n+ 1" * (LONGEST_PIECE // 2) + ";"

    with pytest.raises(ScriptError, match="20,000 names and signs stand without a ;") as refused:
        parse(source)

    (problem,) = refused.value.problems
    assert problem.line == 2 + (LONGEST_PIECE - 2) // 2


def test_an_array_of_very_many_dimensions_is_refused() -> None:
    with pytest.raises(ScriptError, match="more than 150 pairs of") as refused:
        parse("int x" + "[1]" * 200 + ";")

    assert refused.value.problems[0].column == 5 + 150 * 3 + 1


@pytest.mark.parametrize("head", ["", "#define N 1\n"])
def test_a_text_of_very_many_words_is_refused(head: str) -> None:
    with pytest.raises(ScriptError, match=r"names and signs|far too much") as refused:
        parse(head + "x = y;\n" * (MOST_TOKENS // 4 + 1))

    assert len(refused.value.problems) == 1


def test_a_long_program_of_short_pieces_is_read() -> None:
    assert len(parse("int n = 0;\n" + "n = n + 1;\n" * 4_000).body) == 4_001
