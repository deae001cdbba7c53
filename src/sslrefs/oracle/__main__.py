"""The child process that runs the real library: a request comes in, lines of JSON go out.

The first line names the library, then comes one per step, then the end. Each
is written at once, so that a crash loses nothing that was found before.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.oracle.comparison import step_to_json
from sslrefs.oracle.counts import CountsUnreadableError
from sslrefs.oracle.library import LibsslNotFoundError, NotInThisLibraryError, load
from sslrefs.oracle.profile import profile_of
from sslrefs.oracle.replay import replay
from sslrefs.oracle.values import CannotBeReplayedError

__all__: list[str] = []


def _say(**message: Any) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _main() -> None:
    request = json.load(sys.stdin)
    try:
        library = load(request["libssl"])
    except LibsslNotFoundError as error:
        _say(missing=error.reason, path=error.path)
        return
    profile = profile_of(library.version)
    _say(library=library.version, path=library.path, profile=profile.name)
    try:
        for step in replay(run_text(request["source"], library=profile), library):
            _say(**step_to_json(step))
    except ScriptError as error:
        _say(problem=str(error))
        return
    except (CannotBeReplayedError, NotInThisLibraryError, CountsUnreadableError) as error:
        _say(problem=str(error))
        return
    _say(end=True)


if __name__ == "__main__":
    _main()
