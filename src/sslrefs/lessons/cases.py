"""A case of the casebook: a public report, reduced to a few lines of C of our own. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from sslrefs.lessons.questions import Question
from sslrefs.lessons.scenario import Bug

__all__ = ["Case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report, the lines that show it, a prediction, and the repair.

    Attributes:
        title: A few words.
        sources: Where it can be read: "project #number", or a manual page.
        reported: What was reported, in our words.
        buggy: The C text with the bug. It shows the rule; it is not the project's code.
        fixed: The text after the repair, whose run is clean.
        bug: The finding of the buggy run; None where people fear a bug and there is none.
        question: A prediction about the buggy text.
        repair: What was changed, and why that is enough.
    """

    title: str
    sources: tuple[str, ...]
    reported: str
    buggy: str
    fixed: str
    bug: Bug | None
    question: Question
    repair: str

    def addresses(self) -> dict[str, str]:
        """Where each source can be read in the web; manual pages have no address here.

        >>> from sslrefs.lessons.casebook import CASES
        >>> CASES["HANDED_OVER"].addresses()
        {'oven-sh/bun #29882': 'https://github.com/oven-sh/bun/issues/29882'}
        """
        return {
            source: "https://github.com/{}/issues/{}".format(*source.split(" #"))
            for source in self.sources
            if " #" in source
        }

    def told(self) -> tuple[str, str, str]:
        """Where the run broke, where that showed, and what repairs it, in a sentence each."""
        if self.bug is None:
            return "Nothing is broken: every reference has its holder.", "", self.repair
        lines = ["", *(line.strip() for line in self.buggy.splitlines())]
        broke = f"It broke at line {self.bug.wrong_line}, `{lines[self.bug.wrong_line]}`"
        if self.bug.shows_line is None:
            shows = "It shows nowhere: no crash, only memory that is never given back."
        elif self.bug.shows_line == self.bug.wrong_line:
            shows = "It shows in the same line."
        else:
            shows = f"It shows at line {self.bug.shows_line}, `{lines[self.bug.shows_line]}`."
        return f"{broke}: {self.bug.kind}.", shows, self.repair
