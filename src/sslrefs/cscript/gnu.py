"""Short forms: `a ?: b`, `case 1 ... 5:` and `{ field: value }` of GNU C, and `...` of people.

The tokens are put as C has them, with a mark where C has no such thing; what
was parsed of the marks is put right afterwards. No other part meets a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pycparser import c_ast

from sslrefs.cscript.tokens import Token, instead
from sslrefs.cscript.types import callee

__all__ = ["RANGE", "in_c", "left_out", "marked", "read_marks"]

RANGE = "..."
"""The operator between the ends of a range of cases."""

_SIGNS = frozenset((":", RANGE))
"""No short form is without one of these."""
_NEEDS_NONE = ("", ";", "{", "}")
_AT_STATEMENTS = (*_NEEDS_NONE, ")", "else", "do", ":")

# No text of a user has these names: its tokens have no such sign.
_SAME = "$condition"
_BETWEEN = "$between"


def in_c(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as a parser of C reads them.

    >>> from sslrefs.cscript.tokens import tokenize
    >>> def words(text): return " ".join(token.text for token in in_c(tokenize(text).tokens))
    >>> words("struct conn c = { ssl: a ?: b };")
    'struct conn c = { . ssl = a ? $condition : b } ;'
    >>> words("case 1 ... 5: f();")
    'case $between ( 1 , 5 ) : f ( ) ;'
    """
    if not _SIGNS.intersection(token.text for token in tokens):
        return list(tokens)
    made: list[Token] = []
    braces = _Braces()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        before = made[-1].text if made else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        braces.read(token.text, before)
        if token.text == ":" and before == "?":
            made.append(instead(token, _SAME))
        if token.text == RANGE and before in _AT_STATEMENTS:
            made += [] if before in _NEEDS_NONE or after == ";" else [instead(token, ";")]
            index += before in _NEEDS_NONE and after == ";"
        elif token.kind == "name" and after == ":" and before in ("{", ",") and braces.hold_values:
            made += [instead(token, "."), token, instead(tokens[index + 1], "=")]
            index += 1
        elif token.text == "case" and (end := _range_end(tokens, index)) is not None:
            made += _range(tokens[index:end])
            index = end - 1
        else:
            made.append(token)
        index += 1
    return made


def left_out(tokens: Sequence[Token]) -> Iterator[Token]:
    """The dots that stand for statements."""
    before, end = "", 0
    for index, token in enumerate(tokens):
        if token.text == "case":
            end = _range_end(tokens, index) or end
        if token.text == RANGE and index >= end and before in _AT_STATEMENTS:
            yield token
        before = token.text


class _Braces:
    """Which braces are open, and what each is for."""

    def __init__(self) -> None:
        self._lists: list[bool] = []
        self._before: list[str] = []  # what stands before each open "("
        self._closed = ""  # and what stood before the last that was closed

    @property
    def hold_values(self) -> bool:
        """Whether the innermost brace is a list of initial values."""
        return self._lists[-1:] == [True]

    def read(self, text: str, before: str) -> None:
        """Meet a token and the one before it."""
        if text == "(":
            self._before.append(before)
        elif text == ")" and self._before:
            self._closed = self._before.pop()
        elif text == "{":
            is_literal = before == ")" and self._closed in ("=", ",", "(", "return")
            is_inner = before in ("{", ",") and self.hold_values
            self._lists.append(before == "=" or is_literal or is_inner)
        elif text == "}" and self._lists:
            self._lists.pop()


def _range_end(tokens: Sequence[Token], case: int) -> int | None:
    """The index of the colon after a range of cases, None if it is no range."""
    dots = depth = 0
    for index in range(case + 1, len(tokens)):
        text = tokens[index].text
        depth += (text == "(") - (text == ")")
        if text in (";", "{", "}") or (text == "," and not depth):
            return None
        dots += text == RANGE and not depth
        if text == ":":
            # One with an end missing is left to the parser, which knows what to say.
            lacks_one = RANGE in (tokens[case + 1].text, tokens[index - 1].text)
            return index if dots == 1 and not lacks_one else None
    return None


def _range(tokens: Sequence[Token]) -> list[Token]:
    """`case a ... b` as a call, which may stand there."""
    case, *ends = tokens
    commas = [instead(token, ",") if token.text == RANGE else token for token in ends]
    return [case, instead(case, _BETWEEN), instead(case, "("), *commas, instead(ends[-1], ")")]


def marked(tokens: Iterable[Token]) -> bool:
    """Whether tokens have a mark that a parser turns into something to be put right."""
    return any(token.text in (_SAME, _BETWEEN) for token in tokens)


def read_marks(node: c_ast.Node) -> None:
    """Put right what was parsed of marks: nothing in a node and below it is a mark any more."""
    if isinstance(node, c_ast.TernaryOp) and getattr(node.iftrue, "name", "") == _SAME:
        node.iftrue = node.cond
    if isinstance(node, c_ast.Case) and callee(node.expr) == _BETWEEN:
        node.expr = c_ast.BinaryOp(RANGE, *node.expr.args.exprs, node.expr.coord)
    for _name, child in node.children():
        read_marks(child)
