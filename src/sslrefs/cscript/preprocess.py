"""`#define`, `#if` and their kin, by pcpp; every token keeps a place in the text.

No file is ever opened: `#include` is taken out before, and what the headers
of libssl define is known by name (`headers`).
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import accumulate
from typing import Any

from pcpp import Preprocessor

from sslrefs.cscript import headers
from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.tokens import Token, Tokens, tokenize
from sslrefs.model.library import OPENSSL_3, Library

__all__ = ["expand"]

MOST_TOKENS = 40_000
_MOST_PIECES = 8
"""A number is never in more: `1` `.` `5` `e` `-` `3` `f`."""
_IGNORED = ("include", "pragma", "import", "line", "warning")


class _TooMuchError(Exception):
    """Macros expand to more than anybody writes."""


_WANTS = {
    **dict.fromkeys(("define", "undef", "ifdef", "ifndef"), "a name"),
    **dict.fromkeys(("if", "elif"), "a condition"),
}
"""What stands after a directive."""


class _Expander(Preprocessor):
    """pcpp without files and without output of its own; its complaints become problems."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.problems: list[Problem] = []
        self.library = library
        prerequisite = headers.prerequisite(library)
        if prerequisite:
            self.define(prerequisite)
        self.line = 0
        self.asked: dict[int, dict[str, None]] = {}

    def on_error(self, _file: str, line: int, message: str) -> None:
        """Keep a complaint."""
        self.problems.append(Problem(line, 1, 1, _plain(message)))

    def on_directive_unknown(
        self,
        directive: Any,
        toks: list[Any],
        _ifpassthru: bool,  # noqa: FBT001  # pcpp's own signature
        _precedingtoks: list[Any],
    ) -> bool:
        """An `#error` that is reached, or a directive nobody knows, is a mistake of the text."""
        words = "".join(token.value for token in toks).strip()
        text = f"#{directive.value} {words}".strip()
        known = directive.value in ("error", "warning")
        self.on_error("", directive.lineno, text if known else f"{text} is no directive of C")
        return True

    def on_directive_handle(
        self,
        directive: Any,
        toks: list[Any],
        ifpassthru: bool,  # noqa: FBT001  # pcpp's own signature
        precedingtoks: list[Any],
    ) -> Any:
        """Give an empty operand where there is none, as pcpp fails; it counts if it is read."""
        if directive.value in _WANTS and not toks:
            nothing = copy(directive)
            nothing.value, nothing.wanted_by = "", directive.value
            toks.append(nothing)
        return super().on_directive_handle(directive, toks, ifpassthru, precedingtoks)

    def _is_nothing(self, tokens: Any) -> bool:
        """Whether a directive lacks what it wants; then that is a mistake of the text."""
        is_nothing = isinstance(tokens, list) and bool(tokens) and tokens[0].value == ""
        if is_nothing:
            wanting = tokens[0].wanted_by
            self.on_error("", tokens[0].lineno, f"#{wanting} needs {_WANTS[wanting]} after it")
        return is_nothing

    def define(self, tokens: Any) -> None:
        """Define a macro."""
        if not self._is_nothing(tokens):
            super().define(tokens)

    def undef(self, tokens: Any) -> None:
        """Forget a macro."""
        if not self._is_nothing(tokens):
            super().undef(tokens)

    def on_unknown_macro_in_defined_expr(self, token: Any) -> bool:
        """Whether the headers of the library define a name."""
        if self._is_nothing([token]):
            return False
        is_defined = headers.is_defined(token.value, self.library)
        if not is_defined:
            self._ask(token.value, token.lineno)
        return is_defined

    def evalexpr(self, tokens: list[Any]) -> Any:
        """The value of a condition; its line is that of the names in it."""
        self.line = tokens[0].lineno if tokens else 0
        if self._is_nothing(tokens):
            return 0, None
        return super().evalexpr(tokens)

    def on_unknown_macro_in_expr(self, name: str) -> int:
        """The number that the headers of the library give a name; C takes others for 0."""
        number = headers.number_of(name, self.library)
        if number is None:
            self._ask(name, self.line)
        return number or 0

    def on_unknown_macro_function_in_expr(self, _name: str) -> Any:
        """What a macro with arguments that nobody defined is worth."""
        return lambda *_: 0

    def _ask(self, name: str, line: int) -> None:
        """Remember a name that nobody defined, with the line of its condition."""
        if not headers.is_silent(name):
            self.asked.setdefault(line, {})[name] = None

    def expand_macros(self, tokens: list[Any], expanding_from: list[str] | None = None) -> Any:
        """Expand, but not without end."""
        if len(tokens) > MOST_TOKENS:
            raise _TooMuchError
        grown = super().expand_macros(tokens, expanding_from or [])
        if len(grown) > MOST_TOKENS:
            raise _TooMuchError
        return grown


