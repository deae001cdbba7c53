"""Steps per second: the model beside a plain Python tracer and beside libssl; and how it scales."""

from __future__ import annotations

import bdb
from functools import partial
from time import process_time
from typing import TYPE_CHECKING

from sslrefs.audit.findings import judge
from sslrefs.audit.ledger import keep_ledger
from sslrefs.cscript.interpreter import run_program
from sslrefs.cscript.parser import parse
from sslrefs.oracle.counts import count_places, read_count
from sslrefs.oracle.library import Libssl, LibsslNotFoundError, load
from sslrefs.oracle.replay import replay
from tests.benchmarks.programs import best, connections, counting, crowd, unlimited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

    from sslrefs.cscript.parser import Program

__all__ = ["lines"]

_CROWDS = (10, 100, 1000, 5000)
_PYTHON = """
ctx = {"count": 1, "cache": []}
while True:
    ssl = {"count": 1, "session": None}
    ssl["session"] = {"count": 2}
    s = ssl["session"]
    s["count"] += 1
    s["count"] += 1
    s["count"] -= 1
    ssl["count"] -= 1
    s["count"] -= 1
"""
"""What `connections` does, with counts kept by hand and no rule of libssl behind them."""


class Tracer(bdb.Bdb):
    """Notes so many lines, each with the text of every variable, as program visualisers do.

    A reference would not do: the object it leads to goes on changing.
    """

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length
        self.steps: list[tuple[int, dict[str, str]]] = []

    def user_line(self, frame: FrameType) -> None:
        shown = {name: repr(value) for name, value in frame.f_locals.items()}
        self.steps.append((frame.f_lineno, shown))
        if len(self.steps) == self.length:
            self.set_quit()


def _trace(code: CodeType, length: int) -> None:
    """A trace of plain Python of that length."""
    tracer = Tracer(length)
    tracer.runctx(code, {}, {})
    assert len(tracer.steps) == length


def _judge(program: Program) -> None:
    """A run with its findings."""
    timeline = run_program(program)
    judge(timeline, keep_ledger(timeline))


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    with unlimited():
        yield from _beside_a_tracer()
        yield from _scaling()
        yield from _beside_libssl()


def _beside_a_tracer() -> Iterator[str]:
    rounds = 1250
    text = connections(rounds)
    program = parse(text)
    steps = len(run_program(program).steps)

    seconds = best(partial(_judge, program))
    yield f"trace with findings   {steps / seconds:>9,.0f} steps/s ({steps:,} in {seconds:.2f} s)"
    alone = best(lambda: run_program(program))
    yield f"  the trace alone     {steps / alone:>9,.0f} steps/s"
    code = compile(_PYTHON, "<plain>", "exec")
    seconds = best(lambda: _trace(code, steps))
    yield f"  bdb, plain Python   {steps / seconds:>9,.0f} lines/s (as many; no rules, no holders)"
    written_out = "\n".join(f"SSL_SESSION *s{n} = SSL_SESSION_new();" for n in range(1000))
    seconds = best(lambda: parse(written_out), times=3)
    yield f"  parsing, apart      {1000 / seconds:>9,.0f} statements/s"


def _scaling() -> Iterator[str]:
    rounds = 2000
    for objects in _CROWDS:
        few, many = parse(crowd(objects, 1)), parse(crowd(objects, rounds))
        more = len(run_program(many).steps) - len(run_program(few).steps)
        cost = (best(partial(_judge, many)) - best(partial(_judge, few))) / more * 1e6
        yield f"cost per step with {objects:>5,} objects alive: {cost:6.1f} µs"


def _beside_libssl() -> Iterator[str]:
    try:
        library = load()
    except LibsslNotFoundError as missing:
        yield f"libssl: not measured, {missing}"
        return
    rounds = 2500
    calls = 4 * rounds
    program = parse(counting(rounds))

    seconds = best(partial(_judge, program))
    yield f"counting calls, model {calls / seconds:>9,.0f} calls/s ({calls:,} in {seconds:.2f} s)"
    seconds = best(lambda: count_natively(library, rounds))
    yield f"  libssl by ctypes    {calls / seconds:>9,.0f} calls/s ({library.version})"
    timeline = run_program(parse(connections(100)))
    began = process_time()
    compared = sum(1 for _ in replay(timeline, library))
    seconds = process_time() - began
    yield f"connections replayed  {compared / seconds:>9,.0f} steps/s on libssl, all counts compared"


def count_natively(library: Libssl, rounds: int) -> int:
    """The same calls on the library, the count read after each but the last, which frees."""
    offset = count_places(library).session
    seen = 0
    for _ in range(rounds):
        session = library("SSL_SESSION_new")
        seen += read_count(session, offset)
        library("SSL_SESSION_up_ref", session)
        seen += read_count(session, offset)
        library("SSL_SESSION_free", session)
        seen += read_count(session, offset)
        library("SSL_SESSION_free", session)
    return seen
