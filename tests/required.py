"""Tools that some tests need: without one a test is skipped, or fails where it is required.

`SSLREFS_REQUIRE` names the tools that must be there, separated by commas.
"""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

__all__ = ["VARIABLE", "missing", "program"]

VARIABLE = "SSLREFS_REQUIRE"


def missing(tool: str, reason: str) -> NoReturn:
    """Ends the test: the tool is not there, and the reason says how to get it."""
    if tool in os.environ.get(VARIABLE, "").split(","):
        pytest.fail(f"{VARIABLE} asks for {tool}: {reason}", pytrace=False)
    pytest.skip(reason)


def program(tool: str, names: tuple[str, ...], reason: str) -> str:
    """The path of the first of these programs; without one the test ends."""
    for name in names:
        path = shutil.which(name)
        if path is not None:
            return path
    missing(tool, reason)
