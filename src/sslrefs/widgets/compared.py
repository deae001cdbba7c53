"""Two texts run in step and shown side by side: `sslrefs.compare(buggy, fixed)`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.beside import Beside
from sslrefs.studio.face import Face, Wish, face_of
from sslrefs.studio.run import Run, library_called
from sslrefs.studio.run import run as run_text

if TYPE_CHECKING:
    from sslrefs.model.library import Library
    from sslrefs.widgets.player import Player

__all__ = ["Compared", "compare"]


class Compared:
    """Two runs beside each other, or the mistakes of a text that cannot be run.

    Where no widget can be shown it is readable text. A library chosen in the
    player's header changes both runs.

    Attributes:
        both: The two runs in step, or None when one of the texts cannot be run.
        error: Why one of the texts cannot be run, or None.

    Example:
        >>> new = "SSL_SESSION *s = SSL_SESSION_new();"
        >>> compare(new, new + "SSL_SESSION_free(s);").says.split(":")[0]
        'The first difference is after step 1 | step 2'
    """

    def __init__(
        self, left: str, right: str, *, names: tuple[str, str], library: Library | None, start: int
    ) -> None:
        self.both: Beside | None = None
        self.error: ScriptError | None = None
        self.start = start
        self._texts, self._names = (left, right), names
        self._attempt(library)

    def _attempt(self, library: Library | None) -> None:
        """Run both texts; there is a pair or an error afterwards, never both."""
        self._library = library.name if library else ""
        self.both = self.error = None
        runs: list[Run] = []
        for name, text in zip(self._names, self._texts, strict=True):
            try:
                runs.append(run_text(text, library=library))
            except ScriptError as error:
                self.error, self._failing = error, name
                return
        self.both = Beside(*runs, names=self._names)

    @property
    def says(self) -> str:
        """Where the two first differ, in a sentence."""
        return self._pair().says

    def _pair(self) -> Beside:
        if self.both is None:
            raise self.error or RuntimeError
        return self.both

    def export(self, *, position: int = 0, title: str = "sslrefs") -> bytes:
        """Both runs as one HTML page that needs nothing else.

        Args:
            position: The moment it starts at; 0 is before the first step.
            title: The title of the page.
        """
        from sslrefs.studio.export import page_beside

        return page_beside(self._pair(), position=position, title=title)

    def _face(self) -> Face:
        if self.both is not None:
            return self.both.face()
        assert self.error is not None
        face = face_of(self.error, library=self._library)
        return face._replace(payload=face.payload | {"title": self._failing})

    def _rerun(self, wish: Wish) -> Face:
        self._attempt(library_called(wish.library))
        return self._face()

    @cached_property
    def player(self) -> Player:
        """The widget; needs the packages of `sslrefs[lab]`."""
        from sslrefs.widgets.player import Player

        position = self.start if self.both is not None else -1
        return Player(**self._face()._asdict(), position=position, rerun=self._rerun)

    def __str__(self) -> str:
        return str(self.both) if self.both is not None else f"{self._failing}: {self.error}"

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        try:
            player = self.player
        except ImportError:
            return {"text/plain": str(self)}
        return player._repr_mimebundle_(**options)

    def _display_(self) -> Any:
        """What marimo shows."""
        try:
            return self.player
        except ImportError:
            return str(self)


def compare(
    left: str,
    right: str,
    *,
    names: tuple[str, str] = ("buggy", "fixed"),
    library: str | None = None,
    start: int = 0,
) -> Compared:
    """Run two C texts on the model and show them side by side, in step.

    Steps that say the same stand at the same moment; where only one text has a
    step the other waits. The first object the two disagree about is marked.

    Args:
        left: The one C text.
        right: The other.
        names: What the two are called.
        library: Which libssl is modelled; by default OpenSSL 3, or what each text's directions say.
        start: The moment the player starts at; 0 is before the first step.

    Raises:
        ValueError: No library is called `library`.

    Manual: SSL_SESSION_free(3).
    """
    chosen = None if library is None else library_called(library)
    return Compared(left, right, names=names, library=chosen, start=start)