def expand(source: str, text: Tokens, library: Library = OPENSSL_3) -> Tokens:
    r"""The tokens after preprocessing for a library; the same ones if there is nothing to do.

    >>> [t.text for t in expand(*_both("#define N 3\nf(N);")).tokens]
    ['f', '(', '3', ')', ';']
    """
    words = [_word(line.text) for line in text.preprocessor]
    if all(word in _IGNORED or word == "" for word in words):
        return text
    expander = _Expander(library)
    pieces: list[Token] = []
    apart: set[int] = set()
    try:
        flat = _flattened(source, text)
        places = _Places(source, flat)
        expander.parse(flat, "text")
        while (found := expander.token()) is not None:
            if len(pieces) > MOST_TOKENS:
                raise _TooMuchError  # noqa: TRY301  # the same end as pcpp's own overflow
            piece = places.token(found, pieces)
            if piece is None:
                apart.add(len(pieces))
            else:
                pieces.append(piece)
    except (_TooMuchError, RecursionError):
        hint = "write out the macros that build on each other"
        problem = Problem(1, 1, 1, "the macros of this text expand to far too much", hint)
        return Tokens((), text.comments, text.preprocessor, (problem,))
    tokens = tuple(_put_together(pieces, apart))
    lines = {token.line for token in tokens}
    dropped = {token.line for token in text.tokens} - lines
    return Tokens(
        tokens,
        tuple(c for c in text.comments if c.line not in dropped),
        text.preprocessor,
        (*(p for p in text.problems if p.line in lines), *expander.problems),
        tuple(_left_out(text, dropped, expander.asked)),
    )


def _left_out(
    text: Tokens, dropped: set[int], asked: dict[int, dict[str, None]]
) -> Iterator[tuple[int, str]]:
    """Where a condition asks for a name that nobody defined, and leaves code out."""
    directives = [directive.line for directive in text.preprocessor]
    for line, names in asked.items():
        end = next((other for other in directives if other > line), line)
        if any(line < other < end for other in dropped):
            named = " and ".join(names)
            verb = "are" if len(names) > 1 else "is"
            words = (
                f"{named} {verb} not defined here, so lines {line + 1} to {end - 1} are left out"
            )
            yield line, f"{words}; write #define {next(iter(names))} 1 above to run them"


def _put_together(pieces: list[Token], apart: set[int]) -> Iterator[Token]:
    """One token each of what pcpp gives in pieces: `1.5e3`, `...`, `^=`.

    `apart` are those with a space before them.
    """
    index = 0
    while index < len(pieces):
        end = index + 1
        while pieces[index].text[0] in "0123456789.^" and end < len(pieces) and end not in apart:
            end += 1
        run = pieces[index:end][:_MOST_PIECES]
        word = tokenize("".join(piece.text for piece in run)).tokens[0]
        sizes = accumulate(len(piece.text) for piece in run)
        taken = next((n for n, size in enumerate(sizes, 1) if size == len(word.text)), 1)
        yield run[0]._replace(kind=word.kind, text=word.text, end=run[taken - 1].end)
        index += taken


def _plain(message: str) -> str:
    """A complaint of pcpp on one line, in our case."""
    text = " ".join(message.split())
    return text if text.startswith("#") else text[:1].lower() + text[1:]


def _both(source: str) -> tuple[str, Tokens]:
    return source, tokenize(source)


def _word(line: str) -> str:
    words = line.lstrip("# \t").split(None, 1)
    return words[0] if words else ""


def _flattened(source: str, text: Tokens) -> str:
    """The text as pcpp will see it: no `#include`, no ends of lines it would cut, no continuations.

    Lines and columns of the code are those of the text.
    """
    lines = [line.rstrip() for line in source.translate(_OTHER_BREAKS).split("\n")]
    for directive in text.preprocessor:
        if _word(directive.text) in _IGNORED:
            for number in range(directive.text.count("\n") + 1):
                lines[directive.line - 1 + number] = ""
    for index in range(len(lines) - 2, -1, -1):
        if lines[index].endswith("\\"):
            lines[index] = lines[index][:-1] + lines[index + 1]
            lines[index + 1] = ""
    # One line feed more: pcpp wants the last line ended.
    return "\n".join(lines) + "\n"


_OTHER_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
"""What ends a line for Python, which pcpp asks, but not for C."""


class _Places:
    """Where the tokens of the flattened text stand in the text of the user."""

    def __init__(self, source: str, flat: str) -> None:
        self.flat = flat
        self.starts = [0]
        for line in source.split("\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def token(self, found: Any, before: list[Token]) -> Token | None:
        """A token of pcpp as ours; one out of a macro stands where the macro was used."""
        value, line, position = str(found.value), int(found.lineno), int(found.lexpos)
        kind = next((t.kind for t in tokenize(value).tokens), None)
        if kind is None:
            return None
        line_start = self.flat.rfind("\n", 0, position) + 1
        is_expanded = bool(getattr(found, "expanded_from", None))
        is_own = self.flat.startswith(value, position) and not is_expanded
        is_own |= is_expanded and self._is_argument(value, line, position)
        if is_own:
            column = position - line_start + 1
            start = self.starts[line - 1] + column - 1
            return Token(kind, value, line, column, start, start + len(value))
        last = before[-1] if before and before[-1].line == line else None
        if last is None:
            return Token(kind, value, line, 1, self.starts[line - 1], self.starts[line - 1])
        return Token(kind, value, line, last.column, last.end, last.end)

    def _is_argument(self, value: str, line: int, position: int) -> bool:
        """Whether a token that came through a macro was written at its use, as an argument."""
        if not self.flat.startswith(value, position):
            return False
        return self.flat.count("\n", 0, position) + 1 == line
