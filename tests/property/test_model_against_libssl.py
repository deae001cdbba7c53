"""Random calls on the model and on the real libssl: every count must agree after every step.

Here 20,000 steps are walked; `python -m tests.property.deep` walks a million.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import Function
from sslrefs.model.world import Peer
from sslrefs.oracle.functions import SIGNATURES
from sslrefs.oracle.library import Libssl
from tests.property.deep import PROFILES
from tests.property.libssl_beliefs import BELIEFS
from tests.property.libssl_child import Child
from tests.property.libssl_choice import POOLS, VARIABLES
from tests.property.libssl_machine import Tally, walk
from tests.property.libssl_walk import BODIES
from tests.property.libssl_walker import Plan
from tests.wheels import WHEELS, libssl_of

pytestmark = pytest.mark.libssl

ELSEWHERE = 5_000
"""Steps on each library that is not the machine's; whole walks are made, so there are more."""


@pytest.fixture
def child() -> Iterator[Child]:
    walking = Child()
    yield walking
    walking.close()


def test_model_and_libssl_agree_after_every_random_step(
    library: Libssl, child: Child, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = Tally()

    walk(child, tally, steps=PROFILES["quick"])

    with capsys.disabled():
        print("\n" + tally.report(child.library, "quick"))
    there = {name for name in CALLS if name not in SIGNATURES or library.has(name)}
    assert set(tally.calls) == there
    assert tally.steps >= PROFILES["quick"]


@pytest.mark.parametrize("name", WHEELS)
def test_other_versions_agree_after_every_random_step(
    name: str, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    child = Child(str(libssl_of(name, pytestconfig)))
    tally = Tally()

    walk(child, tally, steps=ELSEWHERE)

    child.close()
    with capsys.disabled():
        print(f"\n{child.library}: {tally.steps:,} random steps, {len(tally.calls)} calls")
    assert child.library.startswith(name)
    assert tally.steps >= ELSEWHERE
    assert len(tally.calls) >= len(CALLS) - 3


def test_every_value_that_a_walk_needs_can_be_chosen() -> None:
    needed = {
        (name, parameter.name)
        for name, row in CALLS.items()
        for parameter in row.parameters
        if parameter.kind not in ("ctx", "ssl", "session") and parameter.type not in VARIABLES
    }
    chosen = [value for pool in POOLS.values() for value in pool.values]

    assert needed <= set(POOLS)
    assert {value.name for value in chosen if isinstance(value, Function)} == set(BODIES)


@pytest.mark.parametrize("belief", BELIEFS)
def test_a_wrong_belief_is_found_by_the_walks(belief: str) -> None:
    child = Child(belief=belief)
    try:
        # Other counts, or libssl itself at a loss where the model sees nothing wrong.
        with pytest.raises(AssertionError, match=r"the model (says|sees nothing undefined)"):
            walk(child, Tally(), steps=PROFILES["quick"], is_shrunk=False)
    finally:
        child.close()


def test_a_child_that_crashes_is_told_and_replaced(child: Child) -> None:
    child.ask(Plan(Peer(), is_lawful=True))
    assert child.process.pid is not None

    os.kill(child.process.pid, signal.SIGSEGV)
    told = child.ask((0, 0))

    assert told.differences == ("libssl ended by SIGSEGV, where the model sees nothing undefined",)
    assert child.ask(Plan(Peer(), is_lawful=True)).differences == ()


def test_a_child_that_gives_no_answer_in_time_is_told_and_replaced(child: Child) -> None:
    child.ask(Plan(Peer(), is_lawful=True))
    assert child.process.pid is not None

    os.kill(child.process.pid, signal.SIGSTOP)
    child.limit = 0.1
    told = child.ask((0, 0))

    assert told.differences == (
        "libssl did not return in 0.1 s, where the model sees nothing undefined",
    )
