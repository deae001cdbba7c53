"""A text cut into its top-level pieces: functions, file-scope lines, statements.

Each piece can then be parsed alone, so that one mistake does not hide the
next and every message has a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sslrefs.cscript.diagnostics import Problem
from sslrefs.cscript.tokens import MOST_TOKENS, Token
from sslrefs.cscript.tree import DEEPEST

__all__ = ["LONGEST_PIECE", "Chunk", "cut", "endless", "unbalanced"]

LONGEST_PIECE = 20_000
"""Names and signs without a semicolon or a brace among them."""
_SHORTEN = "keep the lines that have to do with the session"
_CONTROL = frozenset({"if", "while", "for", "switch"})
_OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive tokens that form one piece of the text.

    `kind` is "function" for a definition (`name` is set then), "file" for a
    line at file scope (typedef, struct, static, prototype), else "statement".
    """

    kind: Literal["function", "file", "statement"]
    tokens: tuple[Token, ...]
    name: str = ""

    @property
    def body(self) -> tuple[Token, ...]:
        """The tokens between a function's braces."""
        depth, start = 0, 0
        for index, token in enumerate(self.tokens):
            if token.text == "(":
                depth += 1
            elif token.text == ")":
                depth -= 1
            elif token.text == "{" and depth == 0:
                start = index + 1
                break
        return self.tokens[start:-1]


def endless(tokens: Sequence[Token]) -> list[Problem]:
    """Where a text or a piece of it is longer than anybody writes: to read it takes too long."""
    if len(tokens) > MOST_TOKENS:
        token = tokens[MOST_TOKENS]
        message = f"the text has {len(tokens):,} names and signs; {MOST_TOKENS:,} are read at most"
        return [Problem(token.line, token.column, len(token.text), message, _SHORTEN)]
    length = indexes = 0
    before = ""
    for token in tokens:
        if token.text == "[":
            indexes = indexes + 1 if before == "]" else 1
        if indexes > DEEPEST:
            message = f"more than {DEEPEST} pairs of [ ] stand side by side"
            return [Problem(token.line, token.column, 1, message, "make it simpler")]
        before = token.text
        length = 0 if token.text in (";", "{", "}") else length + 1
        if length > LONGEST_PIECE:
            message = f"up to here {LONGEST_PIECE:,} names and signs stand without a ; or a brace"
            return [Problem(token.line, token.column, 1, message, _SHORTEN)]
    return []


def other_language(tokens: Sequence[Token]) -> list[Problem]:
    """The first words that only C++ has: whatever else is wrong comes from there."""
    for index, token in enumerate(tokens):
        if token.text not in (":", "class", "namespace", "template"):
            continue
        after = [following.text for following in tokens[index + 1 : index + 3]]
        is_scope = token.text == ":" and after[:1] == [":"]
        is_type = token.text in ("class", "namespace") and after[1:] in (["{"], [":"])
        if is_scope or is_type or (token.text == "template" and after[:1] == ["<"]):
            text = "::" if is_scope else token.text
            hint = (
                "write the lines that call libssl as C: functions, and structs for what they keep"
            )
            message = f"{text} is C++, and only C is read"
            return [Problem(token.line, token.column, len(text), message, hint)]
    return []


def unbalanced(tokens: tuple[Token, ...]) -> list[Problem]:
    """The first bracket without a partner, if any: nothing can be cut before it is mended."""
    open_: list[Token] = []
    starts = _line_starts(tokens)
    crooked: Token | None = None
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in _OPENING:
            open_.append(token)
        elif token.text in _OPENING.values():
            if not open_:
                return [_alone(token, "nothing opened it")]
            if _OPENING[open_[-1].text] != token.text:
                return [_mismatch(open_[-1], token)]
            opening = open_.pop()
            if token.column == starts[token.line] < starts[opening.line]:
                crooked = crooked or opening
    if not open_:
        return []
    # A brace that is closed further left than it was opened is most likely the culprit.
    culprit = crooked if crooked is not None and open_[-1].text == "{" else open_[-1]
    return [_alone(culprit, f"write {_OPENING[culprit.text]}")]


def _line_starts(tokens: tuple[Token, ...]) -> dict[int, int]:
    """The column of the first token of each line."""
    starts: dict[int, int] = {}
    for token in tokens:
        starts.setdefault(token.line, token.column)
    return starts


def _alone(token: Token, hint: str) -> Problem:
    return Problem(token.line, token.column, 1, f"this {token.text} has no partner", hint)


def _mismatch(opening: Token, token: Token) -> Problem:
    wanted = _OPENING[opening.text]
    return Problem(
        token.line,
        token.column,
        1,
        f"found {token.text} where the {opening.text} of line {opening.line},"
        f" column {opening.column} wants {wanted}",
        f"write {wanted} before it",
    )


