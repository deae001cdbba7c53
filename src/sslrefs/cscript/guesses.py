"""What a run takes for granted where a value is not known: that nothing fails.

An unknown function succeeds, so a test of what it returned comes out as it does
for a success. A condition that stays open is answered by its branches: the one
that leaves (goto, return, break) is the one for failures.
"""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.model.objects import NULL, Opaque, Value

__all__ = [
    "LIKELY",
    "UNKNOWN",
    "UNLIKELY",
    "compared",
    "is_open",
    "is_true",
    "leaves",
    "means_success",
    "named",
    "negated",
]

UNKNOWN = Opaque("unknown")
LIKELY = Opaque("unknown, likely true")
UNLIKELY = Opaque("unknown, likely false")
_OPEN = (UNKNOWN, LIKELY, UNLIKELY)
_SUCCESS = 1


def is_open(value: Value | None) -> bool:
    """Whether it is not known if the value is true.

    >>> is_open(UNLIKELY), is_open(0)
    (True, False)
    """
    return value in _OPEN


def is_true(value: Value | None) -> bool:
    """Whether C takes the value for true; what is not modelled counts as true.

    >>> is_true(UNKNOWN), is_true(named("CURLE_OK"))
    (True, False)
    """
    return value not in (0, NULL, None, UNLIKELY) and not means_success(value)


def named(name: str) -> Opaque:
    """A constant of which only the name is known."""
    return Opaque(f"constant {name}")


def means_success(value: Value | None) -> bool:
    """Whether the name of a constant says that nothing failed; such constants are zero.

    >>> means_success(named("CURLE_OK")), means_success(named("NGX_ERROR"))
    (True, False)
    """
    return (
        isinstance(value, Opaque)
        and value.label.startswith("constant ")
        and value.label.endswith(("_OK", " OK", "_SUCCESS", "_NONE"))
    )


def negated(value: Value | None) -> Value:
    """`!` of an open value: as open, and the other way round."""
    return LIKELY if value == UNLIKELY else UNLIKELY


def compared(op: str, left: Value, right: Value) -> Value:
    """A comparison in which something is not known.

    >>> compared("<", UNKNOWN, 0) is UNLIKELY, compared("==", UNKNOWN, named("NGX_OK")) is LIKELY
    (True, True)
    """
    if left == right and not is_open(left):
        return int(op in ("==", "<=", ">="))
    if _is_constant(left) and _is_constant(right):
        return int(op == "!=")
    return LIKELY if _holds(op, _stand_in(left, right), _stand_in(right, left)) else UNLIKELY


def _is_constant(value: Value) -> bool:
    return isinstance(value, Opaque) and value.label.startswith("constant ")


def _stand_in(value: Value, other: Value) -> int:
    """The number a value is compared as: what fits a success."""
    if isinstance(value, int):
        return value
    if value is NULL or means_success(value):
        return 0
    if value in (LIKELY, UNLIKELY):
        return int(value == LIKELY)
    if _is_constant(value):
        return -1
    return 0 if means_success(other) else _SUCCESS


def _holds(op: str, left: int, right: int) -> bool:
    match op:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right


def leaves(node: c_ast.Node | None) -> bool:
    """Whether a statement ends by leaving what it stands in, as the branch of a failure does."""
    match node:
        case c_ast.Goto() | c_ast.Return() | c_ast.Break() | c_ast.Continue():
            return True
        case c_ast.Compound(block_items=[*_, last]):
            return leaves(last)
        case c_ast.FuncCall(name=c_ast.ID(name="exit" | "_exit" | "abort")):
            return True
    return False
