"""A text that grows line by line runs as the whole text does, and refuses what the whole would."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.growing import Growing
from sslrefs.cscript.interpreter import run_text
from sslrefs.studio.openrun import OpenRun
from sslrefs.studio.payload import Scribe, payload_of
from tests.property.programs import broken_texts, programs

if TYPE_CHECKING:
    from sslrefs.trace.timeline import Timeline

GROWN = 10
ODD_LINES = st.sampled_from(
    [
        "",
        "// nothing",
        "/* sslrefs: fails */",
        "/* sslrefs: peer TLS 1.3 */",
        "#define twice(x) SSL_SESSION_up_ref(x)",
        "#include <openssl/ssl.h>",
        "twice(s);",
        "typedef SSL_SESSION *handle; handle h = s;",
        "struct box { SSL_SESSION *kept; } box; box.kept = s;",
        "static SSL_SESSION *later;",
        "later = s;",
        "void late(void) { SSL_SESSION_free(later); }",
        "late();",
        "if (s)",
        "SSL_SESSION_free(s); }",
        "else SSL_SESSION_free(s);",
        "if (!s) { s = SSL_SESSION_new(); }",
        "again: SSL_SESSION_free(s);",
        "goto again;",
        "SSL_SESSION_free(nobody);",
        "if (nobody) sleep(1);",
        "nobody = nowhere = 0;",
        "std::map<int, int> all;",
        "SSL_SESSION *either = s ?: NULL;",
        "fill_it(&s);",
        "SSL_SESSION *s;",
        "int i = 0; SSL_SESSION *more = SSL_SESSION_new();",
        "Foo *foo = NULL;",
        "unknown_call(s); unknown_call(s);",
        "SSL_accept(a); // sslrefs: peer resumes",
        "return 0;",
        "exit(1);",
        "break;",
        "{ SSL_SESSION *inner = s; }",
        "SSL_SESSION_free(s); \\",
        "int main(void) { return 0; }",
    ]
)


def outcome(text: str) -> Timeline | ScriptError:
    try:
        return run_text(text)
    except ScriptError as error:
        return error


def facts(timeline: Timeline) -> object:
    """All of a timeline; events of the same kind are compared field by field by their repr."""
    return (
        timeline.source,
        timeline.cut,
        timeline.notes,
        [step._replace(world=None)._asdict() for step in timeline.steps],  # type: ignore[arg-type]  # worlds are compared below
        [
            [(which, step.world.record(which)) for which in step.world.all_ids()]
            for step in timeline.steps
        ],
    )


def grow_and_compare(start: str, lines: list[str]) -> None:
    growing = Growing(start)
    for line in lines:
        source = f"{growing.source}\n{line}" if growing.source else line
        expected = outcome(source)
        before = growing.timeline
        if isinstance(expected, ScriptError):
            with pytest.raises(ScriptError) as caught:
                growing.add(line)
            assert caught.value.problems == expected.problems
            assert growing.timeline is before
        else:
            growing.add(line)
            assert facts(growing.timeline) == facts(expected)


@settings(max_examples=15, deadline=None)
@given(programs(), st.lists(st.tuples(st.integers(0, GROWN), ODD_LINES), max_size=6))
def test_every_prefix_of_a_program_runs_as_if_written_at_once(
    text: str, odd: list[tuple[int, str]]
) -> None:
    lines = text.splitlines()
    tail = lines[-GROWN:]
    for place, line in odd:
        tail.insert(place, line)
    grow_and_compare("\n".join(lines[:-GROWN]), tail)


@settings(max_examples=15, deadline=None)
@given(programs(), st.lists(ODD_LINES, max_size=6))
def test_a_run_that_goes_on_is_told_and_drawn_as_if_it_were_new(text: str, odd: list[str]) -> None:
    lines = text.splitlines()
    growing = Growing("\n".join(lines[:-GROWN]))
    run, scribe = OpenRun(growing.timeline), Scribe()
    for line in (*lines[-GROWN:], *odd):
        with suppress(ScriptError):
            growing.add(line)
        run = OpenRun(growing.timeline, run)
        assert payload_of(run, scribe) == payload_of(OpenRun(growing.timeline))


def test_a_run_is_told_all_the_same_when_another_has_gone_on_from_it() -> None:
    growing = Growing("SSL_SESSION *s = SSL_SESSION_new();")
    first = OpenRun(growing.timeline)
    assert first.rows
    growing.add("SSL_SESSION_up_ref(s);")
    assert len(OpenRun(growing.timeline, first).rows) == 2

    first.__dict__.pop("_written")
    first.__dict__.pop("rows")

    assert len(first.rows) == 1


@settings(max_examples=15, deadline=None)
@given(st.lists(ODD_LINES, max_size=12))
def test_odd_lines_alone_agree_too(lines: list[str]) -> None:
    grow_and_compare("SSL_SESSION *s = SSL_SESSION_new();", lines)


@settings(max_examples=15, deadline=None)
@given(broken_texts())
def test_any_line_at_all_is_taken_or_refused_as_in_the_whole(text: str) -> None:
    grow_and_compare("SSL_SESSION *s = SSL_SESSION_new();", text.split("\n")[:GROWN])
