"""Threads of the program: who goes on next, who waits for a mutex, who is joined.

One thread runs at a time, a statement of its function at a turn; a block (`if`,
a loop) or a function it calls is one turn. The thread that creates others goes
on alone until it joins one. Which thread takes which turn is the schedule: from
the text's direction or from who explores orders; after its end each thread goes
on until it waits or is over. Nothing here runs at the same time as anything else.
"""

from __future__ import annotations

from collections.abc import Callable

from pycparser import c_ast

from sslrefs.cscript.declare import Declarer
from sslrefs.cscript.frames import Frame
from sslrefs.cscript.parser import Program
from sslrefs.cscript.types import callee
from sslrefs.cscript.unwinding import Goto, Return, labels
from sslrefs.model.objects import Address, Function, Value
from sslrefs.model.world import World
from sslrefs.trace.timeline import LEFT_OUT, Place, Threaded, Turn

__all__ = ["Thread", "Threads"]

_LOCK = "pthread_mutex_lock"
_TOO_MANY = 16


class Thread:
    """A thread of the program: its function, its variables, how far it has got."""

    __slots__ = ("frames", "function", "index", "is_over", "nodes", "number")

    def __init__(self, number: int, function: str, nodes: list[c_ast.Node]) -> None:
        self.number = number
        self.function = function
        self.nodes = nodes
        self.frames: list[Frame] = []
        self.index = 0
        self.is_over = False


