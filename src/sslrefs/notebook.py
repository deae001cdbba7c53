"""What a notebook uses: `run`, which shows a player, and the cell magic `%%sslrefs`.

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
    from sslrefs.widgets.sandbox import Said

__all__ = ["Shown", "load_ipython_extension", "open_link", "run"]


class Shown:
    """A run, or the mistakes of a text that cannot be run, shown as a player.

    Where no widget can be shown it is a still picture and readable text. A
    library chosen in the player's header changes this run too.

    Attributes:
        run: The run, or None when the text cannot be run.
        error: Why the text cannot be run, or None.
        fork: The run of the text as it was edited in the player, or None.

    Example:
        >>> shown = run("SSL_SESSION_free(s);")
        >>> print(shown.error)
        line 1, column 18: s is not declared
            SSL_SESSION_free(s);
                             ^
            declare it first, for example: SSL_SESSION *s = SSL_get1_session(ssl);
    """

    def __init__(self, source: str, *, library: Library | None = None, start: int = 0) -> None:
        self.run: studio.Run | None = None
        self.error: ScriptError | None = None
        self.fork: studio.Run | None = None
        self.start = start
        self._source = source
        self._attempt(library)

    def _attempt(self, library: Library | None) -> None:
        """Run the text; there is a run or an error afterwards, never both."""
        try:
            self.run, self.error = studio.run(self._source, library=library), None
        except ScriptError as error:
            self.run, self.error = None, error
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
            self.run = studio.Run(self.run.timeline, is_whole=wish.is_whole)
        self.fork = None
        if self.run is None or not wish.is_forked:
            return self._face()
        library = studio.library_called(wish.library)
        edit = wish.edit or repair(self.run, library=library)
        self.fork = studio.run(edit.applied(self._source), library=library)
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


def _line(text: str, names: dict[str, object]) -> Shown | Said:
    """A line of C for the newest graph among a notebook's names, or a run of its own."""
    from sslrefs.widgets.sandbox import Live

    grown = [lab for lab in names.values() if isinstance(lab, Live)]
    return max(grown, key=lambda lab: lab.number).c(text) if grown else run(text)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext sslrefs` registers `%%sslrefs`, a cell of C, and `%sslrefs`, a line of it.

    A line goes to the sandbox or live graph that was made last; without one it is a run of its own.

    `%%sslrefs NAME` also keeps the run in the variable NAME.
    """

    def show(line: str, cell: str | None = None) -> Shown | Said:
        """`%%sslrefs [NAME]`: the cell is C; show its run, and keep it as NAME."""
        if cell is None:
            return _line(line, shell.user_ns)
        name = line.strip()
        if name and not name.isidentifier():
            message = f"%%sslrefs takes the name of one variable, not {name!r}"
            raise ValueError(message)
        shown = run(cell)
        if name:
            shell.push({name: shown})
        return shown

    shell.register_magic_function(show, "line_cell", "sslrefs")
    _load_quietly_again(shell)


def _load_quietly_again(shell: Any) -> None:
    """A second Run All loads the extension again and prints nothing about it.

    IPython prints a warning for extensions it knows to be loaded, and notes
    that after it has called us; so it forgets ours when the cell is done.
    """

    def forget(_result: object) -> None:
        shell.events.unregister("post_run_cell", forget)
        shell.extension_manager.loaded.discard("sslrefs")

    shell.events.register("post_run_cell", forget)
