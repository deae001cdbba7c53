"""What people paste in place of C: a diff, or what a debugger or a sanitizer printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sslrefs.cscript.diagnostics import Problem

__all__ = ["not_c", "without_numbers"]

_DIFF = re.compile(r"^(diff --git |@@ -\d+|--- \S.*\n\+\+\+ )", re.MULTILINE)
_TRACE = re.compile(r"^[ \t]*(#\d+:?\s+(0x[0-9a-f]{4,}|\w+ \()|==\d+==\s?)", re.MULTILINE)
_NUMBER = re.compile(r"[ \t]*(\d{1,7})(?:[ \t]*[:|\u2192-]|[ \t]|$)")
_FRAME = re.compile(r"([\w./+-]{1,200}\.(?:c|cc|cpp|h)):(\d+)")
_NOT_THEIRS = re.compile(r"(^|/)(ssl|crypto|libsanitizer|sysdeps|nptl|elf|csu)/|vg_replace")


def not_c(source: str) -> Iterator[Problem]:
    r"""Why a text cannot be C at all, if it is one of these.

    >>> next(not_c("@@ -210,7 +210,6 @@\n-SSL_SESSION_free(s);")).message
    'this is a diff, and only C is read'
    """
    diff, trace = _DIFF.search(source), _TRACE.search(source)
    if diff:
        hint = (
            "paste the lines as they are before or after the change, without the column of + and -"
        )
        yield _problem(source, diff, "this is a diff, and only C is read", hint)
    elif trace:
        theirs = (frame for frame in _FRAME.finditer(source) if not _NOT_THEIRS.search(frame[1]))
        own = next(theirs, None)
        where = f"{own[1]}, around line {own[2]}" if own else "your own functions that it names"
        message = "this is what a debugger or a checker printed, and only C is read"
        yield _problem(source, trace, message, f"paste the C from {where}")


def without_numbers(source: str) -> str:
    r"""The text with the numbers of lines, as debuggers and pages print them, made space.

    >>> without_numbers("12    if (old)\n13:     f();\n")
    '      if (old)\n        f();\n'
    """
    lines = source.split("\n")
    found = [_NUMBER.match(line) if line.strip() else None for line in lines]
    numbers = [int(match[1]) for match in found if match]
    are_rising = all(before < after for before, after in pairwise(numbers))
    if (
        len(numbers) < 2
        or not are_rising
        or len(numbers) < sum(bool(line.strip()) for line in lines)
    ):
        return source
    return "\n".join(
        " " * match.end() + line[match.end() :] if match else line
        for match, line in zip(found, lines, strict=True)
    )


def _problem(source: str, found: re.Match[str], message: str, hint: str) -> Problem:
    line = source.count("\n", 0, found.start()) + 1
    width = len(source.split("\n", line)[line - 1])
    return Problem(line, 1, width, message, hint)