def cut(tokens: tuple[Token, ...]) -> list[Chunk]:
    """The pieces of balanced tokens, in order.

    >>> from sslrefs.cscript.tokens import tokenize
    >>> [c.kind for c in cut(tokenize("static int x; f(x); int g(void) { }").tokens)]
    ['file', 'statement', 'function']
    """
    chunks = []
    start = 0
    while start < len(tokens):
        end = _end_of_piece(tokens, start)
        piece = tokens[start:end]
        start = end
        name = _function_name(piece)
        if name:
            chunks.append(Chunk("function", piece, name))
        elif _is_for_the_file(piece):
            chunks.append(Chunk("file", piece))
        elif [token.text for token in piece] != [";"]:
            chunks.append(Chunk("statement", piece))
    return chunks


def _is_for_the_file(piece: tuple[Token, ...]) -> bool:
    """Whether a piece stands at file scope: it exists before the first step."""
    first = piece[0].text
    if first in ("typedef", "static", "extern") or _is_prototype(piece):
        return True
    return first in ("struct", "enum", "union") and _declares_no_variable(piece)


def _end_of_piece(tokens: tuple[Token, ...], start: int) -> int:
    """One past the last token of the piece that begins at `start`."""
    index = start
    while index < len(tokens):
        token = tokens[index]
        if token.text == ";":
            return _after_if(tokens, start, index + 1)
        if token.text in ("(", "["):
            index = _partner(tokens, index)
        elif token.text == "{":
            index = _partner(tokens, index)
            if _brace_ends_piece(tokens, start, index):
                return _after_if(tokens, start, index + 1)
        index += 1
    return len(tokens)


def _after_if(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """The end of an `if` with its `else`, or `end` for any other piece."""
    first = tokens[start].text
    if first == "do" and tokens[end - 1].text == "}":
        return _end_of_piece(tokens, end)
    if end < len(tokens) and tokens[end].text == "else" and first in ("if", "else", "for", "while"):
        return _end_of_piece(tokens, end + 1)
    return end


def _brace_ends_piece(tokens: tuple[Token, ...], start: int, close: int) -> bool:
    """Whether a closing brace ends the piece (a body) or not (`struct {} x;`, `= {}`)."""
    if tokens[start].text in ("typedef", "struct", "enum", "union"):
        return _function_name(tokens[start : close + 1]) != ""
    before = _partner_back(tokens, close) - 1
    if tokens[start].text == "{" or before < start:
        return True
    if tokens[before].text == ")" and _gives_a_value(tokens, start, before):
        return False  # (struct x){ … }
    return tokens[before].text not in ("=", ",")


def _gives_a_value(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether an `=` or a `return` stands between two places, not counting brackets."""
    index = start
    while index < end:
        if tokens[index].text in ("=", "return"):
            return True
        index = _partner(tokens, index) if tokens[index].text in _OPENING else index
        index += 1
    return False


def _partner(tokens: tuple[Token, ...], index: int) -> int:
    """The index of the bracket that closes the one at `index`."""
    opening = tokens[index].text
    depth = 0
    for position in range(index, len(tokens)):
        if tokens[position].text == opening:
            depth += 1
        elif tokens[position].text == _OPENING[opening]:
            depth -= 1
            if depth == 0:
                return position
    return len(tokens) - 1


def _partner_back(tokens: tuple[Token, ...], index: int) -> int:
    """The index of the brace that the one at `index` closes."""
    depth = 0
    for position in range(index, -1, -1):
        if tokens[position].text == "}":
            depth += 1
        elif tokens[position].text == "{":
            depth -= 1
            if depth == 0:
                return position
    return 0


def _function_name(piece: tuple[Token, ...]) -> str:
    """The name of the function that the piece defines, or ""."""
    if piece[-1].text != "}" or piece[0].text in ("typedef", "do", "{", *_CONTROL):
        return ""
    for index, token in enumerate(piece[:-1]):
        if token.text in ("=", ";", "{"):
            return ""
        if token.text == "(":
            close = _partner(piece, index)
            name = piece[index - 1]
            has_body = close + 1 < len(piece) and piece[close + 1].text == "{"
            is_name = index > 1 and name.kind == "name" and name.text not in _CONTROL
            return name.text if has_body and is_name else ""
    return ""


def _is_prototype(piece: tuple[Token, ...]) -> bool:
    """Whether the piece declares a function: `int f(SSL *ssl);`."""
    texts = [token.text for token in piece]
    if "(" not in texts or "=" in texts or texts[-2:] != [")", ";"]:
        return False
    opening = texts.index("(")
    lead = piece[:opening]
    if len(lead) < 2 or lead[-1].kind != "name" or lead[0].text in ("return", "else", *_CONTROL):
        return False
    return all(token.kind == "name" or token.text == "*" for token in lead)


def _declares_no_variable(piece: tuple[Token, ...]) -> bool:
    """Whether `struct x { … };` only declares the type."""
    return len(piece) > 1 and piece[-2].text == "}" and all(t.text != "=" for t in piece)
