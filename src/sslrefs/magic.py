"""The magics: `%%sslrefs`, a cell of C, and `%sslrefs`, a line of it.

A cell may go on after another, so that each is short. What runs is the text
of both, one below the other, and its lines are counted from the top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from IPython.core.error import UsageError
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from sslrefs.notebook import Shown, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sslrefs.widgets.sandbox import Said

__all__ = ["load_ipython_extension"]


class _Wanted(NamedTuple):
    """What the head of a cell asks for."""

    name: str | None
    after: str | None
    open: bool


@magic_arguments()
@argument("name", nargs="?", help="Also keep the run in this variable.")
@argument("--after", metavar="OTHER", help="Go on where the text of the run OTHER ended.")
@argument("--open", action="store_true", help="The text goes on elsewhere: no leak at its end.")
def sslrefs(line: str) -> _Wanted:
    """Read a cell as C, and show its run step by step.

    `%sslrefs`, with one sign and a line of C, gives that line to the sandbox
    or live graph that was made last; without one it is a run of its own.
    """
    try:
        wanted = _Wanted(**vars(parse_argstring(sslrefs, line)))
    except ValueError as error:  # a quotation mark without its second
        message = f"%%sslrefs {line.strip()}: {error}"
        raise UsageError(message) from None
    for name in (wanted.name, wanted.after):
        if name is not None and not name.isidentifier():
            message = f"%%sslrefs takes the name of a variable, not {name!r}"
            raise UsageError(message)
    if wanted.after is not None and wanted.after == wanted.name:
        message = f"a cell cannot go on after itself: give it a name other than {wanted.name}"
        raise UsageError(message)
    return wanted


def _before(name: str, names: Mapping[str, object]) -> Shown:
    """The run of that name.

    Raises:
        UsageError: There is none.
    """
    found = names.get(name)
    if isinstance(found, Shown):
        return found
    message = f"there is no run called {name}: first run the cell that begins with %%sslrefs {name}"
    raise UsageError(message)


def _cell(line: str, text: str, names: dict[str, object]) -> Shown:
    """The run of a cell, which is kept if its head names it."""
    wanted = sslrefs(line)
    if wanted.after is None:
        shown = Shown(text, is_open=wanted.open)
    else:
        shown = _before(wanted.after, names).followed(text, wanted.after, is_open=wanted.open)
    if wanted.name:
        names[wanted.name] = shown
    return shown


def _line(text: str, names: Mapping[str, object]) -> Shown | Said:
    """A line of C for the newest graph among a notebook's names, or a run of its own."""
    from sslrefs.widgets.sandbox import Live

    grown = [lab for lab in names.values() if isinstance(lab, Live)]
    return max(grown, key=lambda lab: lab.number).c(text) if grown else run(text)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext sslrefs` registers `%%sslrefs`, a cell of C, and `%sslrefs`, a line of it."""

    def show(line: str, cell: str | None = None) -> Shown | Said:
        return _line(line, shell.user_ns) if cell is None else _cell(line, cell, shell.user_ns)

    show.__doc__ = sslrefs.__doc__
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
