"""What tests of several rooms share: the libssl of the machine, or a visible skip."""

from __future__ import annotations

import pytest

from sslrefs.oracle.library import Libssl, LibsslNotFoundError, load
from tests.required import missing


@pytest.fixture(scope="session")
def library() -> Libssl:
    """The machine's libssl, or the one SSLREFS_LIBSSL names."""
    try:
        return load()
    except LibsslNotFoundError as absent:
        missing("libssl", str(absent))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test marked `libssl` looks for one first, also if it takes no `library`."""
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("libssl"):
            item.fixturenames.insert(0, "library")
