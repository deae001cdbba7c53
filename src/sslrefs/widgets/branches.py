"""`sslrefs.branches`: the ways of a text in a notebook, or as text where there is none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import Library
from sslrefs.studio.branches import Branches, Path
from sslrefs.studio.branches import branches as studio_branches
from sslrefs.studio.run import library_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sslrefs.audit.findings import Finding
    from sslrefs.widgets.ways import Ways

__all__ = ["ShownBranches", "branches"]


class ShownBranches:
    """The ways of a text: a button for each, with its verdict, and the player of the one chosen.

    `shown[2]` is the way of that number, with `name`, `run` and `findings`; 0 is the way on which
    nothing fails. Where no widget can be shown all ways stand there as text.

    Attributes:
        branches: The ways, or None when the text cannot be run.
        error: Why the text cannot be run, or None.
    """

    def __init__(self, source: str, *, library: Library | None = None) -> None:
        self.branches: Branches | None = None
        self.error: ScriptError | None = None
        try:
            self.branches = studio_branches(source, library=library)
        except ScriptError as error:
            self.error = error

    @property
    def _paths(self) -> tuple[Path, ...]:
        if self.branches is None:
            raise self.error or RuntimeError
        return self.branches.paths

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The bugs of all ways, each once."""
        return tuple(finding for path in self._paths for finding in path.findings)

    @cached_property
    def widget(self) -> Ways:
        """The widget; needs the packages of `sslrefs[lab]`."""
        from sslrefs.widgets.ways import Ways

        if self.branches is None:
            raise self.error or RuntimeError
        return Ways(self.branches)

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[Path]:
        return iter(self._paths)

    def __getitem__(self, number: int) -> Path:
        last = len(self._paths) - 1
        if not -1 <= number <= last:
            message = f"this text has the ways 0 to {last}; {number} is none of them"
            raise IndexError(message)
        return self._paths[number]

    def __str__(self) -> str:
        return str(self.branches if self.branches is not None else self.error)

    def __repr__(self) -> str:
        return str(self)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        if self.branches is None:
            return {"text/plain": str(self)}
        try:
            bundle = self.widget._repr_mimebundle_(**options)
        except ImportError:
            return {"text/plain": str(self)}
        return {**bundle, "text/plain": str(self)}


def branches(source: str, *, library: str | None = None) -> ShownBranches:
    """Run a C text once for every way that a failing call sends it, and show the ways.

    Calls succeed unless their line says otherwise. Here each call that can fail and
    whose failure changes what runs fails once, on a way of its own: cleanup paths are
    where leaks live. The text stays as it is.

    Args:
        source: The C text.
        library: Which libssl is modelled; by default OpenSSL 3, or what the text's directions say.

    Raises:
        ValueError: No library is called `library`.

    Example:
        >>> branches("SSL_SESSION *s = SSL_SESSION_new(); if (!s) exit(1);")[1].name
        'line 1: SSL_SESSION_new fails'

    Manual: SSL_connect(3).
    """
    return ShownBranches(source, library=None if library is None else library_called(library))
