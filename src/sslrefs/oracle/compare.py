"""Runs a C text on the model and on libssl, side by side.

The library is loaded and run only in a child process: whatever it does there,
the caller's process (a Jupyter kernel, say) is not touched.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sslrefs.cscript.directions import read_directions
from sslrefs.cscript.interpreter import run_text
from sslrefs.cscript.tokens import tokenize
from sslrefs.oracle.comparison import Comparison, StepComparison, step_from_json
from sslrefs.oracle.library import PATH_VARIABLE, LibsslNotFoundError

__all__ = ["RUN_LIMIT", "WrongLibraryError", "check"]


class WrongLibraryError(ValueError):
    """The text is about another library than the one that is loaded."""

    def __init__(self, wanted: str, loaded: str) -> None:
        super().__init__(
            f"the text asks for {wanted} (`sslrefs: library {wanted}`), but the libssl here is "
            f"{loaded}; name another with --libssl PATH, or leave the direction out"
        )
        self.wanted = wanted
        self.loaded = loaded


RUN_LIMIT = 30.0
"""Seconds the whole run may take on the real library."""


def check(source: str, *, libssl: str | None = None, limit: float = RUN_LIMIT) -> Comparison:
    """Compare every step of a C text on the model with the same step on a real libssl.

    Args:
        source: The C text.
        libssl: The path of a libssl; else the one that SSLREFS_LIBSSL names,
            else the one of this machine.
        limit: How many seconds the run may take.

    Raises:
        ScriptError: The text cannot be run.
        WrongLibraryError: The text asks for another library than the one that is there.
        LibsslNotFoundError: There is no usable libssl; the message says how to get one.
    """
    named = library_asked_for(source)
    run_text(source)
    if sys.platform == "emscripten":
        raise LibsslNotFoundError("no process can be started")
    status, lines = _run_child({"source": source, "libssl": libssl}, limit)
    messages = list(_messages(lines))
    if not messages:
        path = libssl or os.environ.get(PATH_VARIABLE) or "libssl"
        reason = f"{path} {_how_it_ended(status, limit)} when it was loaded"
        raise LibsslNotFoundError(reason, path=path)
    head = messages.pop(0)
    if "missing" in head:
        raise LibsslNotFoundError(head["missing"], path=head["path"])
    profile = str(head["profile"])
    if named is not None and named != profile:
        raise WrongLibraryError(named, head["library"])
    steps = tuple(step_from_json(one) for one in messages if "step" in one)
    last = messages[-1] if messages else {}
    problem = None if "end" in last else last.get("problem") or _what_ended_it(status, limit, steps)
    return Comparison(head["library"], head["path"], profile, steps, problem)


def library_asked_for(source: str) -> str | None:
    """The library that a direction of the text names, or None."""
    directions, _problems = read_directions(tokenize(source))
    return directions.library.name if directions.names_library else None


def _run_child(request: dict[str, Any], limit: float) -> tuple[int | None, str]:
    """The child's exit status, None if it was stopped at the limit, and what it wrote."""
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        done = subprocess.run(  # our own interpreter and module
            [sys.executable, "-P", "-m", "sslrefs.oracle"],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return None, (late.stdout or b"").decode()
    return done.returncode, done.stdout.decode()


def _messages(lines: str) -> Iterator[dict[str, Any]]:
    """The complete messages; a child that died may have left half a line."""
    for line in lines.splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)


def _what_ended_it(status: int | None, limit: float, steps: tuple[StepComparison, ...]) -> str:
    after = f"after step {steps[-1].step + 1}" if steps else "at the first step"
    how = _how_it_ended(status, limit)
    return f"libssl {how} {after}, where the model sees no undefined behaviour"


def _how_it_ended(status: int | None, limit: float) -> str:
    if status is None:
        return f"did not return in {limit:g} s"
    if status < 0:
        return f"ended the process by {signal.Signals(-status).name}"
    return f"ended the process with status {status}"
