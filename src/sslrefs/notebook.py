"""What a notebook uses: `run`, which shows a player, and the cell magic `%%sslrefs`.

A text that cannot be run shows its mistakes in the same place; it raises
nothing, so that a learner's slip never ends in a traceback.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sslrefs.audit.findings import Finding
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import LIBRARIES, Library, library_named
from sslrefs.studio import run as studio
from sslrefs.studio.payload import error_payload

if TYPE_CHECKING:
    from sslrefs.widgets.player import Player

__all__ = ["Shown", "load_ipython_extension", "run"]


class Shown:
    """A run, or the mistakes of a text that cannot be run, shown as a player.

    Where no widget can be shown it is a still picture and readable text.

    Attributes:
        run: The run, or None when the text cannot be run.
        error: Why the text cannot be run, or None.

    Example:
        >>> shown = run("SSL_SESSION_free(s);")
        >>> print(shown.error)
        line 1, column 18: s is not declared
            SSL_SESSION_free(s);
                             ^
            declare it first, for example: SSL_SESSION *s = …;
    """

    def __init__(self, source: str, *, library: Library | None = None, start: int = 0) -> None:
        self.run: studio.Run | None = None
        self.error: ScriptError | None = None
        self.start = start
        try:
            self.run = studio.run(source, library=library)
        except ScriptError as error:
            self.error = error

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs of the run, in the order in which they went wrong."""
        if self.run is None:
            raise self.error or RuntimeError
        return self.run.findings

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

        if self.run is None:
            return Player(payload=error_payload(self.error), text=str(self), svg=None)  # type: ignore[arg-type]  # one of both is set
        return Player(
            payload=self.run.payload(),
            text=str(self),
            svg=self.run.svg(),
            position=self.start,
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
    chosen = None
    if library is not None:
        chosen = library_named(library)
        if chosen is None:
            message = f"no library is called {library!r}; known: {', '.join(LIBRARIES)}"
            raise ValueError(message)
    return Shown(source, library=chosen, start=start)


def _cell_magic(_line: str, cell: str | None = None) -> Shown:
    """`%%sslrefs`: the cell is C; show its run."""
    return run(cell if cell is not None else _line)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext sslrefs` registers the magics `%%sslrefs` (a cell of C) and `%sslrefs` (a line)."""
    shell.register_magic_function(_cell_magic, "line_cell", "sslrefs")
