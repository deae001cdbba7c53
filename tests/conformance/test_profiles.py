"""Every vector on every library it was measured for: the profiles differ where the libraries do."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.library import LIBRARIES, Library, evidence_of_differences
from sslrefs.trace.codec import step_facts
from tests.conformance.test_vectors import (
    VECTORS,
    measured,
    modelled,
    of_what_was_seen,
    renamed,
)

TEXTS = Path(__file__).with_name("texts")
PROFILES = {
    "OpenSSL 3.0.19": "OpenSSL 3",
    "OpenSSL 3.5.9": "OpenSSL 3",
    "OpenSSL 1.1.1w": "OpenSSL 1.1.1",
    "OpenSSL 1.1.1g": "OpenSSL 1.1.1",
    "LibreSSL 4.3.2": "LibreSSL",
}


def measured_on(library: str) -> list[Path]:
    return [
        path
        for path in sorted(VECTORS.glob("*.json"))
        if json.loads(path.read_text(encoding="utf-8"))["libraries"].get(library) == "measured"
    ]


def steps_on(vector: dict[str, Any], library: str) -> list[dict[str, Any]]:
    """The vector's steps as that library made them."""
    differs = vector["differs"].get(library, {})
    steps = [{**step, **differs.get(str(i), {})} for i, step in enumerate(vector["steps"])]
    for step in steps:
        # LibreSSL's SSL_SESSION_is_resumable answers 0 for every session: nothing was measured.
        if library.startswith("LibreSSL") and not step["undefined"]:
            step["not_resumable"] = []
    return steps


def counts(source: str, profile: Library) -> list[object]:
    return [step_facts(step) for step in run_text(source, library=profile).steps]


def agrees(path: Path, library: str, profile: Library) -> bool:
    vector = json.loads(path.read_text(encoding="utf-8"))
    timeline = run_text(vector["text"], library=profile)
    steps = steps_on(vector, library)
    found = [modelled(timeline, step) for step in steps]
    if library.startswith("LibreSSL"):
        found = [{**f, "not_resumable": []} if "not_resumable" in f else f for f in found]
    return renamed([measured(s) for s in steps]) == renamed(of_what_was_seen(found))


@pytest.mark.parametrize("library", PROFILES)
def test_the_profile_reproduces_what_was_measured(library: str) -> None:
    files = measured_on(library)
    profile = LIBRARIES[PROFILES[library]]

    wrong = [path.stem for path in files if not agrees(path, library, profile)]

    assert len(files) >= 134
    assert wrong == []


@pytest.mark.parametrize("library", ["OpenSSL 3.0.19", "OpenSSL 1.1.1w", "LibreSSL 4.3.2"])
@pytest.mark.parametrize(("difference", "evidence"), evidence_of_differences().items())
def test_a_profile_with_a_difference_turned_round_is_caught(
    library: str, difference: str, evidence: tuple[str, ...]
) -> None:
    right = LIBRARIES[PROFILES[library]]
    turned: dict[str, Any] = {difference: not getattr(right, difference)}
    wrong = replace(right, **turned)

    for name in evidence:
        text = TEXTS / f"{name}.c"
        if text.exists():
            source = text.read_text(encoding="utf-8")
            assert counts(source, wrong) != counts(source, right)
        else:
            (vector,) = VECTORS.glob(f"[0-9]*-{name}.json")
            assert not agrees(vector, library, wrong)
