"""Any text becomes a run or a message with a place inside the text, never another exception.

`tests.fuzz` tries many more texts; here Hypothesis makes a failing one short.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import Run, run
from tests.property.programs import broken_texts, odd_programs, programs


def run_or_mistakes(source: str) -> Run | None:
    """The run, or None after the mistakes were found to be well placed."""
    try:
        result = run(source)
    except ScriptError as error:
        lines = source.split("\n")
        assert error.problems
        for problem in error.problems:
            assert problem.message
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
            assert problem.width >= 1
        assert str(error).startswith("line ")
        return None
    return result


@given(broken_texts())
@settings(max_examples=100, deadline=None)
def test_broken_text_gives_a_run_or_placed_mistakes(source: str) -> None:
    result = run_or_mistakes(source)

    if result is not None:
        assert str(result)
        assert result.data()["schema"] == 1


@given(odd_programs())
@settings(max_examples=100, deadline=None)
def test_odd_programs_give_a_run_or_placed_mistakes(source: str) -> None:
    result = run_or_mistakes(source)

    if result is not None:
        assert str(result)
        assert result.data()["schema"] == 1
        assert len(result.scene.moments) == len(result.timeline.steps) + 1


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_bytes_read_as_text_give_a_run_or_placed_mistakes(data: bytes) -> None:
    run_or_mistakes(data.decode("latin-1"))


@given(programs(), st.data())
@settings(max_examples=150, deadline=None)
def test_the_beginning_of_a_program_gives_a_run_or_placed_mistakes(
    source: str, data: st.DataObject
) -> None:
    run_or_mistakes(source[: data.draw(st.integers(0, len(source)))])
