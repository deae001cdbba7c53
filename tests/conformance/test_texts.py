"""The C texts beside this file run the same on the model and on the machine's libssl."""

from __future__ import annotations

from pathlib import Path

import pytest

from sslrefs.oracle.compare import check

pytestmark = pytest.mark.libssl

TEXTS = sorted(Path(__file__).with_name("texts").glob("*.c"))


def test_the_texts_are_found() -> None:
    assert TEXTS


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_every_step_of_the_text_agrees(file: Path) -> None:
    comparison = check(file.read_text())

    differences = [str(one) for step in comparison.steps for one in step.differences]

    assert comparison.problem is None
    assert comparison.steps
    assert differences == []
