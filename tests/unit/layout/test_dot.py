"""The adapter with the real `dot` of this machine."""

from __future__ import annotations

import pytest

from sslrefs.layout.executable import Executable
from sslrefs.picture.dot import geometry
from sslrefs.picture.routes import read
from tests.required import program
from tests.unit.picture.scenes import crowd

HOW = "no dot found: install Graphviz (Debian: apt-get install graphviz)"


@pytest.fixture
def dot() -> Executable:
    program("dot", ("dot",), HOW)
    return Executable("dot")


@pytest.mark.parametrize("objects", [1, 8, 38, 60])
def test_dot_draws_every_item(dot: Executable, objects: int) -> None:
    drawn = crowd(objects)

    found = read(drawn, dot.draw(geometry(drawn), drawn))

    assert set(found.boxes) == {node.id for node in drawn.nodes}
    assert set(found.routes) == {edge.id for edge in drawn.edges}
