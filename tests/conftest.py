"""What tests of several rooms share: the libssl of the machine, or a visible skip."""

from __future__ import annotations

import os

import pytest

from sslrefs.oracle.library import Libssl, LibsslNotFoundError, load


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "libssl: needs a libssl on this machine")


@pytest.fixture(scope="session")
def library() -> Libssl:
    """The machine's libssl, or the one SSLREFS_LIBSSL names."""
    try:
        return load()
    except LibsslNotFoundError as missing:
        if "libssl" in os.environ.get("SSLREFS_REQUIRE", ""):
            pytest.fail(f"SSLREFS_REQUIRE asks for libssl: {missing}")
        pytest.skip(str(missing))
