"""`#define`, `#if` and their kin, by pcpp; every token keeps a place in the text.

No file is ever opened: `#include` is taken out before, and what the headers
of libssl define is known by name (`headers`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from pcpp import Preprocessor

from sslrefs.cscript import headers
from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.flat import IGNORED, Places, flattened, put_together, word_of
from sslrefs.cscript.tokens import MOST_TOKENS, Comment, Token, Tokens, tokenize
from sslrefs.model.library import OPENSSL_3, Library

__all__ = ["expand"]

_DEEPEST = 100
"""The most conditions of the preprocessor inside each other."""


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
    words = [word_of(line.text) for line in text.preprocessor]
    if all(word in IGNORED or word == "" for word in words):
        return text
    if deep := _nested(words, text.preprocessor):
        return Tokens((), text.comments, text.preprocessor, (deep,))
    expander = _Expander(library)
    pieces: list[Token] = []
    apart: set[int] = set()
    try:
        flat = flattened(source, text)
        places = Places(source, flat)
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
    tokens = tuple(put_together(pieces, apart))
    lines = {token.line for token in tokens}
    dropped = {token.line for token in text.tokens} - lines
    return Tokens(
        tokens,
        tuple(c for c in text.comments if c.line not in dropped),
        text.preprocessor,
        (*(p for p in text.problems if p.line in lines), *expander.problems),
        tuple(_left_out(text, dropped, expander.asked)),
    )


def _nested(words: list[str], directives: Sequence[Comment]) -> Problem | None:
    """The first `#if` that is inside more others than anybody writes: to read it takes too long."""
    depth = 0
    for word, directive in zip(words, directives, strict=True):
        depth += word in ("if", "ifdef", "ifndef")
        depth -= word == "endif"
        if depth > _DEEPEST:
            message = f"this condition stands inside {_DEEPEST} others: that is too deep to be read"
            hint = "is an #endif missing above?"
            return Problem(directive.line, directive.column, 1, message, hint)
    return None


def _left_out(
    text: Tokens, dropped: set[int], asked: dict[int, dict[str, None]]
) -> Iterator[tuple[int, str]]:
    """Where a condition asks for a name that nobody defined, and leaves code out."""
    directives = [directive.line for directive in text.preprocessor]
    lines = sorted(dropped)
    for line, names in asked.items():
        following = bisect_right(directives, line)
        end = directives[following] if following < len(directives) else line
        if bisect_right(lines, line) < bisect_left(lines, end):
            named = " and ".join(names)
            verb = "are" if len(names) > 1 else "is"
            words = (
                f"{named} {verb} not defined here, so lines {line + 1} to {end - 1} are left out"
            )
            yield line, f"{words}; write #define {next(iter(names))} 1 above to run them"


def _plain(message: str) -> str:
    """A complaint of pcpp on one line, in our case."""
    text = " ".join(message.split())
    return text if text.startswith("#") else text[:1].lower() + text[1:]


def _both(source: str) -> tuple[str, Tokens]:
    return source, tokenize(source)
