"""What a notebook uses: `run`, which shows a player; the magics are in `magic`.

A text that cannot be run shows its mistakes in the same place; it raises
nothing, so that a learner's slip never ends in a traceback.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sslrefs.audit.findings import Finding
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import Library, library_named
from sslrefs.studio import run as studio
from sslrefs.studio.beside import Beside
from sslrefs.studio.checking import comparison_text
from sslrefs.studio.face import Face, Wish, face_of
from sslrefs.studio.link import read_fragment
from sslrefs.studio.repair import repair

if TYPE_CHECKING:
    from sslrefs.widgets.player import Player

__all__ = ["Shown", "open_link", "run"]


class Shown:
    """A run, or the mistakes of a text that cannot be run, shown as a player.

    Where no widget can be shown it is a still picture and readable text. A
    library chosen in the player's header changes this run too.

    Attributes:
        run: The run, or None when the text cannot be run.
        error: Why the text cannot be run, or None.
        fork: The run of the text as it was edited in the player, or None.
        start: The position the player starts at.

    Example:
        >>> shown = run("SSL_SESSION_free(s);")
        >>> print(shown.error)
        line 1, column 18: s is not declared
            SSL_SESSION_free(s);
                             ^
            declare it first, for example: SSL_SESSION *s = SSL_get1_session(ssl);
    """

    def __init__(
        self,
        source: str,
        *,
        library: Library | None = None,
        start: int = 0,
        is_open: bool = False,
        lead: str = "",
    ) -> None:
        """Takes a text; `lead` stands above its mistakes, an `is_open` one goes on elsewhere."""
        self.run: studio.Run | None = None
        self.error: ScriptError | None = None
        self.fork: studio.Run | None = None
        self.start = start
        self._source, self._is_open, self._lead = source, is_open, lead
        self._attempt(library)

    def followed(self, text: str, name: str, *, is_open: bool = False) -> Shown:
        """The run of this text with more lines below it; its player starts where they begin.

        Args:
            text: The lines.
            name: What this run is called, for whoever reads of a mistake in them.
            is_open: They go on elsewhere, too: what is held at their end is no leak.

        Example:
            >>> made = run("SSL_SESSION *s = SSL_SESSION_new();")
            >>> freed = made.followed("SSL_SESSION_free(s);", "made")
            >>> freed.start, freed.findings
            (1, ())
        """
        above = self._source.rstrip("\n")
        first = above.count("\n") + 2
        lead = f"The lines up to {first - 1} are those of {name}; yours begin at line {first}."
        shown = Shown(f"{above}\n{text}", is_open=is_open, lead=lead)
        if self.run is not None and shown.run is not None:
            known = len(self.run.timeline.steps)
            begun = [step.line for step in shown.run.timeline.steps[:known]]
            shown.start = known if all(line < first for line in begun) else 0
        return shown

    def _attempt(self, library: Library | None) -> None:
        """Run the text; there is a run or an error afterwards, never both."""
        try:
            self.run = studio.run(self._source, library=library, is_open=self._is_open)
            self.error = None
        except ScriptError as error:
            self.run, self.error = None, error.led(self._lead)
        self._library = library.name if library else ""

    def _face(self) -> Face:
        return face_of(self.run or self.error, library=self._library)  # type: ignore[arg-type]  # one of both is set

    def _rerun(self, wish: Wish) -> Face:
        """Run the text again as somebody who looks at the player wants it.

        Raises:
            ScriptError: The text can be run, but not as it was edited.
            EditError: It cannot be edited so, or a repair was wished for and there is none.
        """
        if wish.library != self._library:
            self._attempt(studio.library_called(wish.library))
        if self.run is not None and self.run.is_whole != wish.is_whole:
            timeline = self.run.timeline
            self.run = studio.Run(timeline, is_whole=wish.is_whole, is_open=self._is_open)
        self.fork = None
        if self.run is None or not wish.is_forked:
            return self._face()
        library = studio.library_called(wish.library)
        edit = wish.edit or repair(self.run, library=library)
        edited = edit.applied(self._source)
        self.fork = studio.run(edited, library=library, is_open=self._is_open)
        return Beside(self.run, self.fork, names=("as it is", edit.says), edit=edit).face()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs of the run, in the order in which they went wrong."""
        if self.run is None:
            raise self.error or RuntimeError
        return self.run.findings

    def check(self) -> Text:
        """The run step by step beside this machine's libssl; where there is none, how to get it."""
        if self.run is None:
            raise self.error or RuntimeError
        from sslrefs.oracle import compare
        from sslrefs.oracle.library import LibsslNotFoundError

        try:
            comparison = compare.check(self.run.pinned)
        except LibsslNotFoundError as missing:
            return Text(str(missing))
        timeline = studio.run(self.run.pinned, library=library_named(comparison.profile)).timeline
        return comparison_text(timeline, comparison).styled()

    def export(self, form: str, *, position: int = -1, title: str = "sslrefs") -> bytes:
        """The run as a file's bytes: html, svg, film, png, dot, json, c or snippet."""
        if self.run is None:
            raise self.error or RuntimeError
        from sslrefs.studio.export import export

        return export(self.run, form, position=position, title=title)

    def counts(self, step: int = -1) -> dict[str, int]:
        """The count of every living object after a step; -1 is the last.

        >>> run("SSL_SESSION *s = SSL_SESSION_new();").counts()
        {'session#1': 1}
        """
        if self.run is None:
            raise self.error or RuntimeError
        steps = self.run.timeline.steps
        if not steps:
            return {}
        world = steps[step].world
        return {str(which): world.record(which).count for which in world.living()}

    @cached_property
    def player(self) -> Player:
        """The widget; needs the packages of `sslrefs[lab]`."""
        from sslrefs.widgets.player import Player

        face = self._face()
        position = self.start if self.run is not None else -1
        return Player(
            **face._asdict(),
            position=position,
            rerun=self._rerun,
            forks=True,
            export=lambda form, at: self.export(form, position=at),
        )

    def __str__(self) -> str:
        return str(self.run) if self.run is not None else str(self.error)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        try:
            player = self.player
        except ImportError:
            bundle = {"text/plain": str(self)}
            if self.run is not None:
                bundle["image/svg+xml"] = self.run.svg()
            return bundle
        return player._repr_mimebundle_(**options)

    def _display_(self) -> Any:
        """What marimo shows: it asks for this where Jupyter asks for a bundle."""
        try:
            return self.player
        except ImportError:
            return str(self)


def run(source: str, *, library: str | None = None, start: int = 0) -> Shown:
    """Run a C text on the model and show it step by step.

    Args:
        source: The C text.
        library: Which libssl is modelled; by default OpenSSL 3, or what the text's directions say.
        start: The position the player starts at; 0 is before the first step.

    Raises:
        ValueError: No library is called `library`.

    Manual: SSL_SESSION_free(3).
    """
    chosen = None if library is None else studio.library_called(library)
    return Shown(source, library=chosen, start=start)


def open_link(link: str) -> Shown:
    """Show the run that a link names, at its step.

    Args:
        link: What the player's Save gives, from a page or a chat; its part after # is enough.

    Raises:
        ValueError: The link names no text, or a broken one.

    Example:
        >>> open_link("#scenario=start_here.count&step=2").start
        2
    """
    place = read_fragment(link)
    return run(place.source, library=place.library or None, start=place.step)