class Threads(Declarer):
    """What pthread_create(3) and its kin do."""

    def __init__(self, program: Program, world: World, schedule: tuple[int, ...]) -> None:
        super().__init__(program, world)
        self.threads: list[Thread] = []
        self.turns: list[Turn] = []
        self.mutexes: dict[Place, int] = {}
        self._schedule = list(reversed(schedule))
        self._latest = 0

    def statement(self, node: c_ast.Node) -> None:
        """Run one statement; the interpreter knows how."""
        raise NotImplementedError

    def left(self, function: str, gone: tuple[tuple[Place, Value], ...], first: int) -> None:
        """A thread is over and its variables are gone; the interpreter notes it."""
        raise NotImplementedError

    def thread_call(
        self, name: str, values: tuple[Value | None, ...], places: tuple[Place | None, ...]
    ) -> Value:
        """A call of pthread_create(3) and its kin."""
        match name, values:
            case "pthread_create", (handle, _, Function() as function, argument):
                source = places[3] if len(places) > 3 else None
                self._create(handle, function.name, argument, source)
            case "pthread_join", (int() as number, *_):
                self._join(number)
            case "pthread_mutex_lock", (Address() as mutex, *_):
                self._lock(mutex.place)
            case "pthread_mutex_unlock", (Address() as mutex, *_):
                self._unlock(mutex.place)
            case "pthread_exit", _ if self.thread and not self.variables.depth:
                raise Return(None)
            case "pthread_self", _:
                return self.thread
            case _:
                self.note(f"{name} {LEFT_OUT}s are not known here")
        return 0

    def finish_threads(self) -> None:
        """At the end of main: who was never joined goes on to its end."""
        for thread in self.threads:
            if not thread.is_over:
                self.note(
                    f"nobody joins thread {thread.number} ({thread.function}): what it still does"
                    " is shown after the last statement"
                )
                self._join(thread.number)
        if self._schedule and self.threads:
            rest = " ".join(map(str, reversed(self._schedule)))
            self.note(f"the schedule is longer than the run: nothing was left to do for {rest}")

    # -- what the calls do ---------------------------------------------------

    def _create(
        self, handle: Value | None, name: str, argument: Value | None, source: Place | None
    ) -> None:
        if len(self.threads) == _TOO_MANY:
            self.halt(f"the run was stopped at {_TOO_MANY} threads, the last of {name}")
        node = self.program.functions.get(name)
        if node is None:
            self.note(f"{name} is declared but has no body: the thread does nothing")
        same = sum(thread.function == name for thread in self.threads)
        prefix = f"{name}({same + 1}):" if same else f"{name}:"
        nodes = (node.body.block_items or []) if node is not None else []
        thread = Thread(len(self.threads) + 1, name, nodes)
        thread.frames = [self.variables.frames[0], Frame(name, prefix)]
        thread.is_over = not thread.nodes
        self.threads.append(thread)
        self._tell(thread.number, f"thread {thread.number} may start: it runs {name}")
        place = self.variables.target(handle)
        if place is not None:
            self.assign(place, thread.number, None)
        parameters = node.decl.type.args.params if node is not None and node.decl.type.args else []
        for parameter in parameters[:1]:
            if getattr(parameter, "name", None) and argument is not None:
                type_ = self.declared(parameter.type)
                receive = lambda: self.receive(parameter.name, type_, argument, source)  # noqa: E731, B023  # called at once
                self._inside(thread, receive)

    def _join(self, number: int) -> None:
        if not 1 <= number <= len(self.threads):
            self.note(f"pthread_join is left out: no thread has the number {number}")
            return
        while not self.threads[number - 1].is_over:
            able = tuple(t.number for t in self.threads if self._is_able(t))
            if not able:
                waiting = [f"thread {t.number}" for t in self.threads if not t.is_over]
                verb = "waits" if len(waiting) == 1 else "wait"
                self.halt(
                    f"the run stands still: {' and '.join(waiting)} {verb} for a mutex for ever"
                )
            chosen = self._choose(able)
            self.turns.append(Turn(chosen, able))
            self._take_turn(self.threads[chosen - 1])
        self._tell(number, f"thread {number} is over, and main goes on")

    def _lock(self, mutex: Place) -> None:
        owner = self.mutexes.get(mutex)
        if owner is not None:
            who = "itself" if owner == self.thread else f"thread {owner}"
            self.halt(
                f"the run was stopped: inside a block thread {self.thread} waits for a mutex that"
                f" {who} has locked. Lock it among the statements of the thread's own function"
            )
        self.mutexes[mutex] = self.thread
        self._tell(self.thread, f"{mutex} is locked: who wants it waits")

    def _unlock(self, mutex: Place) -> None:
        if self.mutexes.pop(mutex, None) != self.thread:
            self.note("pthread_mutex_unlock: this thread had not locked that mutex")
        self._tell(self.thread, f"{mutex} is open again")

    def _tell(self, thread: int, what: str) -> None:
        self.events.append(Threaded(thread, what))

    # -- turns -----------------------------------------------------------------

    def _is_able(self, thread: Thread) -> bool:
        """Whether a thread has a statement left and does not wait for a mutex."""
        if thread.is_over:
            return False
        node = _locking(thread.nodes[thread.index])
        if node is None:
            return True
        waits: list[bool] = []

        def look() -> None:
            mutex = self.value(node)
            waits.append(isinstance(mutex, Address) and mutex.place in self.mutexes)

        self._inside(thread, look)
        return not waits[0]

    def _choose(self, able: tuple[int, ...]) -> int:
        """The thread that takes the next turn."""
        while self._schedule:
            wanted = self._schedule.pop()
            if wanted in able:
                self._latest = wanted
                return wanted
            self.note(f"the schedule names thread {wanted} when it has nothing to do or waits")
        if self._latest not in able:
            self._latest = able[0]
        return self._latest

    def _take_turn(self, thread: Thread) -> None:
        """Let a thread go on until it has made a step, and notice its end."""
        first = len(self.steps)

        def go_on() -> None:
            while thread.index < len(thread.nodes) and len(self.steps) == first:
                self._next_statement(thread)
                if thread.index < len(thread.nodes) and not self._is_able(thread):
                    break
            while thread.index < len(thread.nodes) and _ends(thread.nodes[thread.index]):
                thread.index = len(thread.nodes)
            if thread.index == len(thread.nodes):
                thread.is_over = True
                self.left(thread.function, self.variables.leave(), first)

        self._inside(thread, go_on)

    def _next_statement(self, thread: Thread) -> None:
        node = thread.nodes[thread.index]
        thread.index += 1
        try:
            self.statement(node)
        except Goto as jump:
            target = labels(thread.nodes).get(jump.label)
            if target is None:
                raise
            thread.index = target
        except Return:
            thread.index = len(thread.nodes)

    def _inside(self, thread: Thread, run: Callable[[], None]) -> None:
        """Run with a thread's variables in sight, and come back."""
        outer = (self.variables.frames, self.variables.roots, self.thread)
        self.variables.frames, self.variables.roots, self.thread = thread.frames, 2, thread.number
        try:
            run()
        finally:
            self.variables.frames, self.variables.roots, self.thread = outer


def _locking(node: c_ast.Node) -> c_ast.Node | None:
    """The mutex that a statement locks, if it does nothing else."""
    if isinstance(node, c_ast.Label):
        node = node.stmt
    if callee(node) != _LOCK:
        return None
    mutex = node.args.exprs[0] if node.args else None
    return mutex if isinstance(mutex, (c_ast.UnaryOp, c_ast.ID)) else None


def _ends(node: c_ast.Node) -> bool:
    """Whether a statement is a `return` in which nothing happens."""
    return isinstance(node, c_ast.Return) and not isinstance(node.expr, c_ast.FuncCall)
