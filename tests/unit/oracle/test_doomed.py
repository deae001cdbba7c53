"""Whatever a doomed call does, it does to a child process, and is told in words."""

from __future__ import annotations

import ctypes
import os

import pytest

from sslrefs.oracle.doomed import see

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def _for_ever() -> None:
    while True:
        pass


def _write_to_null() -> None:
    ctypes.memset(0, 0, 1)


def _abort() -> None:
    os.write(2, b"free(): double free detected\n")
    os.abort()


def _raise() -> None:
    raise LookupError


def test_a_crash_is_named_by_its_signal() -> None:
    assert see(_write_to_null, 5.0) == "ended by SIGSEGV"


def test_the_last_words_of_the_c_library_are_kept() -> None:
    assert see(_abort, 5.0) == "ended by SIGABRT (free(): double free detected)"


def test_an_endless_loop_is_stopped() -> None:
    assert see(_for_ever, 0.05) == "did not return in 0.05 s"


def test_no_effect_is_never_called_harmless() -> None:
    assert see(lambda: None, 5.0) == "no visible effect: the memory is corrupt all the same"


def test_what_cannot_be_tried_is_said() -> None:
    assert see(_raise, 5.0) == "not run: the oracle cannot make this call"


def test_this_process_is_not_touched() -> None:
    seen: list[int] = []

    see(lambda: seen.append(1), 5.0)

    assert seen == []
