"""A run, recorded: its steps, each with its events and the world after it.

The timeline is a value. Everything that shows, judges or replays a run reads
it; nothing writes it but the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from pyrsistent import PMap

from sslrefs.model.objects import ObjectId, Value
from sslrefs.model.outcome import CallbackRun, Event
from sslrefs.model.world import World

__all__ = [
    "LEFT_OUT",
    "Assigned",
    "Called",
    "Fork",
    "Hidden",
    "Note",
    "Place",
    "Ran",
    "ScopeLeft",
    "Step",
    "StepEvent",
    "Threaded",
    "Timeline",
    "Turn",
]

Place = str
"""A variable as people write it: `s`, `on_new:sess` in a function, `conn->session`."""


class Called(NamedTuple):
    """The program called a libssl function; its model events follow this one.

    `places` says for each argument which variable it was read from, or None
    for another expression. `directions` are the words that bind to this call.
    """

    name: str
    arguments: tuple[Value, ...]
    places: tuple[Place | None, ...]
    directions: tuple[str, ...] = ()


class Assigned(NamedTuple):
    """A variable got a value. `source` is the variable it was copied from, if any."""

    place: Place
    before: Value
    after: Value
    source: Place | None


class ScopeLeft(NamedTuple):
    """The variables of a function or block, or of freed storage, went away.

    `places` has them with their last values; `cause` is "out of scope" or "struct freed".

    `returned` is the object whose pointer the function returned, and
    `returning` the variable that pointer was read from, if it was one.
    """

    function: str
    places: tuple[tuple[Place, Value], ...]
    returning: Place | None = None
    returned: ObjectId | None = None
    cause: str = "out of scope"


class Hidden(NamedTuple):
    """A pointer was stored where the model does not look, such as a struct or the heap.

    `source` is the variable it was copied from, if any.
    """

    target: ObjectId
    source: Place | None


class Ran(NamedTuple):
    """A function of the program ran here; its steps are `first` to `last` (none if last < first).

    Those steps stand before the step this event is in; the event tells where
    in the course of that step they belong.
    """

    function: str
    first: int
    last: int


class Threaded(NamedTuple):
    """A thread began or ended, or a mutex was locked or unlocked; `what` says it in words."""

    thread: int
    what: str


StepEvent = Event | Called | Assigned | ScopeLeft | Hidden | Ran | Threaded


class Step(NamedTuple):
    """One executed statement.

    `line` and `end_line` count from 1; `depth` is the number of functions of
    the program that are running around it, `function` the innermost of them
    ("" at the top). `calls` names the libssl functions it called, `returned`
    is the value of its last expression. Steps of a callback stand before the
    step of the statement that made libssl run it: a step is recorded when its
    statement is complete. `thread` is 0 in main, else the number of the thread in the
    order in which they were created; `depth` is 0 in its own function too.
    """

    index: int  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    line: int
    end_line: int
    text: str
    depth: int
    function: str
    calls: tuple[str, ...]
    returned: Value | None
    events: tuple[StepEvent, ...]
    world: World
    variables: PMap[Place, Value]
    undefined: str | None
    thread: int = 0

    @property
    def callbacks(self) -> tuple[CallbackRun, ...]:
        """The callbacks that ran inside this statement, in order."""
        return tuple(event for event in self.events if isinstance(event, CallbackRun))


class Turn(NamedTuple):
    """A turn of a thread: which thread went on, and which could have."""

    thread: int
    able: tuple[int, ...]


class Fork(NamedTuple):
    """A place of a run where something could fail: before step `step`, at `line`; `what` fails."""

    step: int
    line: int
    what: str


LEFT_OUT = "is left out: its argument"
"""What the note on a call says that could not be followed."""


class Note(NamedTuple):
    """Something the reader should know about a line; not a fault of the program."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole run of one text.

    `before` is the world before the first step; `cut` says, when a limit was
    reached, which and what was left out; `turns` has who went on when there are threads.
    `forks` has what could fail, in order, and `failed` what did because it was asked for.
    `beyond` are the places in memory that belongs to the rest of the program, which is not shown.
    """

    source: str
    before: World
    steps: tuple[Step, ...]
    notes: tuple[Note, ...] = ()
    cut: str | None = None
    turns: tuple[Turn, ...] = ()
    forks: tuple[Fork, ...] = ()
    failed: Fork | None = None
    beyond: frozenset[Place] = frozenset()

    @property
    def library(self) -> str:
        """The library profile the run used, such as "OpenSSL 3"."""
        return self.before.library.name

    def with_note(self, note: Note) -> Timeline:
        """The same run with a note more."""
        return replace(self, notes=(*self.notes, note))

    def world_after(self, step: int) -> World:
        """The world after step `step` counted from 0; -1 is before the first."""
        return self.before if step < 0 else self.steps[step].world

    def objects(self) -> list[ObjectId]:
        """Every object that ever was in this run."""
        return self.world_after(len(self.steps) - 1).all_ids()
