"""A text under construction: lines are added, changed and taken back, and its run follows.

Knows no widget. What cannot be done is a `Refused` with a sentence for people;
the text then stays as it was.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.growing import Growing
from sslrefs.model.library import Library
from sslrefs.studio.openrun import OpenRun
from sslrefs.trace.timeline import Timeline

__all__ = ["MOST_LINES", "Branch", "Refused", "Workbench"]

MOST_LINES = 500
"""Lines a text may have while it is built: more than that nobody follows step by step."""


class Refused(ValueError):  # noqa: N818  # an answer to a person, not a fault of the program
    """Something that cannot be done to the text; the message says why and what to do."""


class Branch(NamedTuple):
    """One way a text went on: its timelines from the first to the latest, and the one shown.

    `line` is the line after which it left the branch before it, 0 for the first branch.
    """

    line: int
    past: tuple[Timeline, ...]
    at: int

    @property
    def now(self) -> Timeline:
        """The run that is shown."""
        return self.past[self.at]

    def on(self, timeline: Timeline) -> Branch:
        """The branch with one run more; what was taken back before is forgotten."""
        past = (*self.past[: self.at + 1], timeline)
        return self._replace(past=past, at=len(past) - 1)


class Workbench:
    """A text, its run, and all it has been.

    Attributes:
        branches: The ways the text went on; forking adds one.
        current: The index of the branch that is shown.
        run: The run of the text as it is; a reference that is still held is no leak yet.

    Example:
        >>> bench = Workbench("SSL_SESSION *s = SSL_SESSION_new();")
        >>> bench.add("SSL_SESSION_free(s);")
        >>> bench.undo()
        >>> bench.source
        'SSL_SESSION *s = SSL_SESSION_new();'
    """

    def __init__(self, source: str = "", *, library: Library | None = None) -> None:
        self.library = library
        self._growing = self._grown(source)
        self.branches = [Branch(0, (self._growing.timeline,), 0)]
        self.current = 0
        self.run = OpenRun(self.branch.now)

    # -- what there is -----------------------------------------------------

    @property
    def source(self) -> str:
        """The C text."""
        return self.branch.now.source

    @property
    def lines(self) -> list[str]:
        """The text line by line; empty for an empty text."""
        return self.source.split("\n") if self.source else []

    @property
    def branch(self) -> Branch:
        """The branch that is shown."""
        return self.branches[self.current]

    @property
    def types(self) -> dict[str, str]:
        """The names a new line can use, with their C types."""
        return self._growth().types

    @property
    def is_over(self) -> bool:
        """Whether the program has ended, so that a new line would never run."""
        return self._growth().is_over

    # -- what can be done to it --------------------------------------------

    def add(self, text: str) -> None:
        """Write lines at the end of the text and run them.

        Raises:
            Refused: There is nothing in them, or no room for them.
            ScriptError: They cannot be run.
        """
        text = text.strip("\n").rstrip()
        if not text.strip():
            raise Refused("There is no C here yet. Type a line, such as SSL_SESSION_up_ref(s);")
        self._room_for(self.source + "\n" + text)
        if self._growth().program.has_main:
            raise Refused(
                "The text has a main, and a new line belongs inside it: write it there, in the "
                "whole text, or leave the lines of main's head and its last } out."
            )
        if self.is_over:
            raise Refused("The program has ended above (return or exit): undo, then go on.")
        growing = self._growth()
        growing.add(text)
        self._push(growing.timeline)

    def edit(self, line: int, text: str) -> None:
        """Change one line and run the whole text again; an empty text deletes the line.

        Raises:
            Refused: There is no such line.
            ScriptError: The text would not run; the problem may be in a later line.
        """
        lines = self.lines
        self._exists(line)
        changed = [text.rstrip()] if text.strip() else []
        self._replace("\n".join([*lines[: line - 1], *changed, *lines[line:]]))

    def start(self, source: str) -> None:
        """Put another text in the place of this one."""
        self._replace(source.strip("\n"))

    def clear(self) -> None:
        """Start anew with an empty text; undo brings the old one back."""
        if not self.source:
            raise Refused("There is nothing to clear.")
        self._replace("")

    def fork(self, line: int) -> None:
        """Go on from a line in another direction; what was kept after it stays in its branch.

        Raises:
            Refused: There is no such line, or the text cannot end there.
        """
        self._exists(line)
        try:
            growing = self._grown("\n".join(self.lines[:line]))
        except ScriptError:
            message = f"The text cannot end after line {line}: a block is still open there."
            raise Refused(message) from None
        self._growing = growing
        self.branches.append(Branch(line, (growing.timeline,), 0))
        self.current = len(self.branches) - 1
        self._publish()

    def switch(self, branch: int) -> None:
        """Show another branch."""
        if not 0 <= branch < len(self.branches):
            raise Refused(f"There are {len(self.branches)} branches; {branch + 1} is none of them.")
        self.current = branch
        self._publish()

    def undo(self) -> None:
        """Take the last change back."""
        if not self.branch.at:
            raise Refused("There is nothing to undo.")
        self._step(-1)

    def redo(self) -> None:
        """Make a change again that was taken back."""
        if self.branch.at == len(self.branch.past) - 1:
            raise Refused("There is nothing to redo.")
        self._step(1)

    def choose(self, library: Library) -> None:
        """Run the text on another library; the past is run on it when it is shown."""
        before, self.library = self.library, library
        try:
            self._replace(self.source)
        except ScriptError:
            self.library = before
            raise

    # -- how it is done ----------------------------------------------------

    def _grown(self, source: str) -> Growing:
        return Growing(source, library=self.library)

    def _growth(self) -> Growing:
        """The program where new lines go, run again if the text has gone another way since."""
        if self._growing.timeline is not self.branch.now:
            self._growing = self._grown(self.source)
        return self._growing

    def _replace(self, source: str) -> None:
        self._room_for(source)
        self._growing = self._grown(source)
        self._push(self._growing.timeline)

    def _push(self, timeline: Timeline) -> None:
        self.branches[self.current] = self.branch.on(timeline)
        self._publish()

    def _step(self, by: int) -> None:
        self.branches[self.current] = self.branch._replace(at=self.branch.at + by)
        self._publish()

    def _publish(self) -> None:
        self.run = OpenRun(self.branch.now, self.run)

    def _exists(self, line: int) -> None:
        count = len(self.lines)
        if not 1 <= line <= count:
            raise Refused(f"The text has the lines 1 to {count}; {line} is none of them.")

    def _room_for(self, source: str) -> None:
        count = source.count("\n") + 1
        if count > MOST_LINES:
            message = (
                f"The text would have {count} lines; a sandbox takes {MOST_LINES}. "
                "Delete lines that no longer matter, or fork from an earlier one."
            )
            raise Refused(message)
