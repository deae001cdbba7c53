"""What keeps a text from being a C program of its own, each with its line."""

from __future__ import annotations

from collections.abc import Iterator

from pycparser import c_ast

from sslrefs.cscript.names import FOLLOWED, HARMLESS, READERS, THREADS
from sslrefs.cscript.parser import Program
from sslrefs.cscript.tokens import tokenize
from sslrefs.model.calls import CALLS
from sslrefs.oracle.replay import has_old_ticket
from sslrefs.trace.timeline import Called, Note, Timeline

__all__ = ["called_names", "obstacles", "shared_names"]

_HEADERS = ("SSL_", "ERR_", "BIO_", "OPENSSL_", "CRYPTO_", "X509_", "EVP_", "PEM_", "TLS_")
"""How the names begin that libssl's headers declare."""

_STANDARD = frozenset((*READERS, "strdup", "realloc", "rand", "srand", "usleep"))
"""Functions of the headers that every exported program includes."""


class _Calls(c_ast.NodeVisitor):  # type: ignore[misc]  # pycparser has no types
    """The functions that are called by name, each with the line of its first call."""

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def visit_FuncCall(self, node: c_ast.FuncCall) -> None:  # noqa: N802  # pycparser's way
        if isinstance(node.name, c_ast.ID):
            self.lines.setdefault(str(node.name.name), int(node.coord.line))
        self.generic_visit(node)


class _Names(c_ast.NodeVisitor):  # type: ignore[misc]  # pycparser has no types
    """The names that are read or written, and those that are declared."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.declared: set[str] = set()

    def visit_ID(self, node: c_ast.ID) -> None:  # noqa: N802  # pycparser's way
        self.used.add(str(node.name))

    def visit_Decl(self, node: c_ast.Decl) -> None:  # noqa: N802  # pycparser's way
        self.declared.add(str(node.name))
        self.generic_visit(node)


def called_names(program: Program) -> dict[str, int]:
    """The functions a text calls, each with the line of its first call."""
    calls = _Calls()
    for node in (*program.file_scope, *program.body, *program.functions.values()):
        calls.visit(node)
    return calls.lines


def shared_names(program: Program) -> dict[str, c_ast.Decl]:
    """Variables of a text without main that its functions use: C wants them at file scope."""
    if program.has_main:
        return {}
    outer = {str(node.name): node for node in program.body if isinstance(node, c_ast.Decl)}
    free: set[str] = set()
    for function in program.functions.values():
        names = _Names()
        names.visit(function)
        free |= names.used - names.declared
    return {name: node for name, node in outer.items() if name in free}


def obstacles(timeline: Timeline, program: Program) -> list[Note]:
    """Everything that C cannot say, or that is not in the text; none for most texts."""
    found = [*_unknown(program), *_elsewhere(timeline.source), *_unshared(program)]
    found += _expired(timeline)
    return sorted(set(found))


def _unknown(program: Program) -> Iterator[Note]:
    """Functions and types whose text is somewhere else."""
    known = {*CALLS, *program.functions, *FOLLOWED, *HARMLESS, *_STANDARD}
    for name, line in called_names(program).items():
        if name in THREADS:
            yield Note(line, f"{name}: a C program cannot fix the order in which threads run")
        elif name not in known and not name.startswith(_HEADERS):
            yield Note(line, f"the function {name} is not in the text: write it there too")
    for note in program.notes:
        if note.text.startswith("the type "):
            yield Note(note.line, f"{note.text.split(';')[0]}: declare it in the text")


def _elsewhere(source: str) -> Iterator[Note]:
    """Headers of the program that the text was taken from."""
    for one in tokenize(source).preprocessor:
        words = one.text.lstrip("#").split(maxsplit=1)
        if words[:1] == ["include"] and words[1:] and words[1].startswith('"'):
            yield Note(one.line, f"the header {words[1].strip()} is not here: leave the line out")


def _unshared(program: Program) -> Iterator[Note]:
    """Variables that functions use although they are made in a statement."""
    variables = {str(node.name) for node in program.body if isinstance(node, c_ast.Decl)}
    for name, node in shared_names(program).items():
        names, calls = _Names(), _Calls()
        names.visit(node)
        calls.visit(node)
        if calls.lines or names.used & variables:
            where = f"declare it before them as `static`, and give {name} its value here"
            yield Note(int(node.coord.line), f"functions use {name}: {where}")


def _expired(timeline: Timeline) -> Iterator[Note]:
    """What is inside a ticket does not grow older without waiting."""
    before = timeline.before
    for step in timeline.steps:
        returns = (e for e in step.events if isinstance(e, Called))
        if any("peer resumes" in e.directions for e in returns) and has_old_ticket(before):
            yield Note(step.line, "the client's ticket has expired, which C could only wait for")
        before = step.world
