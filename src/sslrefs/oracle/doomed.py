"""Runs what has undefined behaviour in a forked child, under a time limit."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

__all__ = ["see"]

_NO_EFFECT = "no visible effect: the memory is corrupt all the same"
_NOT_RUN = 3


def see(act: Callable[[], None], limit: float) -> str:
    """What was seen of `act` in a child process of at most `limit` seconds."""
    if not hasattr(os, "fork"):
        return "not run: this system cannot fork a process for it"
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder, "messages")
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _perish(act, limit, messages)
        _, status = os.waitpid(child, 0)
        said = messages.read_text(errors="replace") if messages.exists() else ""
    return _in_words(status, limit, said)


def _perish(act: Callable[[], None], limit: float, messages: Path) -> None:
    """In the child: act, with the C library's last words kept in a file; never returns."""
    code = _NOT_RUN
    try:
        file = os.open(messages, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, 2)
        os.dup2(file, 1)
        faulthandler.disable()  # the last words are the C library's, not Python's
        # An endless loop in C never comes back to Python: the kernel has to end it.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit)
        act()
        code = 0
    finally:
        os._exit(code)


def _in_words(status: int, limit: float, said: str) -> str:
    if os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status))
        if ended == signal.SIGALRM:
            return f"did not return in {limit:g} s"
        last_words = said.strip().splitlines()
        return f"ended by {ended.name}" + (f" ({last_words[-1]})" if last_words else "")
    if os.WEXITSTATUS(status) == _NOT_RUN:
        return "not run: the oracle cannot make this call"
    return _NO_EFFECT
