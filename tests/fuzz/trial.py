"""What is done with an input, and what must hold: an answer, in time, for every text."""

from __future__ import annotations

import resource
import signal
import time
import traceback
from typing import TYPE_CHECKING, NamedTuple

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.branches import branches
from sslrefs.studio.data import TooManyFactsError
from sslrefs.studio.run import run
from tests.fuzz.inputs import Input, input_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from sslrefs.studio.run import Run

__all__ = ["MOST_MEGABYTES", "MOST_SECONDS", "Failure", "Report", "try_inputs", "try_row"]

MOST_SECONDS = 2.0
MOST_MEGABYTES = 200.0
GIVE_UP = 20.0
_MORE_TRIES = 2
"""Cores that share their parts slow each other down: what counts is the least of three times."""


class Failure(NamedTuple):
    """An input that was not answered as it must be."""

    number: int
    kind: str
    what: str


class Report(NamedTuple):
    """What became of a row of inputs; time is the processor's, memory that of the whole process."""

    inputs: int
    refused: int
    seconds: float
    slowest: float
    slowest_input: int
    megabytes: float
    failures: tuple[Failure, ...]


class _TooLongError(Exception):
    """An input took far more time than it may."""


def try_row(row: tuple[int, int, int]) -> Report:
    """Answer a row of inputs, in a process of its own: its memory counts too."""
    report = try_inputs(*row)
    if report.megabytes <= MOST_MEGABYTES:
        return report
    too_much = Failure(row[0], "memory", f"{report.megabytes:.0f} MB among these inputs")
    return report._replace(failures=(*report.failures, too_much))


def try_inputs(first: int, last: int, seed: int) -> Report:
    """Answer the inputs from `first` to before `last`, in a process that may have done more."""
    signal.signal(signal.SIGPROF, _stop)
    failures: list[Failure] = []
    refused, slowest, slowest_input = 0, 0.0, first
    start = time.process_time()
    for number in range(first, last):
        tried = input_of(number, seed)
        what, is_refused, spent = _timed(tried, number)
        for _ in range(_MORE_TRIES):
            if what or spent <= MOST_SECONDS:
                break
            spent = min(spent, _timed(tried, number)[2])
        if what:
            failures.append(Failure(number, tried.kind, what))
        elif spent > MOST_SECONDS:
            failures.append(Failure(number, tried.kind, f"took {spent:.1f} s"))
        refused += is_refused
        if spent > slowest:
            slowest, slowest_input = spent, number
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - start
    many = last - first
    return Report(many, refused, spent, slowest, slowest_input, memory, tuple(failures))


def _timed(tried: Input, number: int) -> tuple[str, bool, float]:
    """An answer, and the processor's seconds that the slowest part of it took."""
    clock = _Clock()
    what, is_refused = _answer(tried, number, clock)
    return what, is_refused, clock.slowest()


class _Clock:
    """The processor's seconds of each part of an answer: nobody asks for all of them at once."""

    def __init__(self) -> None:
        self._began = time.process_time()
        self._most = 0.0

    def slowest(self) -> float:
        """The longest part up to now; the next one begins."""
        now = time.process_time()
        self._most = max(self._most, now - self._began)
        self._began = now
        return self._most


def _answer(tried: Input, number: int, clock: _Clock) -> tuple[str, bool]:
    """What is wrong with the answer, "" if nothing, and whether the text was refused."""
    signal.setitimer(signal.ITIMER_PROF, GIVE_UP)
    try:
        _look_at(tried, number, clock)
    except ScriptError as error:
        signal.setitimer(signal.ITIMER_PROF, 0)
        return _refusal(tried, error), True
    except Exception:
        return traceback.format_exc(limit=-3), False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "", False


def _look_at(tried: Input, number: int, clock: _Clock) -> None:
    """Run a text and read all that is said about it; of some, all ways.

    Its words and picture come first, or its data, by turns: as somebody would ask for them.
    """
    if number % 40 == 0:
        assert str(branches(tried.text))
        return
    result = run(tried.text)
    parts: list[Callable[[Run], None]] = [_shown, _as_data]
    for part in parts if number % 2 else reversed(parts):
        part(result)
        clock.slowest()


def _shown(result: Run) -> None:
    assert str(result)
    assert len(result.scene.moments) == len(result.timeline.steps) + 1


def _as_data(result: Run) -> None:
    try:
        data = result.data()
    except TooManyFactsError:
        data = result.data(slice(-5, None))
    assert data["schema"] == 1


def _refusal(tried: Input, error: ScriptError) -> str:
    """What is wrong with a refusal: valid programs get none, mistakes have places and words."""
    if tried.kind == "valid":
        return f"refused: {error}"
    lines = tried.text.count("\n") + 1
    for problem in error.problems:
        if not (1 <= problem.line <= lines and problem.column >= 1 and problem.message):
            return f"a mistake without a place: {problem}"
    return "" if error.problems and str(error) else "a refusal without a mistake"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    message = f"more than {GIVE_UP:.0f} s"
    raise _TooLongError(message)
