"""What the casebook says of its texts is what their runs show."""

from __future__ import annotations

import re

import pytest

from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.scenario import Bug
from sslrefs.studio.run import run
from tests.unit.lessons.claims import true_words, untrue
from tests.unit.lessons.test_inventory import shown

each_case = pytest.mark.parametrize("name", CASES)


def test_there_are_cases_enough_and_each_has_its_own_text() -> None:
    assert len(CASES) >= 15
    assert len({case.buggy for case in CASES.values()}) == len(CASES)
    assert len({case.title for case in CASES.values()}) == len(CASES)


@each_case
def test_the_bug_is_found_where_the_case_says(name: str) -> None:
    case = CASES[name]

    found = {Bug(f.kind, f.wrong_line, f.shows_line) for f in run(case.buggy).findings}

    assert found == (set() if case.bug is None else {case.bug})


@each_case
def test_the_repaired_text_is_clean(name: str) -> None:
    case = CASES[name]
    mended = run(case.fixed)

    assert case.fixed != case.buggy
    assert mended.findings == ()
    assert mended.notes == ()


@each_case
def test_the_words_claim_nothing_that_the_run_does_not_show(name: str) -> None:
    case = CASES[name]
    words = [*true_words(case.question), case.reported, case.repair]

    assert [claim for text in words for claim in untrue(text, [shown(case.buggy)])] == []


@each_case
def test_a_source_is_public(name: str) -> None:
    for source in CASES[name].sources:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+ #\d+|\w+\(3\)", source)
    assert CASES[name].addresses()
