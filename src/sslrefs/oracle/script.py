"""A run as libssl has to be led through it: statements, their calls, their callbacks.

Made from a recorded timeline; holds values only and calls nothing.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sslrefs.model.objects import Value
from sslrefs.model.world import World

__all__ = ["CallbackName", "CallbackScript", "Deed", "Statement"]

CallbackName = Literal["new_cb", "remove_cb", "get_cb"]


class CallbackScript(NamedTuple):
    """One run of a callback of the program: what it was given, did and returned."""

    name: CallbackName
    function: str
    arguments: tuple[Value, ...]
    returned: Value | None
    copy: int | None
    statements: tuple[Statement, ...]


class Deed(NamedTuple):
    """One libssl call, and the callbacks libssl makes in it."""

    name: str
    arguments: tuple[Value, ...]
    directions: tuple[str, ...] = ()
    callbacks: tuple[CallbackScript, ...] = ()


class Statement(NamedTuple):
    """A statement: its calls, and what the model says stands after them.

    `acts` are in order; a statement among them is one of a function that the
    outer statement calls. `index` is the number of its step. `returned` is
    what the last call gave, if `has_result`. `is_undefined` tells that
    undefined behaviour begins in it.
    """

    index: int  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    acts: tuple[Deed | Statement, ...]
    after: World
    returned: Value | None = None
    has_result: bool = False
    is_undefined: bool = False
