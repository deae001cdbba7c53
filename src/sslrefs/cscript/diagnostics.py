"""What is wrong with a text, where, and what to write instead: messages for people."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from itertools import chain
from typing import NamedTuple

from sslrefs.trace.visible import visible

__all__ = ["Problem", "ScriptError", "Suggestions", "nearest", "render"]


class Problem(NamedTuple):
    """One mistake: its place (from 1), how wide it is, what it is and what to write."""

    line: int
    column: int
    width: int
    message: str
    hint: str = ""


def render(problem: Problem, source: str, *, name: str = "line") -> str:
    """The problem as text: place, the line, a caret below it, and the hint.

    >>> print(render(Problem(1, 5, 3, "no such type", "write SSL"), "SSL foo;"))
    line 1, column 5: no such type
        SSL foo;
            ^~~
        write SSL
    """
    lines = source.split("\n")
    text = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    shown, column = _window(text.rstrip("\r"), problem.column)
    width = max(1, min(problem.width, len(shown) - column + 1))
    lead = "".join(c if c == "\t" else " " for c in shown[: column - 1])
    parts = [
        f"{name} {problem.line}, column {problem.column}: {problem.message}",
        f"    {shown}",
        f"    {lead}^{'~' * (width - 1)}",
    ]
    if problem.hint:
        parts.append(f"    {problem.hint}")
    return "\n".join(parts)


def _window(text: str, column: int, width: int = 100) -> tuple[str, int]:
    """At most `width` characters of a long line around the column."""
    if len(text) <= width:
        return text, column
    start = max(0, min(column - width // 2, len(text) - width))
    return text[start : start + width], column - start


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.75) -> str | None:
    """The known word a person most likely meant by `word`; case does not matter.

    >>> nearest("SSL_SESSION_upref", ["SSL_SESSION_up_ref", "SSL_free"])
    'SSL_SESSION_up_ref'
    """
    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


class Suggestions:
    """What was meant by the unknown names of one text, until too many names were compared.

    Only the first mistakes are shown: a text full of unknown names must not wait for the rest.
    """

    def __init__(self, most: int = 60_000) -> None:
        self.left = most

    def nearest(self, word: str, *known: Collection[str], cutoff: float = 0.75) -> str | None:
        """As the function `nearest`; nothing once too many names were compared."""
        self.left -= sum(map(len, known))
        return nearest(word, chain(*known), cutoff=cutoff) if self.left > 0 else None


class ScriptError(ValueError):
    """The text cannot be run. `problems` has every mistake, `source` the text.

    `lead` stands above the mistakes and says how the text came together, `advice` stands below
    them and says what to do about all of them; both are mostly "".

    Its string is what a person should read; at most `SHOWN` problems are
    spelled out, the number of the others is said. Behind `MOST` problems there may be more.
    """

    SHOWN = 10
    MOST = 200

    def __init__(
        self, problems: Iterable[Problem], source: str, *, lead: str = "", advice: str = ""
    ) -> None:
        found = sorted(set(problems))
        self.problems, self.is_all = tuple(found[: self.MOST]), len(found) <= self.MOST
        self.source = source
        self.lead, self.advice = lead, advice
        super().__init__(self._text())

    def led(self, lead: str) -> ScriptError:
        """The same mistakes below a sentence that says how the text came together."""
        return ScriptError(self.problems, self.source, lead=lead, advice=self.advice)

    def _text(self) -> str:
        shown = [render(problem, self.source) for problem in self.problems[: self.SHOWN]]
        if self.lead:
            shown.insert(0, self.lead)
        rest = len(self.problems) - self.SHOWN
        if rest > 0:
            than = "" if self.is_all else "more than "
            shown.append(f"and {than}{rest} more mistakes")
        if self.advice:
            shown.append(self.advice)
        return visible("\n\n".join(shown))
