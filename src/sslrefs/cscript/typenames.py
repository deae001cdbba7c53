"""Which names are types: C cannot be parsed without knowing, and a pasted text leaves some out.

Only the shape of the text is looked at; what the types are is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from sslrefs.cscript.names import KEYWORDS
from sslrefs.cscript.tokens import Token

__all__ = ["declared_types", "unknown_types"]

_BEFORE_TYPE = frozenset({"static", "extern", "const", "volatile", "inline", "register", "typedef"})


def declared_types(tokens: Sequence[Token]) -> set[str]:
    """The names that the typedefs among the tokens introduce.

    >>> from sslrefs.cscript.tokens import tokenize
    >>> sorted(declared_types(tokenize("typedef struct a { int x; } A, *PA;").tokens))
    ['A', 'PA']
    """
    names = set()
    for index, token in enumerate(tokens):
        if token.text == "typedef":
            names |= _introduced(tokens, index)
    return names


def _introduced(tokens: Sequence[Token], start: int) -> set[str]:
    """The names of one typedef: before a comma, the end, or a bracket."""
    names = set()
    depth = 0
    for index in range(start + 1, len(tokens) - 1):
        before, token, after = tokens[index - 1 : index + 2]
        depth += (token.text in "([{") - (token.text in ")]}")
        if depth == 0 and _is_name(token) and after.text in (",", ";", "[", "("):
            names.add(token.text)
        elif (before.text, after.text) == ("*", ")") and _is_name(token) and depth == 1:
            names.add(token.text)  # (*name)(…)
        if (after.text == ";" and depth == 0) or token.text == "typedef":
            break
    return names


def _is_name(token: Token) -> bool:
    return token.kind == "name" and token.text not in KEYWORDS


def unknown_types(tokens: Sequence[Token], known: set[str]) -> Iterator[Token]:
    """The names that can only be types, but are not known as such."""
    heads: list[bool] = []
    for index, token in enumerate(tokens):
        if token.text == "(":
            heads.append(_is_head(tokens, index))
        elif token.text == ")" and heads:
            heads.pop()
        if token.kind != "name" or token.text in known or token.text in KEYWORDS:
            continue
        before = _lead(tokens, index)
        if (
            (before in ("", ";", "{", "}") and _begins_declaration(tokens, index + 1))
            or (before in ("(", ",") and _is_parameter(tokens, index, in_head=heads[-1:] == [True]))
            or (before == "(" and _is_cast(tokens, index))
        ):
            yield token


def _is_head(tokens: Sequence[Token], index: int) -> bool:
    """Whether a bracket begins the parameters of a function: a type and a name before it."""
    lead = list(takewhile(_is_of_type, (tokens[i] for i in range(index - 1, -1, -1))))
    begins = len(lead) == index or tokens[index - len(lead) - 1].text in (";", "{", "}")
    return len(lead) >= 2 and begins and lead[-1].text not in ("return", "else", "do", "case")


def _is_of_type(token: Token) -> bool:
    return token.kind == "name" or token.text == "*"


def _lead(tokens: Sequence[Token], index: int) -> str:
    """What stands before a name and the words like `static` in front of it; "" at the start."""
    index -= 1
    while index >= 0 and tokens[index].text in _BEFORE_TYPE:
        index -= 1
    return tokens[index].text if index >= 0 else ""


def _after_stars(tokens: Sequence[Token], index: int) -> int:
    while index < len(tokens) and tokens[index].text in ("*", "const", "volatile", "restrict"):
        index += 1
    return index


def _begins_declaration(tokens: Sequence[Token], index: int) -> bool:
    """Whether `*`s, a name and the beginning of the rest of a declaration follow."""
    name = _after_stars(tokens, index)
    return (
        name + 1 < len(tokens)
        and tokens[name].kind == "name"
        and tokens[name].text not in KEYWORDS
        and tokens[name + 1].text in (";", "=", ",", "[", "(", ":")
    )


def _is_cast(tokens: Sequence[Token], index: int) -> bool:
    """Whether `(name …)` is a cast, or the operand of sizeof."""
    close = _after_stars(tokens, index + 1)
    if close + 1 >= len(tokens) or tokens[close].text != ")":
        return False
    if close > index + 1:
        return True
    before = tokens[index - 2] if index >= 2 else None
    if before is not None and (
        before.text == ")" or (before.kind == "name" and before.text != "return")
    ):
        return False
    following = tokens[close + 1]
    is_operand = following.kind != "mark" and following.text not in KEYWORDS
    return is_operand or (tokens[index].text.endswith("_t") and following.text in "(&*-+~!")


def _is_parameter(tokens: Sequence[Token], index: int, *, in_head: bool) -> bool:
    """Whether the name is the type of a parameter: two names side by side, or stars in a head."""
    name = _after_stars(tokens, index + 1)
    if name + 1 >= len(tokens) or tokens[name].kind != "name":
        return False
    if tokens[name + 1].text not in (",", ")", "["):
        return False
    return name == index + 1 or in_head
