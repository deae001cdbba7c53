"""Where a wheel with another libssl cannot be had, the tests that need it say so."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from tests import wheels
from tests.required import VARIABLE


def test_on_another_machine_it_is_a_visible_skip(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")

    with pytest.raises(pytest.skip.Exception, match="for Linux on x86-64 only"):
        wheels.libssl_of("OpenSSL 3.5.9", pytestconfig)


def test_a_wheel_that_cannot_be_fetched_is_a_failure_where_it_is_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, "wheels")
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(pytest.fail.Exception, match="pip could not fetch OpenSSL 3"):
        wheels._download("OpenSSL 3.5.9", wheels.WHEELS["OpenSSL 3.5.9"], tmp_path)
