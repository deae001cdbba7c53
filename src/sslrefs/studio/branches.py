"""All ways of a text, each a run of its own: cleanup paths are where leaks live."""

from __future__ import annotations

from functools import cached_property

from rich.text import Text

from sslrefs.audit.findings import Finding
from sslrefs.cscript import branches as exploring
from sslrefs.model.library import Library
from sslrefs.picture.ways import Way, headline, name_of, verdict, ways_text
from sslrefs.picture.words import Words
from sslrefs.studio.run import Run
from sslrefs.studio.whole import whole

__all__ = ["Branches", "Path", "branches"]


class Path:
    """One way: what fails on it, and its run.

    Attributes:
        name: Such as "line 12: SSL_connect fails", or "nothing fails".
        run: The run, as any other.
        findings: The findings of this way that the way without failures does not have.
    """

    def __init__(self, run: Run, known: tuple[Finding, ...] = ()) -> None:
        self.run = run
        self.name = name_of(run.timeline)
        before = {_identity(finding) for finding in known}
        own = (finding for finding in run.findings if _identity(finding) not in before)
        self.findings = tuple(own)

    @property
    def way(self) -> Way:
        """What the words need."""
        common = len(self.run.findings) - len(self.findings)
        return Way(self.run.timeline, self.findings, common)

    @property
    def verdict(self) -> str:
        """What is wrong on this way, in a few words."""
        return verdict(self.way)


class Branches:
    """The ways of a text; the first is the one on which nothing fails.

    Attributes:
        paths: The ways, in the order of their failures.
        left_out: How many failures were not tried, because there were too many.
    """

    def __init__(self, found: exploring.Ways) -> None:
        plain = Path(Run(found.plain))
        known = plain.run.findings
        self.paths = (plain, *(Path(Run(timeline), known) for timeline in found.failing))
        self.left_out = found.left_out

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all ways, each once."""
        return tuple(finding for path in self.paths for finding in path.findings)

    @property
    def headline(self) -> str:
        """How many ways there are."""
        return headline(tuple(path.way for path in self.paths))

    @property
    def labels(self) -> list[str]:
        """Each way with its verdict, on one line."""
        return [f"{path.name} — {path.verdict}" for path in self.paths]

    @property
    def text(self) -> Text:
        """All ways in words, in colour."""
        return self._words.styled()

    def data(self) -> dict[str, object]:
        """All ways as plain data, as `sslrefs run --branches all --format json` prints it."""
        ways = [
            {"name": path.name, "fails": _fork_data(path.run), "run": path.run.data()}
            for path in self.paths
        ]
        return {"schema": 1, "ways": ways, "left_out": self.left_out}

    @cached_property
    def _words(self) -> Words:
        return ways_text(tuple(path.way for path in self.paths), self.left_out)

    def __str__(self) -> str:
        return self._words.plain

    def __repr__(self) -> str:
        wrong = sum(bool(path.findings) for path in self.paths)
        return f"<sslrefs branches: {len(self.paths)} ways, {wrong} with findings>"


def branches(source: str, *, library: Library | None = None) -> Branches:
    """Run a C text once for every way that a failing call sends it.

    Raises:
        ScriptError: The text cannot be run; it says where and why.

    Example:
        >>> [path.name for path in branches("SSL_SESSION *s = SSL_SESSION_new();").paths]
        ['nothing fails']
    """
    return Branches(exploring.ways(whole(source, library=library).program, library=library))


def _identity(finding: Finding) -> tuple[str, str | None, int]:
    return finding.kind, finding.cause, finding.at_line


def _fork_data(run: Run) -> dict[str, object] | None:
    failed = run.timeline.failed
    return None if failed is None else failed._asdict()
