"""Runs a program on the model, statement by statement, and records the timeline.

C text is never compiled or executed: every call goes to `sslrefs.model.step`.
Expressions are in `evaluate`; here are statements, steps, limits and scopes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from pycparser import c_ast

from sslrefs.cscript.check import checked
from sslrefs.cscript.flow import Flow, does_something
from sslrefs.cscript.memory import STRUCT
from sslrefs.cscript.parser import Program, parse
from sslrefs.cscript.piece import refusal
from sslrefs.cscript.recorder import Halt, Limits
from sslrefs.cscript.unwinding import Break, Continue, Goto, Return, labels
from sslrefs.model.library import Library
from sslrefs.model.objects import ObjectId, Value
from sslrefs.model.world import empty_world
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Note, Place, Ran, ScopeLeft, Timeline

__all__ = ["Interpreter", "Limits", "prepared", "run_program", "run_text"]

_EXPRESSIONS = frozenset({c_ast.FuncCall, c_ast.Assignment, c_ast.UnaryOp})
"""What most statements are; they are looked for first."""


class Interpreter(Flow):
    """One run."""

    def __init__(
        self,
        program: Program,
        library: Library | None,
        schedule: tuple[int, ...] | None,
    ) -> None:
        directions = program.directions
        world = empty_world(library=library or directions.library, peer=directions.peer)
        super().__init__(program, world, directions.schedule if schedule is None else schedule)
        self.before = world
        self.cut: str | None = None
        self.is_over = False

    def run(self) -> Timeline:
        """Run the whole program; what ran before a limit is kept."""
        self.start()
        return self.timeline()

    def start(self) -> None:
        """Run all that is written so far."""
        self.go_on(self.program.body, first=True)

    def go_on(self, nodes: Sequence[c_ast.Node], *, first: bool = False) -> None:
        """Run statements after those that ran; none once the program has ended.

        Before the first come the variables at file scope and the arguments of main.
        """
        if self.is_over:
            return
        self.is_over = True
        try:
            if first:
                for node in self.program.file_scope:
                    self.file_scope(node)
                self.arguments(self.program.parameters)
            with suppress(Return):
                self._block(list(nodes))
                self.is_over = False
            self.finish_threads()
        except Halt as halt:
            self.is_over, self.cut = True, halt.cut
        except RecursionError:
            self.is_over = True
            self.cut = "the run was stopped: functions and expressions are nested too deeply"

    def timeline(self, notes: tuple[Note, ...] = ()) -> Timeline:
        """What ran so far; `notes` and those of the run stand by line."""
        return Timeline(
            self.program.source,
            self.before,
            tuple(self.steps),
            tuple(sorted({*notes, *self.notes, *self.unmet_directions()})),
            self.cut,
            tuple(self.turns),
            tuple(self.forks),
            self.forks[self.fails_at] if self.fails_at is not None else None,
            self.variables.beyond(),
        )

    # -- statements --------------------------------------------------------

    def _block(self, nodes: list[c_ast.Node]) -> None:
        """Run statements in order; a goto to a label among them is caught here."""
        index = 0
        targets: dict[str, int] | None = None
        while index < len(nodes):
            try:
                while index < len(nodes):
                    self.statement(nodes[index])
                    index += 1
            except Goto as jump:
                targets = labels(nodes) if targets is None else targets
                if jump.label not in targets:
                    raise
                index = targets[jump.label]

    def statement(self, node: c_ast.Node) -> None:
        """Run one statement, whatever it is made of."""
        self.tick()
        if type(node) in _EXPRESSIONS:
            self.step(node, lambda: self.value(node))
            return
        match node:
            case c_ast.Decl():
                self.declare(node)
            case c_ast.DeclList():
                for declaration in node.decls:
                    self.declare(declaration)
            case c_ast.Compound():
                self._scoped(lambda: self._block(node.block_items or []))
            case c_ast.If():
                branch = self.branch(node)
                if branch is not None:
                    self.statement(branch)
            case c_ast.While():
                self.while_(node)
            case c_ast.DoWhile():
                self.do_while(node)
            case c_ast.For():
                self._scoped(lambda: self.for_(node))
            case c_ast.Switch():
                nodes = self.chosen_cases(node)
                with suppress(Break):
                    self._scoped(lambda: self._block(nodes))
            case c_ast.Return():
                self._return(node)
            case c_ast.Break():
                raise Break
            case c_ast.Continue():
                raise Continue
            case c_ast.Goto():
                raise Goto(node.name)
            case c_ast.Label():
                self.statement(node.stmt)
            case c_ast.EmptyStatement() | c_ast.Pragma() | c_ast.Typedef():
                pass
            case _:
                self.step(node, lambda: self.value(node))

    def _return(self, node: c_ast.Return) -> None:
        if self.variables.depth == 0 and not does_something(node.expr):
            raise Return(None)
        value = self.step(node, lambda: self._returned(node.expr))
        raise Return(value)

    def _returned(self, node: c_ast.Node | None) -> Value | None:
        """The value that is returned; a struct is copied out of the function before it ends."""
        if node is None:
            self.returning = None
            return None
        value = self.value(node)
        place = self.returning = self.place(node)
        if place is not None and value == STRUCT and self.variables.depth:
            outside = f"{self.variables.frames[-1].function}()"
            self.variables.values.setdefault(outside, STRUCT)
            self.copy(place, outside)
        return value

    # -- scopes and functions ----------------------------------------------

    def _scoped(self, run: Callable[[], None]) -> None:
        first = len(self.steps)
        self.variables.open_block()
        try:
            run()
        finally:
            self.left("", self.variables.close_block(), first)

    def left(
        self,
        function: str,
        gone: tuple[tuple[Place, Value], ...],
        first: int,
        returned: Value | None = None,
    ) -> None:
        """Variables died: that belongs to the last step inside, if there was one since `first`."""
        held = tuple((place, value) for place, value in gone if not isinstance(value, int))
        returning = self.returning if function else None
        handed = returned if isinstance(returned, ObjectId) else None
        if function:
            self.returning = None
        if self.is_halted or not (held or handed):
            return
        left = ScopeLeft(function, held, returning, handed)
        if len(self.steps) == first:
            self.events.append(left)
            return
        last = self.steps[-1]
        self.steps[-1] = last._replace(events=(*last.events, left), variables=self.variables.shown)

    def run_function(
        self, name: str, values: tuple[Value, ...], places: tuple[Place | None, ...] = ()
    ) -> Value | None:
        """Run a function of the program to its end."""
        node = self.program.functions.get(name)
        if node is None:
            self.note(f"{name} is declared but has no body: it is taken to return 0")
            return 0
        if self.variables.depth >= Limits.DEPTH:
            self.halt(
                f"the run was stopped at {Limits.DEPTH} calls inside each other, the last of {name}"
            )
        self.variables.enter(name)
        parameters = node.decl.type.args.params if node.decl.type.args else []
        for index, (parameter, value) in enumerate(zip(parameters, values, strict=False)):
            if getattr(parameter, "name", None):
                source = places[index] if index < len(places) else None
                type_ = self.declared(parameter.type)
                self.receive(parameter.name, type_, self.shared(type_, value, source), source)
                place = self.variables.find(parameter.name)
                if place and source and value == STRUCT and self.is_struct(type_, source):
                    self.copy(source, place)
        first = len(self.steps)
        loops, self.loops = self.loops, []
        returned: Value | None = None
        try:
            self._block(node.body.block_items or [])
        except Return as back:
            returned = back.value
        finally:
            self.loops = loops
            self.events.append(Ran(name, first, len(self.steps) - 1))
            self.left(name, self.variables.leave(), first, returned)
        return returned


def prepared(
    program: Program,
    *,
    library: Library | None = None,
    schedule: tuple[int, ...] | None = None,
) -> tuple[Interpreter, list[Note]]:
    """What can run a parsed program, and the notes of its check.

    Raises:
        ScriptError: A compiler would refuse the program.
    """
    chosen = library or program.directions.library
    checker = checked(program, chosen)
    if checker.problems:
        raise refusal(program, checker, chosen)
    return Interpreter(program, library, schedule), [*program.notes, *checker.notes]


@without_collector()
def run_program(
    program: Program,
    *,
    library: Library | None = None,
    schedule: tuple[int, ...] | None = None,
) -> Timeline:
    """The timeline of a parsed program; a ScriptError if a compiler would refuse it.

    `schedule` says which thread takes which turn; by default the text's direction does.
    """
    interpreter, notes = prepared(program, library=library, schedule=schedule)
    interpreter.start()
    return interpreter.timeline(tuple(notes))


def run_text(source: str, *, library: Library | None = None) -> Timeline:
    """The timeline of a C text.

    >>> run_text("SSL_SESSION *s = SSL_SESSION_new();").steps[0].returned
    ObjectId(kind='session', number=1)
    """
    return run_program(parse(source, library=library), library=library)
