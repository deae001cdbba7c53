"""What can be done to one object: the C lines behind the buttons that a selected object offers."""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.model.calls import CALLS, Call
from sslrefs.model.objects import ObjectId
from sslrefs.studio.palette import argument_choices, c_line, free_name, ownership, variables
from sslrefs.studio.workbench import Refused, Workbench

__all__ = ["Deed", "deeds"]

_OFFERED = {
    "ctx": (
        *("SSL_CTX_free", "SSL_CTX_up_ref", "SSL_new", "SSL_CTX_flush_sessions"),
        *("SSL_CTX_add_session", "SSL_CTX_remove_session"),
    ),
    "ssl": (
        *("SSL_free", "SSL_up_ref", "SSL_connect", "SSL_accept", "SSL_get0_session"),
        *("SSL_get1_session", "SSL_set_session", "SSL_read", "SSL_shutdown", "SSL_clear"),
    ),
    "session": (
        *("SSL_SESSION_free", "SSL_SESSION_up_ref", "SSL_CTX_add_session"),
        *("SSL_CTX_remove_session", "SSL_set_session", "SSL_SESSION_dup"),
    ),
}


class Deed(NamedTuple):
    """A button: its call, what it would write, or why that cannot be done (then `code` is "")."""

    call: str
    code: str
    why: str


def deeds(bench: Workbench, target: ObjectId) -> tuple[Deed, ...]:
    """What can be done to an object, through the oldest variable that points to it.

    Raises:
        Refused: No variable points to it.
    """
    values = variables(bench)
    through = next((name for name in bench.types if values.get(name) == target), None)
    if through is None:
        raise Refused(
            f"No variable of the text points to {target}: the program cannot name it in a call."
        )
    return tuple(_deed(bench, CALLS[name], target, through) for name in _OFFERED[target.kind])


def _deed(bench: Workbench, call: Call, target: ObjectId, through: str) -> Deed:
    arguments = []
    for parameter in call.parameters:
        if parameter.kind == target.kind:
            arguments.append(through)
            continue
        try:
            arguments.append(argument_choices(bench, call, parameter)[0].code)
        except Refused as refused:
            return Deed(call.name, "", str(refused))
    return Deed(call.name, c_line(bench, call, arguments, free_name(bench, call)), ownership(call))
