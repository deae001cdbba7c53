"""Who owns an SSL_SESSION: an exact, interactive model of libssl's reference counts.

In a notebook `sslrefs.run(text)` shows a C text step by step; `%load_ext
sslrefs` brings the cell magic `%%sslrefs`. Public names load what they need
when they are first used: importing the package imports no Jupyter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sslrefs.cscript.diagnostics import ScriptError
    from sslrefs.notebook import Shown, open_link, run
    from sslrefs.oracle.compare import check
    from sslrefs.widgets.board import challenges
    from sslrefs.widgets.branches import ShownBranches, branches
    from sslrefs.widgets.case import case
    from sslrefs.widgets.challenge import challenge
    from sslrefs.widgets.compared import Compared, compare
    from sslrefs.widgets.inventory import inventory
    from sslrefs.widgets.quiz import ask
    from sslrefs.widgets.sandbox import live, sandbox

__all__ = [
    "Compared",
    "ScriptError",
    "Shown",
    "ShownBranches",
    "__version__",
    "ask",
    "branches",
    "case",
    "challenge",
    "challenges",
    "check",
    "compare",
    "inventory",
    "live",
    "load_ipython_extension",
    "open_link",
    "run",
    "sandbox",
]

__version__ = "0.1.0"

_HOMES = {
    "run": "sslrefs.notebook",
    "open_link": "sslrefs.notebook",
    "Shown": "sslrefs.notebook",
    "ShownBranches": "sslrefs.widgets.branches",
    "branches": "sslrefs.widgets.branches",
    "ScriptError": "sslrefs.cscript.diagnostics",
    "ask": "sslrefs.widgets.quiz",
    "challenge": "sslrefs.widgets.challenge",
    "challenges": "sslrefs.widgets.board",
    "inventory": "sslrefs.widgets.inventory",
    "Compared": "sslrefs.widgets.compared",
    "compare": "sslrefs.widgets.compared",
    "case": "sslrefs.widgets.case",
    "check": "sslrefs.oracle.compare",
    "live": "sslrefs.widgets.sandbox",
    "sandbox": "sslrefs.widgets.sandbox",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module 'sslrefs' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext sslrefs` registers the magics; IPython calls this."""
    from sslrefs.magic import load_ipython_extension as load

    load(shell)
