"""The Hypothesis machine that draws random walks, and what is counted of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sslrefs.model.world import Peer
from tests.property.libssl_child import Child
from tests.property.libssl_choice import SITUATIONS
from tests.property.libssl_walker import Answer, Plan

__all__ = ["EXAMPLES", "STEPS", "Tally", "walk"]

EXAMPLES, STEPS = 50, 100
"""Walks that are drawn with one seed, and draws of a walk."""

_NUMBERS = st.integers(0, (1 << 24) - 1)  # beyond 24 bits Hypothesis prefers small ones


class Tally:
    """What was walked, for the report at the end; `found` is a walk that differs."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.endings: Counter[str] = Counter()
        self.found: str | None = None

    @property
    def steps(self) -> int:
        """How many calls were made on both sides."""
        return self.calls.total()

    def add(self, answer: Answer) -> None:
        """Count one answer."""
        self.calls.update(answer.calls)
        if answer.ending is not None:
            self.endings[answer.ending] += 1

    def report(self, library: str, name: str) -> str:
        """The end of a run, for a person."""
        calls = ", ".join(f"{call} {n:,}" for call, n in sorted(self.calls.items()))
        endings = ", ".join(f"{what} {n:,}" for what, n in self.endings.most_common())
        differences = "no difference" if self.found is None else "a difference"
        return (
            f"{library}: {self.steps:,} random steps ({name}), {differences}\n"
            f"  {len(self.calls)} calls walked: {calls}\n"
            f"  left out of them: {'; '.join(SITUATIONS)}\n"
            f"  undefined behaviour, in a process of its own: {endings or 'none'}"
        )


class _Machine(RuleBasedStateMachine):
    """One walk: every draw is sent to the child, and every answer has to agree."""

    child: ClassVar[Child]
    tally: ClassVar[Tally]

    @initialize(
        version=st.sampled_from((0x303, 0x304)),
        gives_tickets=st.booleans(),
        oddity=st.integers(0, 15),
        mood=_NUMBERS,
    )
    def begin(self, version: int, gives_tickets: bool, oddity: int, mood: int) -> None:
        peer = Peer(version, gives_tickets, oddity % 8 == 1)
        self._ask(Plan(peer, oddity < 12, mood))

    @rule(which=_NUMBERS, number=_NUMBERS)
    def call(self, which: int, number: int) -> None:
        self._ask((which, number))

    def teardown(self) -> None:
        self._ask("leave")

    def _ask(self, request: Any) -> None:
        answer = self.child.ask(request)
        self.tally.add(answer)
        if answer.differences:
            # The last one told is the shortest, also where a second run goes another way.
            self.tally.found = "\n".join([*self.child.lines, *answer.differences])
        assert not answer.differences


def walk(
    child: Child,
    tally: Tally,
    *,
    steps: int,
    first_seed: int = 0,
    is_shrunk: bool = True,
    told: Callable[[Tally], None] = lambda _tally: None,
) -> None:
    """Draw walks until so many steps are made; every fifty walks have a seed of their own.

    Raises:
        AssertionError: Model and libssl differ; the message is the shortest such walk found,
            or the first one unless it `is_shrunk`.
    """
    how = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink) if is_shrunk else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    number = first_seed
    while tally.steps < steps:
        machine = type("Walking", (_Machine,), {"child": child, "tally": tally})
        try:
            run_state_machine_as_test(seed(number)(machine), settings=how)
        except Exception:
            if tally.found is None:
                raise
            raise AssertionError(tally.found) from None
        number += 1
        told(tally)
