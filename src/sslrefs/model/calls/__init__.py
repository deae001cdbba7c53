"""The libssl functions the model knows: one row each, said once.

A row states what the function borrows, takes, gives back and gives, which
manual page says so, and what it does to the cache.
"""

from __future__ import annotations

from sslrefs.model.calls import cache, connections, contexts, sessions
from sslrefs.model.calls.row import Call, Parameter

__all__ = ["CALLS", "Call", "Parameter", "call_named"]

CALLS: dict[str, Call] = {
    row.name: row for row in (*contexts.ROWS, *cache.ROWS, *connections.ROWS, *sessions.ROWS)
}


def call_named(name: str) -> Call | None:
    """The row of a function, or None when the model does not know it.

    >>> call_named("SSL_get1_session").result
    'own'
    """
    return CALLS.get(name)
