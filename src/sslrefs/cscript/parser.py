"""C text to a program: pieces parsed by pycparser, places kept, mistakes collected.

pycparser does the grammar. What it does not give is added around it: comments
(directions), the place of every mistake, several mistakes at once, the names
of libssl's types.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pycparser import c_ast

from sslrefs.cscript import chunks as pieces
from sslrefs.cscript.chunks import Chunk
from sslrefs.cscript.diagnostics import Problem, ScriptError, Suggestions
from sslrefs.cscript.dialect import plain
from sslrefs.cscript.directions import Directions, read_directions
from sslrefs.cscript.gnu import left_out, marked, read_marks
from sslrefs.cscript.headers import versions
from sslrefs.cscript.layout import parsed
from sslrefs.cscript.names import KNOWN_TYPES, LIBSSL_TYPES
from sslrefs.cscript.notc import not_c, without_numbers
from sslrefs.cscript.preprocess import expand
from sslrefs.cscript.spans import Span, span_of
from sslrefs.cscript.tokens import Token, tokenize
from sslrefs.cscript.tree import is_deep
from sslrefs.cscript.typenames import declared_types, unknown_types
from sslrefs.cscript.types import parameters_of
from sslrefs.cscript.typetable import TypeTable, enum_constants
from sslrefs.model.library import Library
from sslrefs.trace.timeline import Note

__all__ = ["LONGEST_TEXT", "Program", "Reader", "parse"]

LONGEST_TEXT = 100_000
_MANY = 125
_MOST_RETRIES = 2_000
"""Statements that are read one by one, because among others they could not be."""
_IN_A_FUNCTION = ("void", "f", "(", "void", ")", "{"), ("}",)


@dataclass(frozen=True, slots=True)
class Program:
    """A text that can be run.

    `file_scope` are declarations that exist before the first step, `body` the
    statements to run, `functions` the definitions by name. Without a main the
    body stands at file scope, so that functions see its variables; with one,
    `parameters` are those of main.
    """

    source: str
    directions: Directions
    functions: dict[str, c_ast.FuncDef]
    file_scope: tuple[c_ast.Node, ...]
    body: tuple[c_ast.Node, ...]
    tokens: tuple[Token, ...]
    notes: tuple[Note, ...]
    types: TypeTable
    constants: dict[str, int]
    has_main: bool
    parameters: tuple[c_ast.Node, ...]

    def span(self, node: c_ast.Node) -> Span:
        """The place and text of the statement that `node` is or begins."""
        return span_of(self.tokens, self.source, node.coord.line, node.coord.column or 1)


_NOT_SHOWN = "... stands for lines that are not shown: nothing is known of them"
_NUMBERED = "the numbers in front of the lines are left out"


def parse(source: str, *, library: Library | None = None) -> Program:
    """The program of a C text; a ScriptError with every mistake if it cannot be run.

    `library` decides what the text's `#if` finds; by default the text's direction does.

    >>> len(parse("SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_free(s);").body)
    2
    """
    if len(source) > LONGEST_TEXT:
        message = f"the text has {len(source):,} characters; at most {LONGEST_TEXT:,} can be run"
        hint = "keep the lines that have to do with the session"
        raise ScriptError([Problem(1, 1, 1, message, hint)], source[:LONGEST_TEXT])
    pasted = source.replace("\r\n", "\n")
    source = without_numbers(pasted)
    if strange := list(not_c(source)):
        raise ScriptError(strange, source)
    raw = tokenize(source)
    modelled = library or read_directions(raw)[0].library
    text = expand(source, raw, modelled)
    directions, problems = read_directions(text)
    problems = [*text.problems, *problems]
    broken = pieces.unbalanced(text.tokens) or pieces.endless(text.tokens)
    if broken:
        raise ScriptError([*problems, *broken], source)
    said = [Note(token.line, _NOT_SHOWN) for token in left_out(text.tokens)]
    said += [] if source == pasted else [Note(0, _NUMBERED)]
    read = plain(text.tokens, declared_types(text.tokens))
    problems += read.problems
    foreign = pieces.other_language(read.tokens)
    if foreign:
        raise ScriptError(foreign, source)
    text = replace(text, tokens=tuple(read.tokens))
    chunks = pieces.cut(text.tokens)
    main = next((chunk for chunk in chunks if chunk.name == "main"), None)
    reader = Reader(declared_types(text.tokens), has_main=main is not None)
    if main is None:
        reader.read_statements([chunk for chunk in chunks if chunk.kind == "statement"])
        chunks = [chunk for chunk in chunks if chunk.kind != "statement"]
    for chunk in chunks:
        if chunk is not main and not reader.is_hopeless:
            reader.read(chunk)
    if main is not None:
        reader.read_parameters(main)
        reader.read_statements(pieces.cut(main.body))
    stray_lines = {problem.line for problem in text.problems}
    problems += [problem for problem in reader.problems if problem.line not in stray_lines]
    if problems:
        raise ScriptError(problems, source)
    nodes = [*reader.file_scope, *reader.body, *reader.functions.values()]
    words = {token.text for token in text.tokens}
    return Program(
        source,
        directions,
        reader.functions,
        tuple(reader.file_scope),
        tuple(reader.body),
        text.tokens,
        (*said, *read.notes, *reader.notes, *(Note(*told) for told in text.left_out)),
        TypeTable.of(nodes),
        versions(modelled) | (enum_constants(nodes) if "enum" in words else {}),
        main is not None,
        tuple(reader.parameters),
    )


class Reader:
    """Parses pieces one by one and collects what they are."""

    def __init__(self, own_types: set[str], *, has_main: bool) -> None:
        self.has_main = has_main
        self.types = set(KNOWN_TYPES) | own_types
        self.functions: dict[str, c_ast.FuncDef] = {}
        self.file_scope: list[c_ast.Node] = []
        self.body: list[c_ast.Node] = []
        self.parameters: list[c_ast.Node] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.suggestions = Suggestions()
        self.retries = _MOST_RETRIES

    @property
    def is_hopeless(self) -> bool:
        """Whether there are more mistakes than are told: to look for more would take too long."""
        return len(self.problems) > ScriptError.MOST

    def read(self, chunk: Chunk) -> None:
        """Parse one piece; a mistake in it is kept and the next piece goes on."""
        if chunk.kind == "statement":
            self._read_beside_main(chunk)
            return
        self.meet_unknown_types(chunk.tokens)
        nodes = self._parse(chunk.tokens)
        if chunk.kind == "file":
            self.file_scope += nodes
        elif nodes:
            self._define(chunk, nodes[-1])

    def read_statements(self, chunks: list[Chunk]) -> None:
        """Parse statements that are to be run: many at a time, one by one if that fails."""
        self.meet_unknown_types(tuple(token for chunk in chunks for token in chunk.tokens))
        for start in range(0, len(chunks), _MANY):
            if self.is_hopeless:
                return
            some = chunks[start : start + _MANY]
            known = len(self.problems)
            together = self._statements(tuple(token for chunk in some for token in chunk.tokens))
            if len(self.problems) > known and len(some) > 1 and self.retries > 0:
                del self.problems[known:]
                self.retries -= len(some)
                together = [node for chunk in some for node in self._statements(chunk.tokens)]
            self.body += together

    def read_parameters(self, main: Chunk) -> None:
        """Parse main without its body, for its parameters."""
        head = main.tokens[: -len(main.body) - 1]
        for node in self._parse((*head, main.tokens[-1]))[-1:]:
            self._check_parameters(main, node)
            self.parameters += [p for p in parameters_of(node) if getattr(p, "name", None)]

    def _statements(self, tokens: tuple[Token, ...]) -> list[c_ast.Node]:
        nodes = self._parse(tokens, *_IN_A_FUNCTION)
        return nodes[-1].body.block_items or [] if nodes else []

    def _read_beside_main(self, chunk: Chunk) -> None:
        """Outside main only declarations can stand: their variables live at file scope."""
        self.meet_unknown_types(chunk.tokens)
        for node in self._statements(chunk.tokens):
            if isinstance(node, c_ast.Decl):
                self.file_scope.append(node)
            else:
                message = "this statement stands outside main"
                self._problem_at(chunk.tokens[0], message, "move it into main")

    def _define(self, chunk: Chunk, node: c_ast.Node) -> None:
        if chunk.name in self.functions or chunk.name == "main":
            name = next(token for token in chunk.tokens if token.text == chunk.name)
            hint = "keep one of them"
            self._problem_at(name, f"the function {chunk.name} is defined twice", hint)
        self._check_parameters(chunk, node)
        self.functions[chunk.name] = node

    def _check_parameters(self, chunk: Chunk, node: c_ast.Node) -> None:
        for untyped in (p for p in parameters_of(node) if isinstance(p, c_ast.ID)):
            name = next(token for token in chunk.tokens if token.text == untyped.name)
            hint = f"write it with its type, for example: SSL_SESSION *{untyped.name}"
            self._problem_at(name, f"the parameter {untyped.name} has no type", hint)

    def _problem_at(self, token: Token, message: str, hint: str) -> None:
        self.problems.append(Problem(token.line, token.column, len(token.text), message, hint))

    def meet_unknown_types(self, tokens: tuple[Token, ...]) -> None:
        """A type that is not known is a note, or a mistake if it is nearly one of libssl's."""
        for token in unknown_types(tokens, self.types):
            if token.text in self.types:
                continue
            self.types.add(token.text)
            # With a lower bound `Session` would be a slip, and it is another type.
            close = self.suggestions.nearest(token.text, LIBSSL_TYPES, cutoff=0.8)
            if close and _is_longer(token.text, close):
                close = None
            if not close and not token.text.isupper():
                close = self.suggestions.nearest(token.text, ("int", "char", "long"), cutoff=0.8)
                close = None if close and token.text.endswith(close) else close
            if close:
                message = f"no type is called {token.text}"
                self._problem_at(token, message, f"did you mean {close}?")
            else:
                text = f"the type {token.text} is not known; its values are not looked into"
                self.notes.append(Note(token.line, text))

    def _parse(
        self, tokens: tuple[Token, ...], before: tuple[str, ...] = (), after: tuple[str, ...] = ()
    ) -> list[c_ast.Node]:
        """The tokens parsed at their own place in the text; nothing, with a problem kept."""
        used = {t.text for t in tokens if t.kind == "name" and t.text in self.types}
        used -= declared_types(tokens)
        typedefs = (word for name in sorted(used) for word in ("typedef", "int", name, ";"))
        try:
            found = parsed((*typedefs, *before), tokens, after)
        except RecursionError:
            found = None
        if isinstance(found, Problem):
            self.problems.append(found)
            return []
        nodes = None if found is None else found[len(used) :]
        if nodes is None or is_deep(nodes):
            self._problem_at(tokens[0], "this is nested too deeply to be read", "make it simpler")
            return []
        if marked(tokens):
            for node in nodes:
                read_marks(node)
        return nodes


def _is_longer(name: str, known: str) -> bool:
    """Whether a name has a known one in it, and more: `ngx_ssl_session_t` is another type."""
    wanted, found = (text.casefold().replace("_", "") for text in (known, name))
    return wanted in found and len(found) > len(wanted) + 1
