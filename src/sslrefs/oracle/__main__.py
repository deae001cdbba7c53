"""The child process that runs the real library: a request comes in, lines of JSON go out.

The first line names the library, then comes one per step, then the end. Each
is written at once, so that a crash loses nothing that was found before. What
libssl itself prints goes where its error messages go.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.oracle.comparison import step_to_json
from sslrefs.oracle.counts import CountsUnreadableError
from sslrefs.oracle.library import LibsslNotFoundError, NotInThisLibraryError, load
from sslrefs.oracle.profile import profile_of
from sslrefs.oracle.replay import replay
from sslrefs.oracle.values import CannotBeReplayedError

__all__: list[str] = []


_FORESEEN = (ScriptError, CannotBeReplayedError, NotInThisLibraryError, CountsUnreadableError)


def _private_output() -> TextIO:
    """The pipe to the parent, to which nothing but messages can be written any more."""
    mine = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(mine, "w", encoding="utf-8")


def _say(output: TextIO, **message: Any) -> None:
    output.write(json.dumps(message) + "\n")
    output.flush()


def _main(output: TextIO) -> None:
    request = json.load(sys.stdin)
    try:
        library = load(request["libssl"])
    except LibsslNotFoundError as error:
        _say(output, missing=error.reason, path=error.path)
        return
    profile = profile_of(library.version)
    _say(output, library=library.version, path=library.path, profile=profile.name)
    try:
        for step in replay(run_text(request["source"], library=profile), library):
            _say(output, **step_to_json(step))
    except _FORESEEN as error:
        _say(output, problem=str(error))
        return
    except Exception as error:
        _say(output, problem=f"the oracle itself failed: {type(error).__name__}: {error}")
        raise
    _say(output, end=True)


if __name__ == "__main__":
    _main(_private_output())
