"""What C's constants and operators are worth: whole numbers of 64 bits, nothing else.

Nothing here can grow without end: a text on a shared server must not
compute a number of a million digits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache

from pycparser import c_ast

from sslrefs.cscript.guesses import UNKNOWN, compared
from sslrefs.model.objects import NULL, Opaque, Text, Value

__all__ = ["ARGUMENTS", "calculate", "constant", "wanted", "wrapped"]

ARGUMENTS = Opaque("as many arguments as are wanted")
"""The value of main's `argc` until the first test of it, which says how many it wants."""

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")
_VAGUE = ("unknown", "constant ", "positive")
_BITS = 64


def wrapped(number: int) -> int:
    """The number as 64 bits hold it.

    >>> wrapped(2**63), wrapped(-1)
    (-9223372036854775808, -1)
    """
    half = 1 << (_BITS - 1)
    return (number + half) % (1 << _BITS) - half


def constant(node: c_ast.Constant) -> Value:
    """The value of a number, a character or a string."""
    return _written(node.type, node.value)


@lru_cache(maxsize=1024)  # a loop comes by the same few again and again
def _written(type_: str, value: str) -> Value:
    if type_ == "string":
        return Text(value[1:-1])
    if value.endswith("'"):  # of several characters the parser says that they are an int
        return _character(value[1:-1])
    text = value.rstrip("uUlL")
    if text[1:2] in ("x", "X", "b", "B"):
        return wrapped(int(text, 0))
    digits = text.rstrip("fF")
    if not digits.isdigit():
        return _whole(float(digits))
    if len(digits) > _BITS:
        return UNKNOWN
    is_octal = digits.startswith("0") and not set(digits) & {"8", "9"}
    return wrapped(int(digits, 8 if is_octal else 10))


def _character(text: str) -> Value:
    """The code of a character; of several, as in 'ab', nothing is known."""
    if not text.startswith("\\"):
        return ord(text) if len(text) == 1 else UNKNOWN
    code = text[1:]
    if code in _ESCAPES:
        return _ESCAPES[code]
    base = 16 if code.startswith("x") else 8
    try:
        return int(code.lstrip("x"), base)
    except ValueError:
        return UNKNOWN


_ESCAPES = {c: ord(c) for c in "'\"?\\"} | dict(zip("abtnvfr", range(7, 14), strict=True))


def _whole(number: float) -> Value:
    return wrapped(int(number)) if abs(number) < 2.0**_BITS else UNKNOWN


def calculate(op: str, left: Value | None, right: Value | None) -> Value:
    """A binary operation; pointers can be compared, NULL equals 0.

    >>> calculate("/", -7, 2), calculate("==", NULL, 0)
    (-3, 1)
    """
    left = 0 if left is NULL else left
    right = 0 if right is NULL else right
    is_comparison = op in _COMPARISONS
    if is_comparison and left is not None and right is not None and _is_vague(left, right):
        return compared(op, left, right)
    if op in ("==", "!="):
        return int((left == right) == (op == "=="))
    if not isinstance(left, int) or not isinstance(right, int):
        return UNKNOWN
    if op in ("/", "%"):
        return _divided(op, left, right)
    if op in ("<<", ">>"):
        if not 0 <= right < _BITS:
            return UNKNOWN
        return wrapped(left << right) if op == "<<" else left >> right
    return wrapped(int(_ARITHMETIC[op](left, right)))


def _is_vague(left: Value, right: Value) -> bool:
    """Whether a number or constant that is not known takes part."""
    return (type(left) is Opaque and left.label.startswith(_VAGUE)) or (
        type(right) is Opaque and right.label.startswith(_VAGUE)
    )


def wanted(op: str, number: int, *, is_left: bool) -> int | None:
    """How many arguments a test of `argc` against a number wants; `is_left`: `argc` is on the left.

    A program tests whether enough were given before it goes on, so they were.

    >>> wanted("<", 2, is_left=True), wanted("!=", 3, is_left=True), wanted("<", 1, is_left=False)
    (2, 3, 2)
    """
    if op not in _COMPARISONS:
        return None
    above = (">", "<=") if is_left else ("<", ">=")
    return number + 1 if op in above else number


def _divided(op: str, left: int, right: int) -> Value:
    """C rounds to zero; a division by zero has no value."""
    if right == 0:
        return UNKNOWN
    quotient = abs(left) // abs(right)
    if (left < 0) != (right < 0):
        quotient = -quotient
    return wrapped(quotient) if op == "/" else left - right * quotient
