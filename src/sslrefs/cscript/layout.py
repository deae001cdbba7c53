"""Tokens as the text that pycparser reads, each at its place, and its complaint in words."""

from __future__ import annotations

from pycparser.c_parser import ParseError

from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.tokens import Token

__all__ = ["FILE", "laid_out", "syntax_problem"]

FILE = "text"


def laid_out(tokens: tuple[Token, ...]) -> str:
    """The tokens as text, each at the line and column it had."""
    parts = []
    line, column = tokens[0].line, tokens[0].column
    for token in tokens:
        if token.line > line:
            parts.append("\n" * (token.line - line))
            line, column = token.line, 1
        gap = token.column - column
        if gap < 0 and token.end > token.start:
            parts.append(f'\n#line {line} "{FILE}"\n')
            gap = token.column - 1
        elif gap < 0 or (gap == 0 and parts and _would_join(parts[-1], token.text)):
            gap = 1  # a token out of a macro stands about where the macro was used
        parts.append(" " * gap + token.text)
        column = token.column + len(token.text)
    return "".join(parts)


def _would_join(before: str, text: str) -> bool:
    """Whether two tokens written side by side would be read as one."""
    return bool(before) and before[-1].isalnum() and text[0].isalnum()


def syntax_problem(error: ParseError, furthest: object, tokens: tuple[Token, ...]) -> Problem:
    """What pycparser found, at the furthest token it came to, in words for people."""
    line = getattr(furthest, "lineno", tokens[0].line)
    column = getattr(furthest, "column", tokens[0].column)
    index = next(
        (i for i, t in enumerate(tokens) if (t.line, t.column) >= (line, column)), len(tokens)
    )
    if index >= len(tokens):
        last = tokens[-1]
        place = Problem(last.line, last.column + len(last.text), 1, "")
        found = "the end of the statement"
    else:
        token = tokens[index]
        place = Problem(token.line, token.column, len(token.text), "")
        found = token.text
    before = tokens[index - 1] if index > 0 else None
    if before is not None and before.line < place.line and before.text not in ";{}":
        place = Problem(before.line, before.column + len(before.text), 1, "")
        return place._replace(
            message="the statement does not end here", hint="is there a ; missing at this place?"
        )
    detail = str(error).rsplit(":", 1)[-1].strip()
    if detail == "Invalid expression":
        hint = f"write a value or a variable before {found}"
        return place._replace(message=f"found {found} where an expression is expected", hint=hint)
    hint = "is there an operator, a comma or a ; missing before it?"
    return place._replace(message=f"{found} does not fit here", hint=hint)
