"""Branches and loops: which way a run goes, also where the condition is not known.

It decides; what statements do is for the class above.
"""

from __future__ import annotations

from collections import Counter

from pycparser import c_ast

from sslrefs.cscript.forks import asked
from sslrefs.cscript.gnu import RANGE
from sslrefs.cscript.guesses import is_open, is_true, leaves
from sslrefs.cscript.parser import Program
from sslrefs.cscript.threads import Threads
from sslrefs.cscript.tree import walk
from sslrefs.cscript.types import is_pointer
from sslrefs.cscript.unwinding import Break, Continue
from sslrefs.model.objects import UNINITIALISED, ObjectId, Value
from sslrefs.model.world import World

__all__ = ["Flow", "does_something"]

_TURNS = 2


class _Loop:
    """A loop being run: whether it counts its turns, and what was asked and read in it so far."""

    __slots__ = ("asked", "counts", "reads")

    def __init__(self, node: c_ast.While | c_ast.DoWhile | c_ast.For) -> None:
        self.counts = (
            isinstance(node, c_ast.For)
            and node.next is not None
            and node.cond is not None
            and not _calls(node.cond)
        )
        self.asked: Counter[int] = Counter()
        self.reads: set[tuple[int, ObjectId]] = set()


class Flow(Threads):
    """What if, switch and the loops do."""

    def __init__(self, program: Program, world: World, schedule: tuple[int, ...]) -> None:
        super().__init__(program, world, schedule)
        self.loops: list[_Loop] = []
        self.acting: dict[int, bool] = {}
        self.decisions: list[tuple[object, object]] = []

    def branch(self, node: c_ast.If) -> c_ast.Node | None:
        """The branch of an `if` that is taken."""
        first = len(self.steps)
        value = self._decided(node.cond)
        holds = is_true(value)
        if is_open(value):
            if leaves(node.iftrue) != leaves(node.iffalse):
                holds = leaves(node.iffalse)
                if self._is_too_long(node):
                    holds = not holds
            holds ^= self._turns_out_badly(node.cond, first)
        self._decide(node.cond, holds)
        return node.iftrue if holds else node.iffalse

    def while_(self, node: c_ast.While) -> None:
        """`while`: the condition first."""
        with _Loops(self, node):
            while self._goes_on(node.cond) and self._turn(node.stmt):
                pass

    def do_while(self, node: c_ast.DoWhile) -> None:
        """`do`: one turn first."""
        with _Loops(self, node) as loop:
            while self._turn(node.stmt):
                loop.asked[id(node.cond)] += 1
                if not self._goes_on(node.cond):
                    break

    def for_(self, node: c_ast.For) -> None:
        """`for`, inside a scope of its own."""
        if isinstance(node.init, c_ast.DeclList):
            for declaration in node.init.decls:
                self._declare_quietly(declaration)
        elif node.init is not None:
            self._quietly(node.init)
        with _Loops(self, node):
            while (node.cond is None or self._goes_on(node.cond)) and self._turn(node.stmt):
                if node.next is not None:
                    self._quietly(node.next)

    def chosen_cases(self, node: c_ast.Switch) -> list[c_ast.Node]:
        """The statements of a `switch` from the case that fits."""
        value = self._quietly(node.cond)
        items = node.stmt.block_items or [] if isinstance(node.stmt, c_ast.Compound) else []
        start = None
        for index, item in enumerate(items):
            if isinstance(item, c_ast.Case) and self._fits(item.expr, value):
                start = index
                break
            if isinstance(item, c_ast.Default) and start is None:
                start = index
        self._decide(node.cond, start)
        if start is None:
            return []
        return [s for item in items[start:] for s in getattr(item, "stmts", [item])]

    def _fits(self, case: c_ast.Node, value: Value | None) -> bool:
        """Whether a value is that of a case, or in its range."""
        if not isinstance(case, c_ast.BinaryOp) or case.op != RANGE:
            return self.value(case) == value
        least, most = self.value(case.left), self.value(case.right)
        if isinstance(least, int) and isinstance(most, int) and isinstance(value, int):
            return least <= value <= most
        return False

    def peer_is_done(self, node: c_ast.FuncCall, ssl: Value | None) -> bool:
        """Whether a loop that reads until the peer closes has read what the peer says."""
        if not self.loops or self.loops[-1].counts or not isinstance(ssl, ObjectId):
            return False
        reads = self.loops[-1].reads
        is_again = (id(node), ssl) in reads
        reads.add((id(node), ssl))
        return is_again

    # -- inside ----------------------------------------------------------------

    def _turn(self, body: c_ast.Node) -> bool:
        """One turn of a loop; False when it was left by break."""
        try:
            self.statement(body)
        except Break:
            return False
        except Continue:
            pass
        return True

    def _goes_on(self, node: c_ast.Node) -> bool:
        """Whether a loop has another turn; one whose condition is not known has at most one."""
        first = len(self.steps)
        value = self._decided(node)
        holds = is_true(value)
        if is_open(value):
            times = self.loops[-1].asked
            times[id(node)] += 1
            is_first = times[id(node)] == 1
            holds = is_first and holds ^ self._turns_out_badly(node, first)
        self._decide(node, holds)
        return holds

    def _decide(self, node: c_ast.Node, outcome: object) -> None:
        """Keep which way the run went; what undefined behaviour decides is no decision."""
        if self.world.undefined is None:
            self.decisions.append((node.coord, outcome))

    def _is_too_long(self, node: c_ast.Node) -> bool:
        """Whether a loop without an end of its own asks for a way out once more."""
        if not self.loops or self.loops[-1].counts:
            return False
        self.loops[-1].asked[id(node)] += 1
        return self.loops[-1].asked[id(node)] > _TURNS

    def _decided(self, node: c_ast.Node) -> Value | None:
        value = self._quietly(node)
        if value is UNINITIALISED:
            text = "this condition reads a variable that was never given a value"
            self.note(text, line=node.coord.line)
        return value

    def _turns_out_badly(self, node: c_ast.Node, step: int) -> bool:
        """Whether a condition that is not known is answered as if something failed."""
        line = node.coord.line
        is_badly = self.fails(asked(node), step=step, line=line)
        if not is_badly:
            text = "this condition is not known here: the run goes on as if nothing failed"
            self.note(text, line=line)
        return is_badly

    def _declare_quietly(self, node: c_ast.Decl) -> None:
        """The counter of a loop is no step; a pointer is."""
        type_ = self.declared(node.type)
        if node.init is None or is_pointer(type_) or does_something(node.init):
            self.declare(node)
        else:
            value = self._quietly(node.init)
            self.variables.declare(node.name, type_, 0 if value is None else value)

    def _quietly(self, node: c_ast.Node) -> Value | None:
        """An expression that is a step only if something happens in it."""
        self.tick()
        acts = self.acting.get(id(node))
        if acts is None:
            acts = self.acting[id(node)] = does_something(node)
        if acts:
            return self.step(node, lambda: self.value(node))
        return self.value(node)


class _Loops:
    """Keeps a loop on the list of those being run."""

    def __init__(self, flow: Flow, node: c_ast.While | c_ast.DoWhile | c_ast.For) -> None:
        self.loops = flow.loops
        self.loop = _Loop(node)

    def __enter__(self) -> _Loop:
        self.loops.append(self.loop)
        return self.loop

    def __exit__(self, *_: object) -> None:
        self.loops.pop()


def does_something(node: c_ast.Node | None) -> bool:
    """Whether an expression calls a function or assigns more than a constant."""
    if node is None:
        return False
    if isinstance(node, c_ast.Assignment):
        return not isinstance(node.rvalue, c_ast.Constant)
    return isinstance(node, c_ast.FuncCall) or any(
        does_something(child) for _name, child in node.children()
    )


def _calls(node: c_ast.Node) -> bool:
    return any(isinstance(found, c_ast.FuncCall) for found in walk(node))
