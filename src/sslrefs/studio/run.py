"""A text becomes a run: timeline, ledger, findings, words, picture. The one place that joins them.

Each part is made when it is first asked for: a check in a terminal draws nothing.
"""

from __future__ import annotations

from functools import cached_property

from rich.text import Text

from sslrefs.audit.findings import Finding, judge
from sslrefs.audit.ledger import Ledger, keep_ledger
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import LIBRARIES, Library, library_named
from sslrefs.model.outcome import Created
from sslrefs.picture.folding import Folded, fold
from sslrefs.picture.narration import narrate
from sslrefs.picture.scene import Scene
from sslrefs.picture.staging import node_id, stage
from sslrefs.picture.table import Row, ledger_rows
from sslrefs.picture.text import run_text
from sslrefs.picture.words import Words
from sslrefs.studio.data import run_data
from sslrefs.studio.drawing import Drawn, draw
from sslrefs.studio.schedules import explored, pinned
from sslrefs.studio.whole import whole
from sslrefs.trace.timeline import Note, Timeline

__all__ = ["Run", "attempt", "library_called", "run"]

_TOLD = 8
"""Findings whose objects keep a box of their own in a large picture."""


class Run:
    """A C text and all that is known of its run.

    Attributes:
        source: The C text.
        timeline: The steps, each with the world after it.
        is_whole: Every box is drawn, however many there are.
        is_open: The text goes on elsewhere: what is held at its end is no leak yet.

    Example:
        >>> run("SSL_SESSION *s = SSL_SESSION_new();").findings[0].kind
        'leak'
    """

    def __init__(
        self, timeline: Timeline, *, is_whole: bool = False, is_open: bool = False
    ) -> None:
        self.is_whole, self.is_open = is_whole, is_open
        self.source = timeline.source
        self.timeline = timeline

    @cached_property
    def ledger(self) -> Ledger:
        """Who holds each reference at every step."""
        return keep_ledger(self.timeline)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs, in the order in which they went wrong; empty for a clean run."""
        if not self.is_open:
            return self._judged
        return tuple(bug for bug in self._judged if bug.kind != "leak")

    @cached_property
    def owed(self) -> tuple[Finding, ...]:
        """What is a leak if the text ends here."""
        return tuple(bug for bug in self._judged if bug.kind == "leak")

    @cached_property
    def _judged(self) -> tuple[Finding, ...]:
        return judge(self.timeline, self.ledger)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What the reader should know about single lines."""
        return self.timeline.notes

    @cached_property
    def says(self) -> list[str]:
        """What each step did, in words."""
        return narrate(self.timeline, self.findings)

    @cached_property
    def rows(self) -> list[list[Row]]:
        """For each step the rows of the ledger table that changed."""
        return ledger_rows(self.timeline, self.ledger)

    @cached_property
    def scene(self) -> Scene:
        """The union graph of the run and its moments, large groups folded."""
        return self.folded.scene

    @cached_property
    def folded(self) -> Folded:
        """The scene, and which boxes of the whole one share a box in it."""
        return self._fold(stage(self.timeline, self.ledger))

    def _fold(self, whole: Scene) -> Folded:
        return Folded(whole, {}) if self.is_whole else fold(whole, self._born(), self._told())

    def _born(self) -> dict[str, int]:
        """The line that made each object, by its box."""
        return {
            node_id(event.target): step.line
            for step in self.timeline.steps
            for event in step.events
            if isinstance(event, Created)
        }

    def _told(self) -> set[str]:
        """The boxes of the objects that the first findings are about."""
        return {node_id(one.object) for one in self.findings[:_TOLD] if one.object is not None}

    @cached_property
    def drawn(self) -> Drawn:
        """The laid-out picture, and the note of the engine that made it."""
        return draw(self.scene)

    @property
    def pinned(self) -> str:
        """The text that runs in this order of its threads and no other; else the text itself."""
        return pinned(self.timeline)

    @property
    def text(self) -> Text:
        """The run as readable text, in colour."""
        return self.words.styled()

    @cached_property
    def words(self) -> Words:
        """The run as words, complete without colour."""
        told = (self.timeline, self.says, self.rows, self.findings)
        return run_text(*told, is_open=self.is_open)

    def svg(self, moment: int = -1) -> str:
        """The picture at a moment, as one SVG file: 0 is before the first step, -1 the last."""
        last = len(self.timeline.steps)
        wanted = last + 1 + moment if moment < 0 else moment
        if not 0 <= wanted <= last:
            message = f"this run has the moments 0 to {last}; {moment} is none of them"
            raise IndexError(message)
        return self.drawn.still(self.scene, wanted, self.caption(wanted))

    def caption(self, moment: int) -> str:
        """The words over the picture of a moment: the statement, and what it did."""
        if not moment:
            return "before the first step"
        return f"{moment}. {self.timeline.steps[moment - 1].text} — {self.says[moment - 1]}"

    def data(self, steps: slice | None = None) -> dict[str, object]:
        """The run as plain data, as `sslrefs run --format json` prints it.

        Args:
            steps: Which steps, counted from 0; by default all. The findings are those of the run.

        Raises:
            TooManyFactsError: They have more counts than can be listed.
            IndexError: The run has none of them.

        Example:
            >>> result = run("SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_free(s);")
            >>> [step["counts"] for step in result.data(slice(0, 1))["steps"]]
            [{'session#1': 1}]
        """
        return run_data(self.timeline, self.ledger, self.findings, self.says, steps)

    def __str__(self) -> str:
        return self.words.plain

    def __repr__(self) -> str:
        steps = len(self.timeline.steps)
        kinds = ", ".join(finding.kind for finding in self.findings) or "clean"
        return f"<sslrefs run: {steps} step{'' if steps == 1 else 's'}, {kinds}>"


_GOES_ON = Note(0, "This text goes on elsewhere: what is held at its end is no leak yet.")


def run(source: str, *, library: Library | None = None, is_open: bool = False) -> Run:
    """Run a C text on the model.

    Args:
        source: The text.
        library: Which libssl is modelled; by default OpenSSL 3, or what the text says.
        is_open: It goes on elsewhere: what is held at its end is no leak yet.

    Raises:
        ScriptError: The text cannot be run; it says where and why.
    """
    made = whole(source, library=library)
    timeline = explored(made.program, library=library)
    for note in made.notes:
        timeline = timeline.with_note(note)
    return Run(timeline.with_note(_GOES_ON) if is_open else timeline, is_open=is_open)


def attempt(source: str, *, library: Library | None = None) -> Run | ScriptError:
    """The run of a C text, or why it cannot be run.

    >>> attempt("SSL_SESSION_free(s);").problems[0].line
    1
    """
    try:
        return run(source, library=library)
    except ScriptError as error:
        return error


def library_called(name: str) -> Library:
    """The library of that name.

    Raises:
        ValueError: No library is called so.
    """
    found = library_named(name)
    if found is None:
        message = f"no library is called {name!r}; known: {', '.join(LIBRARIES)}"
        raise ValueError(message)
    return found
