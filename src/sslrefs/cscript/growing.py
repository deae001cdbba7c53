"""A text that is written while it runs: a new line is parsed, checked and run where the run stands.

Its timeline is always that of the whole text run at once. A line that
may change what stands before it (a macro, a type, a function, `else`, threads)
runs the whole text again; no other does.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pycparser import c_ast

from sslrefs.cscript.check import checked
from sslrefs.cscript.chunks import Chunk, cut, unbalanced
from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.dialect import plain
from sslrefs.cscript.directions import LINE_DIRECTIONS, Directions, read_directions
from sslrefs.cscript.interpreter import Interpreter
from sslrefs.cscript.jumps import check_jumps
from sslrefs.cscript.parser import LONGEST_TEXT, Program, Reader, parse
from sslrefs.cscript.piece import refusal
from sslrefs.cscript.tokens import Tokens, tokenize
from sslrefs.cscript.typenames import declared_types
from sslrefs.model.library import Library
from sslrefs.trace.patience import without_collector

__all__ = ["Growing"]

_REACHES_BACK = frozenset(
    {"else", "enum", "extern", "goto", "main", "static", "struct", "typedef", "union"}
)
_INCLUDE = re.compile(r"#\s*(include|pragma)\b")


class Growing:
    """A program and its run, to which lines can be added.

    Attributes:
        program: The program as far as it is written.

    Example:
        >>> text = Growing("SSL_SESSION *s = SSL_SESSION_new();")
        >>> text.add("SSL_SESSION_free(s);")
        >>> [step.line for step in text.timeline.steps]
        [1, 2]
    """

    def __init__(self, source: str = "", *, library: Library | None = None) -> None:
        self.library = library
        self._start(source)

    @property
    def source(self) -> str:
        """The whole text."""
        return self.program.source

    @property
    def types(self) -> dict[str, str]:
        """The variables and functions that a new line can name, with their C types."""
        return self._checker.variables

    @property
    def is_over(self) -> bool:
        """Whether the program has ended: what is added now never runs."""
        return self._interpreter.is_over

    def add(self, text: str) -> None:
        """Write lines after the text and run them.

        Raises:
            ScriptError: They cannot be run; the text stays as it was.
        """
        source = f"{self.source}\n{text}" if self.source else text
        added = self._simple(source, text)
        if added is None:
            self._start(source)
        else:
            self._go_on(source, *added)

    @without_collector()
    def _start(self, source: str) -> None:
        """Run a whole text; nothing changes if that cannot be done."""
        program = parse(source, library=self.library)
        library = self.library or program.directions.library
        checker = checked(program, library)
        if checker.problems:
            raise refusal(program, checker, library)
        self.program = program
        self._checker = checker
        self._reader = _reader(program)
        self._interpreter = Interpreter(program, self.library, None)
        self._interpreter.start()
        self._read_notes = program.notes
        self._publish()

    def _simple(self, source: str, text: str) -> tuple[Tokens, list[Chunk], Directions] | None:
        """The new text in pieces, if none of them can change what lines before it mean."""
        program = self.program
        before = tokenize(self.source).preprocessor if "#" in self.source else ()
        reaches = program.has_main or not program.tokens or self.source.endswith("\\")
        if reaches or any(not _INCLUDE.match(line.text) for line in before):
            return None
        tokens = _moved(tokenize(text), self.source)
        if tokens.problems or tokens.preprocessor or len(source) > LONGEST_TEXT:
            return None
        if not tokens.tokens or unbalanced(tokens.tokens) or "\r" in text:
            return None
        if plain(tokens.tokens).tokens != list(tokens.tokens):
            return None
        if "pthread" in source or not _REACHES_BACK.isdisjoint(t.text for t in tokens.tokens):
            return None
        said = [comment.text for comment in tokens.comments if comment.text.startswith("sslrefs:")]
        words = [" ".join(text.removeprefix("sslrefs:").split()) for text in said]
        chunks = cut(tokens.tokens)
        if any(chunk.kind != "statement" for chunk in chunks) or set(words) - set(LINE_DIRECTIONS):
            return None
        return tokens, chunks, read_directions(tokens)[0]

    @without_collector()
    def _go_on(
        self, source: str, tokens: Tokens, chunks: list[Chunk], directions: Directions
    ) -> None:
        """Read, check and run new statements; nothing changes if that cannot be done.

        Raises:
            ScriptError: They cannot be run.
        """
        reader, program = self._reader, self.program
        reader.body, reader.problems, reader.notes = [], [], []
        known_types = set(reader.types)
        reader.read_statements(chunks)
        nodes = reader.body
        if not reader.problems:
            reader.problems += self._mistakes(nodes)
        if reader.problems:
            reader.types = known_types
            self._start(source)  # what is wrong is told as of the whole text
            return
        lines = {**program.directions.lines, **directions.lines}
        self.program = replace(
            program,
            source=source,
            directions=replace(program.directions, lines=lines),
            body=(*program.body, *nodes),
            tokens=program.tokens + tokens.tokens,
        )
        self._read_notes = (*self._read_notes, *reader.notes)
        self._interpreter.program = self.program
        self._interpreter.go_on(nodes)
        self._publish()

    def _mistakes(self, nodes: list[c_ast.Node]) -> list[Problem]:
        """What a compiler would refuse in new statements; the checker learns them if nothing."""
        checker = self._checker
        before = (dict(checker.variables), set(checker.scope), list(checker.notes))
        noted = set(checker.noted)
        for node in nodes:
            checker.visit(node)
        found = [*checker.problems, *check_jumps(nodes)]
        if found:
            checker.variables, checker.scope, checker.notes = before
            checker.noted, checker.problems = noted, []
        return found

    def _publish(self) -> None:
        """The timeline as if the whole text had been run at once."""
        notes = (*self._read_notes, *self._checker.notes)
        self.timeline = self._interpreter.timeline(notes)


def _reader(program: Program) -> Reader:
    """A reader that knows the types that the program's text made known."""
    chunks = cut(program.tokens)
    reader = Reader(declared_types(program.tokens), has_main=False)
    for chunk in chunks:
        reader.meet_unknown_types(chunk.tokens)
    return reader


def _moved(tokens: Tokens, before: str) -> Tokens:
    """The tokens of a text that stands on the lines after another."""
    lines, start = before.count("\n") + 1, len(before) + 1
    return Tokens(
        tuple(
            token._replace(
                line=token.line + lines, start=token.start + start, end=token.end + start
            )
            for token in tokens.tokens
        ),
        tuple(comment._replace(line=comment.line + lines) for comment in tokens.comments),
        tokens.preprocessor,
        tokens.problems,
    )
