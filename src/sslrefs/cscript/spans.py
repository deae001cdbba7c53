"""Where a statement stands in the text: its lines, and its text as people wrote it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sslrefs.cscript.tokens import Token, tokenize

__all__ = ["Span", "span_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a statement stands: first and last line, and its text on one line."""

    line: int
    end_line: int
    text: str


def span_of(tokens: tuple[Token, ...], source: str, line: int, column: int) -> Span:
    """The statement around a place: back to its first token, on to its `;` or `{`.

    Of an if, while, for or switch it is the head alone, and an expression in
    such a head ends where the head does.
    """
    here = bisect_right(tokens, (line, column), key=lambda t: (t.line, t.column)) - 1
    start = max(here, 0)
    while start > 0:
        body = _body_of_type(tokens, start - 1)
        if body is None and _ends_before(tokens, start):
            break
        start = start - 1 if body is None else body
    end, depth = start, 0
    is_head = tokens[start].text in ("if", "while", "for", "switch")
    opening, closing = ("([", ")]") if is_head else ("([{", ")]}")
    while end < len(tokens) - 1:
        text = tokens[end].text
        depth += text in opening
        depth -= text in closing
        if depth < 0:
            end -= 1
            break
        if depth == 0 and text == (")" if is_head else ";"):
            break
        end += 1
    words = tokens[start : end + 1] or tokens[start : start + 1]
    return Span(words[0].line, words[-1].line, _one_line(words, source))


def _ends_before(tokens: tuple[Token, ...], index: int) -> bool:
    before = tokens[index - 1].text
    if before in (";", "{", "}", ":", "else", "do"):
        return True
    return before == ")" and _closes_header(tokens, index - 1)


def _body_of_type(tokens: tuple[Token, ...], index: int) -> int | None:
    """Where the body of a struct, union or enum begins that a `}` ends, in front of a variable."""
    if tokens[index].text != "}" or tokens[index + 1].text in (";", "}"):
        return None
    depth = 0
    for position in range(index, -1, -1):
        depth += tokens[position].text == "}"
        depth -= tokens[position].text == "{"
        if depth == 0:
            before = {token.text for token in tokens[max(0, position - 2) : position]}
            return position if before & {"struct", "union", "enum"} else None
    return None


def _closes_header(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a `)` ends the head of an if, while, for or switch."""
    depth = 0
    for position in range(index, -1, -1):
        depth += tokens[position].text == ")"
        depth -= tokens[position].text == "("
        if depth == 0:
            return position > 0 and tokens[position - 1].text in ("if", "while", "for", "switch")
    return False


def _one_line(tokens: tuple[Token, ...], source: str) -> str:
    """The tokens with the spaces they had, line breaks made one space."""
    if any(token.start == token.end for token in tokens):
        # Something came out of a macro: people want to read what they wrote.
        rest = source[tokens[0].start :].split("\n", 1)[0]
        if source[tokens[-1].start : tokens[-1].end] == tokens[-1].text:
            rest = source[tokens[0].start : tokens[-1].end]
        return _as_written(rest)
    parts = [tokens[0].text]
    for before, token in pairwise(tokens):
        parts.append(" " if token.start > before.end else "")
        parts.append(token.text)
    return "".join(parts)


@lru_cache(maxsize=1024)  # the same line again and again, where a loop or a habit makes it
def _as_written(text: str) -> str:
    """A piece of C in one line, with the spaces it has."""
    tokens = tokenize(text).tokens
    return _one_line(tokens, text) if tokens else text.strip()
