"""A missing tool is a visible skip, or a failure where it is required."""

from __future__ import annotations

import re

import pytest

from tests.repo.test_repository import ROOT, tracked
from tests.required import VARIABLE, missing, program


def test_a_missing_tool_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "libssl,browser")

    with pytest.raises(pytest.skip.Exception, match="apt-get install it"):
        missing("dot", "apt-get install it")


def test_a_missing_tool_that_is_required_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "libssl,dot")

    with pytest.raises(pytest.fail.Exception, match="asks for dot: apt-get install it"):
        program("dot", ("no-such-program",), "apt-get install it")


def test_what_ci_requires_is_what_tests_ask_for() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    required = re.search(rf"^export {VARIABLE}=(\S+)$", ci, re.MULTILINE)
    asked = {
        tool
        for path in tracked("tests/*.py")
        if path.name != "test_required.py"
        for tool in re.findall(
            r'\b(?:missing|program)\(\s*"(\w+)"', path.read_text(encoding="utf-8")
        )
    }

    assert required is not None
    assert set(required[1].split(",")) == asked
