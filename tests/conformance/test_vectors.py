"""Every measured vector is reproduced: all fields of all its steps, whole texts at a time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.trace.codec import step_facts
from sslrefs.trace.timeline import Timeline

VECTORS = Path(__file__).parent / "vectors"
REPRODUCED = 135
"""How many vectors run today; raise it with new vectors, never lower it."""
_OBJECT = re.compile(r"\b(ctx|ssl|session)#\d+")
_UNORDERED = ("dangling", "not_resumable", "destroyed")

Facts = dict[str, Any]


def vector_files() -> list[Any]:
    files = sorted(VECTORS.glob("*.json"))
    return [pytest.param(file, id=file.stem) for file in files]


@pytest.mark.parametrize("file", vector_files())
def test_every_step_is_as_measured(file: Path) -> None:
    vector = json.loads(file.read_text(encoding="utf-8"))

    timeline = run_text(vector["text"])

    assert not timeline.cut
    assert not [note.text for note in timeline.notes if "came with" not in note.text]
    wanted = [measured(step) for step in vector["steps"]]
    found = [modelled(timeline, step) for step in vector["steps"]]
    assert renamed(wanted) == renamed(of_what_was_seen(found))


def test_no_vector_was_lost() -> None:
    files = {file.stem for file in VECTORS.glob("*.json")}

    assert len(files) >= REPRODUCED


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("counts", {"ctx#1": 9}),
        ("returns", 7),
        ("destroyed", ["ctx#1"]),
        ("variables", {"other": "ctx#1"}),
        ("undefined", "freed memory is read"),
    ],
)
def test_the_comparison_sees_a_difference(field: str, wrong: object) -> None:
    vector = json.loads((VECTORS / "001-ctx-new-free.json").read_text(encoding="utf-8"))
    timeline = run_text(vector["text"])
    found = [modelled(timeline, step) for step in vector["steps"]]

    vector["steps"][0][field] = wrong

    assert [measured(step) for step in vector["steps"]] != found


def measured(step: Facts) -> Facts:
    """A step of a vector; once it is undefined, that is all that can be measured."""
    if step["undefined"]:
        return {"line": step["line"], "undefined": True}
    return _sorted({**step, "undefined": False})


def modelled(timeline: Timeline, wanted: Facts) -> Facts:
    """The facts after the last outer step of the measured line.

    Variables that no object is assigned to are not measured: they count only
    where the vector names them.
    """
    step = [s for s in timeline.steps if s.depth == 0 and s.line == wanted["line"]][-1]
    facts: Facts = step_facts(step)
    if facts["undefined"]:
        return {"line": step.line, "undefined": True}
    named = wanted.get("variables") or {}
    facts["variables"] = {
        place: value
        for place, value in facts["variables"].items()
        if value != "NULL" or place in named
    }
    return _sorted({**facts, "line": step.line, "undefined": False})


def _sorted(facts: Facts) -> Facts:
    """Lists without an order are sorted; out-of-scope variables are left out."""
    facts = {**facts, **{key: sorted(facts[key]) for key in _UNORDERED}}
    facts["callbacks"] = sorted(facts["callbacks"], key=lambda run: json.dumps(run, sort_keys=True))
    facts["variables"] = {k: v for k, v in facts["variables"].items() if v is not None}
    return facts


def of_what_was_seen(steps: list[Facts]) -> list[Facts]:
    """The steps without objects that were born and died inside one, seen by no callback.

    A measurement between two statements cannot know them.
    """
    seen: set[str] = set()
    for facts in steps:
        told = {key: facts.get(key) for key in ("counts", "callbacks", "returns", "variables")}
        seen |= {match.group() for match in _OBJECT.finditer(json.dumps(told))}
    return [
        {**facts, "destroyed": [name for name in facts["destroyed"] if name in seen]}
        if "destroyed" in facts
        else facts
        for facts in steps
    ]


def renamed(steps: list[Facts]) -> list[Facts]:
    """Objects numbered by their first appearance in the compared steps."""
    names: dict[str, str] = {}
    order = ("line", "returns", "counts", "cached", "callbacks", "variables", "destroyed")
    rest = ("dangling", "not_resumable", "undefined")

    def rename(match: re.Match[str]) -> str:
        kind = match[1]
        number = sum(known.startswith(kind) for known in names) + 1
        return names.setdefault(match.group(), f"{kind}#{number}")

    ordered = [{key: facts[key] for key in (*order, *rest) if key in facts} for facts in steps]
    return [_sorted_again(json.loads(_OBJECT.sub(rename, json.dumps(facts)))) for facts in ordered]


def _sorted_again(facts: Facts) -> Facts:
    return _sorted(facts) if "callbacks" in facts else facts
