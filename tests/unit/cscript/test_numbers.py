from __future__ import annotations

import pytest

from sslrefs.cscript.guesses import UNKNOWN
from sslrefs.cscript.interpreter import run_text
from sslrefs.cscript.numbers import ARGUMENTS, calculate, wrapped
from sslrefs.model.objects import NULL, ObjectId, Value


def value(expression: str) -> Value | None:
    """What an expression is worth."""
    return run_text(f"long x = {expression};").steps[0].returned


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("2 + 3 * 4", 14),
        ("-7 / 2", -3),
        ("-7 % 2", -1),
        ("7 / -2", -3),
        ("1 << 4", 16),
        ("0x1F & 0xF", 15),
        ("010", 8),
        ("0b101", 5),
        ("0B11u + 0XFFUL", 258),
        ("'a'", 97),
        (r"'\n'", 10),
        (r"'\0'", 0),
        (r"'\x41'", 65),
        (r"'\''", 39),
        ("~0", -1),
        ("!3", 0),
        ("1 < 2 && 2 < 1", 0),
        ("0 || 5", 1),
        ("3 == 3", 1),
        ("2.9f", 2),
        ("1e3", 1000),
        ("5 ? 7 : 9", 7),
        ("9223372036854775807 + 1", -(2**63)),
    ],
)
def test_expressions_are_worth_what_c_says(expression: str, worth: int) -> None:
    assert value(expression) == worth


@pytest.mark.parametrize(
    "expression",
    ["'ab'", "'/n'", "1 / 0", "1 % 0", "1 << 64", "1 << -1", "1e999", "9" * 400, "1e999 / 3"],
)
def test_what_has_no_value_in_c_is_unknown(expression: str) -> None:
    assert value(expression) == UNKNOWN


def test_numbers_cannot_grow_without_end() -> None:
    timeline = run_text("long x = 3;\nfor (int i = 0; i < 200; i++) x = x * x;")

    assert timeline.steps[-1].returned == wrapped(pow(3, 2**200, 2**64))


@pytest.mark.parametrize(
    ("op", "left", "right", "worth"),
    [
        ("==", NULL, 0, 1),
        ("!=", ObjectId("ssl", 1), NULL, 1),
        ("==", ObjectId("ssl", 1), ObjectId("ssl", 1), 1),
        ("+", ObjectId("ssl", 1), 1, UNKNOWN),
        ("-", ARGUMENTS, 1, UNKNOWN),
    ],
)
def test_pointers_compare_and_do_not_calculate(
    op: str, left: Value, right: Value, worth: Value
) -> None:
    assert calculate(op, left, right) == worth


@pytest.mark.parametrize(
    "guard", ["argc < 2", "argc != 3", "3 > argc", "argc <= 1", "!(argc == 2)"]
)
def test_a_program_that_counts_its_arguments_runs(guard: str) -> None:
    timeline = run_text(
        f"int main(int argc, char **argv) {{\n if ({guard}) {{ return 1; }}\n"
        " SSL_SESSION *s = SSL_SESSION_new();\n printf(argv[1]);\n SSL_SESSION_free(s);\n}\n"
    )

    assert [step.line for step in timeline.steps] == [3, 4, 5]


def test_a_loop_over_the_arguments_ends() -> None:
    timeline = run_text(
        "int main(int argc, char **argv) {\n for (int i = 1; i < argc; i++) {\n"
        "  SSL_SESSION *s = SSL_SESSION_new();\n  SSL_SESSION_free(s);\n }\n return 0;\n}\n"
    )

    assert [step.line for step in timeline.steps] == [3, 4]
    assert timeline.cut is None
