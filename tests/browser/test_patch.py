"""The player changes an item's group exactly as Python does for a still: one table of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.sample import lesson

if TYPE_CHECKING:
    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

TABLE = Path(__file__).parents[1] / "unit" / "picture" / "patch_cases.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))["cases"]


def test_every_case_of_the_table(stub: StubPage) -> None:
    """All cases as the items of one run of one step."""
    groups = []
    for index, case in enumerate(CASES):
        mark = "times" if case["base"].startswith("edge") else "count"
        text = "" if case["text"] is None else f"<text class='{mark}'>before</text>"
        groups.append(f"<g id='i{index}' class='{case['base']}'>{text}</g>")
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{''.join(groups)}</svg>"
    words = [case["words"] for case in CASES]
    changes = [
        [index, index, case["look_text"]] if case["look_text"] else [index, index]
        for index, case in enumerate(CASES)
    ]
    hot = [index for index, case in enumerate(CASES) if case["hot"]]
    payload = lesson(
        svg=svg,
        items=[f"i{index}" for index in range(len(CASES))],
        words=words,
        moments=[{"c": [], "h": []}, {"c": changes, "h": hot}],
        steps=lesson()["steps"][:1],
        findings=[],
    )

    root = stub.mount(payload, position=1)

    expect(root).to_have_attribute("data-step", "1")
    found = root.locator(".picture g").evaluate_all(
        "(groups) => groups.map((group) => [group.getAttribute('class'), "
        "group.querySelector('text')?.textContent ?? null])"
    )
    assert found == [[case["class"], case["text"]] for case in CASES]
    assert len(CASES) > 10
