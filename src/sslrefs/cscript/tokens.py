"""C text as tokens with places: what pycparser throws away and messages need.

Comments are kept apart (directions live there), preprocessor lines too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from sslrefs.cscript.diagnostics import Problem

__all__ = ["MOST_TOKENS", "Comment", "Token", "TokenKind", "Tokens", "instead", "tokenize"]

TokenKind = Literal["name", "number", "string", "char", "mark"]
_KINDS = get_args(TokenKind)

MOST_TOKENS = 40_000
"""Of a text that is read; as people write C, each stands for four characters or more."""

_TOKEN = re.compile(
    r"""
    [ \t\r\f\v]*
  (?:
    (?P<newline>\\?\n)
  | (?P<block>/\*.*?\*/)
  | (?P<open_block>/\*)
  | (?P<line>//[^\n]*)
  | (?P<char>(?:L|u8?|U)?'(?:\\.|[^'\\\n])+')
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<number>
      (?:0[xX][0-9a-fA-F]+|0[bB][01]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
      [uUlLfF]*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<open_quote>["'])
  | (?P<mark>\.\.\.|…|->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\|
      |[-+*/%&|^]=|[-+*/%&|^~!<>=?:;,.(){}\[\]])
  | (?P<other>.)
  | (?P<end>\Z)
  )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = re.compile(r"\s*")


class Token(NamedTuple):
    """One word of C; `line` and `column` count from 1, `start` and `end` are offsets."""

    kind: TokenKind
    text: str
    line: int
    column: int
    start: int
    end: int


def instead(token: Token, text: str, *, kind: TokenKind | None = None) -> Token:
    """Another word in the place of a token; it has no width, so that people see their own."""
    made = kind or ("name" if text.isidentifier() else "mark")
    return token._replace(kind=made, text=text, end=token.start)


class Comment(NamedTuple):
    """A comment without its marks; `line` is where it starts."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """A whole text as tokens, its comments, its preprocessor lines and what is wrong in it.

    `left_out` has, by line, the words about code that a condition of the preprocessor leaves out.
    """

    tokens: tuple[Token, ...]
    comments: tuple[Comment, ...]
    preprocessor: tuple[Comment, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[tuple[int, str], ...] = ()


def tokenize(source: str) -> Tokens:
    """The text's tokens; stray characters and open comments or quotes are problems.

    >>> [token.text for token in tokenize("SSL *ssl; // no").tokens]
    ['SSL', '*', 'ssl', ';']
    """
    tokens: list[Token] = []
    comments: list[Comment] = []
    preprocessor: list[Comment] = []
    problems: list[Problem] = []
    line, line_start, position = 1, 0, 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        assert match is not None
        kind: Any = match.lastgroup
        position, end = match.span(kind)
        text, column = match[kind], position - line_start + 1
        if kind == "name" or kind in _KINDS:
            word = "..." if text == "…" else text
            tokens.append(Token(kind, word, line, column, position, end))
            if kind == "name" or "\n" not in text:
                position = end
                continue
        elif kind in ("block", "line"):
            inner = text[2:-2] if kind == "block" else text[2:]
            comments.append(Comment(inner.strip(), line, column))
        elif kind == "other" and text == "#" and _is_first(source, line_start, position):
            end = _end_of_directive(source, position)
            preprocessor.append(Comment(source[position:end], line, column))
            text = source[position:end]
        elif kind in ("open_block", "open_quote", "other"):
            problems.append(_stray(kind, text, line, column))
            if kind == "open_block":
                break
        breaks = text.count("\n")
        position += len(text)
        if breaks:
            line += breaks
            line_start = source.rindex("\n", 0, position) + 1
    return Tokens(tuple(tokens), tuple(comments), tuple(preprocessor), tuple(problems))


def _is_first(source: str, line_start: int, position: int) -> bool:
    """Whether only space stands on the line before a place."""
    space = _SPACE.match(source, line_start, position)
    return space is not None and space.end() == position


def _end_of_directive(source: str, position: int) -> int:
    """The end of a preprocessor line, with its continuation lines."""
    while True:
        end = source.find("\n", position)
        if end < 0:
            return len(source)
        if not source.endswith("\\", position, end):
            return end
        position = end + 1


def _stray(kind: str, text: str, line: int, column: int) -> Problem:
    if kind == "open_block":
        return Problem(line, column, 2, "this comment is never closed", "end it with */")
    if kind == "open_quote":
        return Problem(
            line, column, 1, f"this {text} has no partner on its line", f"close it with {text}"
        )
    if text.isalnum():
        hint = "names are made of a to z, A to Z, 0 to 9 and _"
    else:
        hint = _PLAIN.get(text, "remove it")
    return Problem(line, column, 1, f"{text!r} is no part of C here", hint)


_PLAIN = {
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", 'write a plain "'),
    **dict.fromkeys("\u2018\u2019\u00b4`", "write a plain '"),
    **dict.fromkeys("\u2013\u2014\u2212", "write a plain -"),
    **dict.fromkeys("\u00a0\u2003\u202f\ufeff", "write a plain space"),
}
"""What word processors and web pages put in the place of the characters of C."""
