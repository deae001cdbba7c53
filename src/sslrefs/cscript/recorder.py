"""The recording side of a run: steps and their events, notes, limits.

It knows nothing of C's expressions and statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

from pycparser import c_ast

from sslrefs.cscript.frames import Variables
from sslrefs.cscript.parser import Program
from sslrefs.cscript.spans import Span
from sslrefs.model.objects import UNINITIALISED, Value
from sslrefs.model.world import World
from sslrefs.trace.timeline import Assigned, Called, Fork, Note, Place, Step, StepEvent

__all__ = ["Halt", "Limits", "Recorder"]


class Limits:
    """How far a run may go."""

    STEPS = 10_000
    OBJECTS = 2_000
    TICKS = 100_000
    DEPTH = 50


class Halt(Exception):  # noqa: N818  # a jump, not an error
    """The program stands still here: `exit` was called, or a limit reached; `cut` says which."""

    def __init__(self, cut: str | None = None) -> None:
        self.cut = cut


class Recorder:
    """The state of a run, and its timeline as far as it has got."""

    def __init__(self, program: Program, world: World) -> None:
        self.program = program
        self.world = world
        self.variables = Variables()
        self.steps: list[Step] = []
        self.notes: list[Note] = []
        self.events: list[StepEvent] = []
        self.directions: tuple[str, ...] = ()
        self.line = 0
        self.thread = 0
        self.returning: Place | None = None
        self.is_halted = False
        self._spans: dict[int, Span] = {}
        self._noted: set[str] = set()
        self.copy_flag: Place = ""
        self.has_unions = program.types.has_unions
        self.has_arrays = program.types.has_arrays
        self.latest: tuple[c_ast.Node, Place] | None = None
        self._met: set[int] = set()
        self.ticks = 0
        self.forks: list[Fork] = []
        self.fails_at: int | None = None

    def halt(self, cut: str | None = None) -> NoReturn:
        """Stand still; no scope ends any more."""
        self.is_halted = True
        raise Halt(cut)

    # -- steps -------------------------------------------------------------

    def step(self, node: c_ast.Node, run: Callable[[], Value | None]) -> Value | None:
        """Run one statement and record it; callbacks inside record theirs before it.

        If the program halts inside, what the statement had done is recorded too.
        """
        self.check_limits()
        span = self._spans.get(id(node))
        if span is None:
            span = self._spans[id(node)] = self.program.span(node)
        outer = (self.events, self.directions, self.line)
        self.events = []
        self.directions = self.program.directions.lines.get(span.end_line, ())
        self.line = span.line
        returned: Value | None = None
        try:
            returned = run()
        except (Halt, RecursionError):
            self.is_halted = True
            self._record(span, None)
            raise
        self._record(span, returned)
        self.events, self.directions, self.line = outer
        return returned

    def _record(self, span: Span, returned: Value | None) -> None:
        events = tuple(self.events)
        called = tuple(event.name for event in events if type(event) is Called)
        if called:
            self._met.add(span.end_line)
        self.steps.append(
            Step(
                len(self.steps),
                span.line,
                span.end_line,
                span.text,
                self.variables.depth,
                self.variables.frames[-1].function,
                called,
                returned,
                events,
                self.world,
                self.variables.shown,
                self.world.undefined,
                self.thread,
            )
        )

    def unmet_directions(self) -> Iterator[Note]:
        """Which directions of lines met no call: they had no effect."""
        for line, words in self.program.directions.lines.items():
            if line not in self._met:
                text = f"`{' and '.join(words)}` had no effect: no call that ran ends on this line"
                yield Note(line, text)

    def fails(self, what: str, *, step: int | None = None, line: int | None = None) -> bool:
        """Whether something that can fail does so: it is the one that was asked for."""
        self.forks.append(Fork(len(self.steps) if step is None else step, line or self.line, what))
        if len(self.forks) - 1 != self.fails_at:
            return False
        verb = "is answered the other way" if " " in what else "fails"
        self.note(f"on this way {what} {verb}", line=line)
        return True

    def note(self, text: str, *, line: int | None = None) -> None:
        """Tell the reader something about the current line or another, once."""
        if text not in self._noted:
            self._noted.add(text)
            self.notes.append(Note(line or self.line, text))

    def tick(self) -> None:
        """Count a statement or a turn of a loop; a run without end is stopped."""
        self.ticks += 1
        if self.ticks > Limits.TICKS:
            self.halt(f"the run was stopped after {Limits.TICKS:,} statements and turns of loops")

    def check_limits(self) -> None:
        """Stop when there are too many steps or objects."""
        if len(self.steps) >= Limits.STEPS:
            self.halt(
                f"the run was stopped after {Limits.STEPS:,} steps; what comes later is not shown"
            )
        world = self.world
        count = len(world.ctxs) + len(world.ssls) + len(world.sessions)
        if count > Limits.OBJECTS:
            self.halt(
                f"the run was stopped at step {len(self.steps):,}: it made more than"
                f" {Limits.OBJECTS:,} objects"
            )

    def assign(self, place: Place, value: Value, source: Place | None) -> None:
        """Give a variable a value."""
        before = self.variables.values.get(place, UNINITIALISED)
        self.variables.set(place, value)
        if place == self.copy_flag:
            self.copy_flag = ""
        self.events.append(Assigned(place, before, value, source))

    def receive(self, name: str, type_: str, value: Value, source: Place | None) -> None:
        """A parameter gets its argument, read from the caller's variable `source` if it was one."""
        place = self.variables.declare(name, type_, value)
        self.events.append(Assigned(place, UNINITIALISED, value, source))
