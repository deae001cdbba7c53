"""06_broke_here_crashed_there, after Run All."""

from __future__ import annotations

import pytest

from sslrefs.lessons.catalogue import broke_here as lesson
from sslrefs.studio.run import run
from tests.notebooks.reading import executed, outputs, prose, read
from tests.unit.lessons.claims import tallies, untrue

NAME = "06_broke_here_crashed_there.ipynb"
VIEW = "application/vnd.jupyter.widget-view+json"


def test_each_player_shows_the_run_of_its_scenario() -> None:
    texts = dict(outputs(executed(NAME), "text/plain"))

    for cell, scenario in (
        ("clean-run", lesson.CLEAN),
        ("flush-run", lesson.ONE_LINE_MORE),
    ):
        assert texts[cell] == str(run(scenario.text))


def test_a_prediction_is_asked_before_each_decisive_step() -> None:
    views = [cell for cell, _ in outputs(executed(NAME), VIEW)]
    pictures = [cell for cell, _ in outputs(executed(NAME), "text/html")]
    order = [cell.id for cell in read(NAME).cells]

    assert views == [
        "setup",
        "clean-ask-1",
        "server-run",
        "clean-ask-2",
        "clean-run",
        "free-ask",
        "ssl-free-ask",
        "flush-ask",
        "flush-run",
        "break-run",
        "repair-run",
        "question-1",
        "question-2",
        "question-3",
    ]
    assert pictures[:3] == ["start-picture", "free-picture", "ssl-free-picture"]
    for ask, show in (
        ("free-ask", "free-picture"),
        ("ssl-free-ask", "ssl-free-picture"),
        ("flush-ask", "flush-run"),
    ):
        assert order.index(show) == order.index(ask) + 1


@pytest.mark.parametrize(
    ("cell", "call", "line"),
    [
        ("start-picture", "SSL *ssl = SSL_new(ctx);", 4),
        ("free-picture", "SSL_SESSION_free(peek);", 7),
        ("ssl-free-picture", "SSL_free(ssl);", 9),
    ],
)
def test_the_stills_stand_at_the_steps_they_are_said_to(cell: str, call: str, line: int) -> None:
    picture = dict(outputs(executed(NAME), "text/html"))[cell]
    source = next(found.source for found in read(NAME).cells if found.id == cell)
    step = int(source.split("svg(")[1].split(")")[0])

    assert f'aria-label="{step}. {call}' in picture
    assert source.endswith(f"# after step {step}, line {line}")
    assert lesson.ONE_LINE_MORE.text.splitlines()[line - 1] == call


def test_the_one_line_more_is_the_buggy_text() -> None:
    assert dict(outputs(executed(NAME), "stdout"))["more-text"].strip() == (
        lesson.ONE_LINE_MORE.text.strip()
    )


@pytest.mark.libssl
@pytest.mark.usefixtures("library")
def test_the_real_library_agrees() -> None:
    texts = dict(outputs(executed(NAME), "text/plain"))

    assert "model and libssl agree at all 8 compared steps" in texts["real-clean"]
    assert "model and libssl agree at all 7 compared steps" in texts["real-wrong"]
    assert "libssl, in a process of its own: " in texts["real-wrong"]


def test_the_prose_claims_nothing_that_no_run_shows() -> None:
    texts = prose(read(NAME))

    assert [claim for text in texts for claim in untrue(text, lesson.SCENARIOS.values())] == []
    assert set().union(*map(tallies, texts)) == {
        "2 = ssl + cache",
        "1 = cache",
        "1 ≠ 2 = ssl + cache",
        "0 ≠ 1 = cache",
        "3 = ssl + cache + peek",
    }


def test_the_two_runs_side_by_side_are_their_ledgers() -> None:
    table = next(text for text in prose(read(NAME)) if "| call |" in text)
    rows = [
        [cell.strip(" *") for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("| `SSL")
    ]

    columns = {"clean": lesson.CLEAN, "one line more": lesson.ONE_LINE_MORE}
    shown = {
        name: {row[0].strip("`"): row[column].split("**")[0] for row in rows}
        for column, name in enumerate(columns, start=1)
    }

    for name, scenario in columns.items():
        lines = scenario.text.splitlines()
        for tally in scenario.expects.tallies:
            call = lines[tally.line - 1].removesuffix(";").split(" = ")[-1]
            if call in shown[name]:
                assert shown[name].pop(call).strip() == str(tally)
    assert shown == {
        "clean": {"SSL_SESSION_free(peek)": ""},
        "one line more": {
            "SSL_CTX_flush_sessions(ctx, 0)": "reads freed memory ✖ shows here",
        },
    }


def test_the_solutions_that_are_told_solve() -> None:
    answers = next(text for text in prose(read(NAME)) if "Both answers" in text)

    assert "SSL_SESSION *peek = SSL_get1_session(ssl);" in answers
    assert "SSL_SESSION *peek = SSL_get1_session(ssl);" in lesson.TAKEN.text
    assert lesson.TAKEN.expects.bug is None
    assert lesson.ANOTHER_WAY.expects.bug is not None
    assert lesson.ANOTHER_WAY.expects.bug.kind == "over_release"
