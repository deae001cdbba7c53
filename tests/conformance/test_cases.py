"""Public incidents, reduced to a few lines: each bug is named, where it is wrong and where it shows.

Two of them were published as leaks. Here a reference that a callback accepted
without keeping a pointer is `lost_pointer` (cause "the callback kept
nothing"), as for every reference that nobody can give back any more; `leak`
is kept for references a variable still shows at the end.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sslrefs.studio.run import run

CASES = Path(__file__).parent / "cases"
FIELDS = ("kind", "object", "wrong_line", "shows_line")


def cases() -> list[Any]:
    return [
        pytest.param(json.loads(file.read_text(encoding="utf-8")), id=file.stem)
        for file in sorted(CASES.glob("*.json"))
    ]


@pytest.mark.parametrize("case", cases())
def test_the_bug_is_found_where_it_is(case: dict[str, Any]) -> None:
    findings = run("\n".join(case["buggy"])).findings

    found = [
        {
            "kind": finding.kind,
            "object": str(finding.object),
            "wrong_line": finding.wrong_line,
            "shows_line": finding.shows_line,
        }
        for finding in findings
    ]
    assert found == [{field: wanted[field] for field in FIELDS} for wanted in case["expect"]]
    causes = [wanted["cause"] for wanted in case["expect"] if "cause" in wanted]
    assert [
        f.cause for f, wanted in zip(findings, case["expect"], strict=True) if "cause" in wanted
    ] == causes


@pytest.mark.parametrize("case", cases())
def test_the_mended_text_is_clean(case: dict[str, Any]) -> None:
    mended = run("\n".join(case["fixed"]))

    assert [finding.message for finding in mended.findings] == []
    said = [note.text for note in mended.notes if not note.text.endswith("none goes wrong")]
    assert said == []
    assert mended.timeline.cut is None


@pytest.mark.parametrize("case", cases())
def test_every_case_says_where_it_comes_from(case: dict[str, Any]) -> None:
    assert set(case) <= {"id", "title", "source", "buggy", "fixed", "expect"}
    assert case["source"]
    assert case["buggy"] != case["fixed"] or not case["expect"]


@pytest.mark.parametrize("case", [case for case in cases() if "race" in case.id])
def test_a_race_is_found_without_being_told_the_order(case: dict[str, Any]) -> None:
    told = "\n".join(line for line in case["buggy"] if "schedule" not in line)
    untold = run(told)

    assert {finding.kind for finding in untold.findings} == {"race"}
    assert "orders of the threads were tried" in untold.notes[-1].text
