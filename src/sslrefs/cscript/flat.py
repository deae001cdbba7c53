"""The text as pcpp sees it, and its tokens back at the places of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from sslrefs.cscript.tokens import Token, TokenKind, Tokens, tokenize

__all__ = ["IGNORED", "Places", "flattened", "put_together", "word_of"]

IGNORED = ("include", "pragma", "import", "line", "warning")
"""The directives that pcpp does not see."""
_MOST_PIECES = 8
"""A number is never in more: `1` `.` `5` `e` `-` `3` `f`."""


def word_of(line: str) -> str:
    """What a directive is called."""
    words = line.lstrip("# \t").split(None, 1)
    return words[0] if words else ""


def flattened(source: str, text: Tokens) -> str:
    """The text as pcpp will see it: no `#include`, no ends of lines it would cut, no continuations.

    Lines and columns of the code are those of the text.
    """
    lines = [line.rstrip() for line in source.translate(_OTHER_BREAKS).split("\n")]
    for directive in text.preprocessor:
        if word_of(directive.text) in IGNORED:
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


class Places:
    """Where the tokens of the flattened text stand in the text of the user."""

    def __init__(self, source: str, flat: str) -> None:
        self.flat = flat
        self.starts = _starts(source)
        self.flat_starts = _starts(flat)

    def token(self, found: Any, before: list[Token]) -> Token | None:
        """A token of pcpp as ours; one out of a macro stands where the macro was used."""
        value, line, position = str(found.value), int(found.lineno), int(found.lexpos)
        kind = _kind(value)
        if kind is None:
            return None
        line_start = self.flat_starts[bisect_right(self.flat_starts, position) - 1]
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
        return bisect_right(self.flat_starts, position) == line


@lru_cache(maxsize=1024)
def _kind(value: str) -> TokenKind | None:
    """What a word is; None for space."""
    return next((token.kind for token in tokenize(value).tokens), None)


def _starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def put_together(pieces: list[Token], apart: set[int]) -> Iterator[Token]:
    """One token each of what pcpp gives in pieces: `1.5e3`, `...`, `^=`.

    `apart` are those with a space before them.
    """
    index = 0
    while index < len(pieces):
        first, end = pieces[index], index + 1
        most = min(index + _MOST_PIECES, len(pieces)) if first.text[0] in "0123456789.^" else end
        while end < most and end not in apart:
            end += 1
        if end > index + 1:
            run = pieces[index:end]
            word = tokenize("".join(piece.text for piece in run)).tokens[0]
            sizes = accumulate(len(piece.text) for piece in run)
            taken = next((n for n, size in enumerate(sizes, 1) if size == len(word.text)), 1)
            end = index + taken
            first = first._replace(kind=word.kind, text=word.text, end=run[taken - 1].end)
        yield first
        index = end
