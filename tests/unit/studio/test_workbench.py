"""A text under construction: what can be done to it, what is refused, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import LIBRARIES
from sslrefs.studio.run import run
from sslrefs.studio.workbench import MOST_LINES, Refused, Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = "SSL_SESSION *s = SSL_SESSION_new();"
UP = "SSL_SESSION_up_ref(s);"
FREE = "SSL_SESSION_free(s);"


def built(*lines: str) -> Workbench:
    bench = Workbench()
    for line in lines:
        bench.add(line)
    return bench


def test_what_is_built_line_by_line_tells_what_the_whole_text_tells() -> None:
    lines = [NEW, UP, FREE, FREE, UP]

    bench = built(*lines)
    whole = run("\n".join(lines))

    assert bench.source == whole.source
    assert bench.run.data() == whole.data()
    assert [finding.kind for finding in bench.run.findings] == ["use_after_free"]


def test_what_is_held_at_the_end_is_owed_and_no_leak_yet() -> None:
    bench = built(NEW)

    assert bench.run.findings == ()
    assert [(bug.kind, str(bug.object)) for bug in bench.run.owed] == [("leak", "session#1")]


def test_undo_and_redo_walk_through_all_that_was_done() -> None:
    bench = built(NEW, UP)
    bench.edit(2, FREE)

    texts = [bench.source]
    for _ in range(3):
        bench.undo()
        texts.append(bench.source)
    bench.redo()

    assert texts == [f"{NEW}\n{FREE}", f"{NEW}\n{UP}", NEW, ""]
    assert bench.source == NEW


def test_after_undo_a_new_line_goes_another_way() -> None:
    bench = built(NEW, UP)
    bench.undo()

    bench.add(FREE)

    assert bench.source == f"{NEW}\n{FREE}"
    with pytest.raises(Refused, match="nothing to redo"):
        bench.redo()


def test_an_earlier_line_is_changed_and_the_rest_runs_again() -> None:
    bench = built(NEW, UP, FREE)

    bench.edit(2, FREE)

    assert [finding.kind for finding in bench.run.findings] == ["double_free"]


def test_a_change_that_breaks_a_later_line_is_not_made() -> None:
    bench = built(NEW, UP)

    with pytest.raises(ScriptError, match="line 1, column 20: s is not declared"):
        bench.edit(1, "")

    assert bench.lines == [NEW, UP]


def test_a_fork_keeps_the_other_way_as_a_branch() -> None:
    bench = built(NEW, UP, FREE)

    bench.fork(1)
    bench.add(FREE)
    forked = bench.source
    bench.switch(0)

    assert forked == f"{NEW}\n{FREE}"
    assert bench.lines == [NEW, UP, FREE]
    assert [branch.line for branch in bench.branches] == [0, 1]


def test_clear_and_start_can_be_undone() -> None:
    bench = built(NEW)

    bench.start(f"{NEW}\n{UP}\n")
    started = bench.source
    bench.clear()
    cleared = bench.source
    bench.undo()

    assert (started, cleared, bench.source) == (f"{NEW}\n{UP}", "", f"{NEW}\n{UP}")


def test_another_library_runs_the_same_text() -> None:
    bench = built(NEW)

    bench.choose(LIBRARIES["LibreSSL"])

    assert bench.run.timeline.library == "LibreSSL"
    assert bench.source == NEW


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda bench: bench.add("  "), "There is no C here yet"),
        (lambda bench: bench.edit(3, FREE), "has the lines 1 to 1; 3 is none of them"),
        (lambda bench: bench.fork(0), "0 is none of them"),
        (lambda bench: bench.redo(), "There is nothing to redo."),
        (lambda bench: bench.switch(7), "8 is none of them"),
        (lambda bench: bench.start("\n" * MOST_LINES + NEW + "\n;" * MOST_LINES), "would have 501"),
        (lambda bench: bench.add("\n".join([UP] * MOST_LINES)), "would have 501 lines"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    do: Callable[[Workbench], None], says: str
) -> None:
    bench = built(NEW)

    with pytest.raises(Refused, match=says):
        do(bench)

    assert bench.source == NEW
    assert len(bench.branches) == 1


def test_an_empty_text_has_nothing_to_undo_or_clear() -> None:
    for do in (Workbench().undo, Workbench().clear):
        with pytest.raises(Refused, match="There is nothing to"):
            do()


def test_nothing_is_added_after_the_end_of_the_program() -> None:
    bench = built(NEW, "return 0;")

    with pytest.raises(Refused, match="The program has ended above"):
        bench.add(FREE)


def test_a_text_with_a_main_says_where_a_line_belongs() -> None:
    bench = Workbench(f"int main(void) {{\n{NEW}\nreturn 0;\n}}")

    with pytest.raises(Refused, match="The text has a main, and a new line belongs inside it"):
        bench.add(FREE)


def test_a_text_cannot_be_forked_inside_a_block() -> None:
    bench = Workbench(f"{NEW}\nif (s) {{\n  {UP}\n}}")

    with pytest.raises(Refused, match="a block is still open"):
        bench.fork(2)


def test_a_drawing_serves_again_until_a_box_or_an_arrow_comes() -> None:
    bench = built(NEW, UP)
    first = bench.run.drawn

    bench.add(FREE)
    second = bench.run.drawn
    bench.add("SSL_SESSION *t = s;")

    assert second is first
    assert bench.run.drawn.svg != first.svg
