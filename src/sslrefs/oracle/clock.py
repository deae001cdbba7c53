"""The virtual clock on a library that knows only the real one.

The oracle does not sleep. Model time `t` stands for the real time
`t - virtual + real`; sleep(n) makes every session n seconds older instead.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sslrefs.model.world import CLOCK_START
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.registry import Native

__all__ = ["Clock", "Living"]

_TICK = 2  # seconds that may pass between reading the clock and libssl reading it


class Living(NamedTuple):
    """The sessions there are.

    `free` can be given another time, in the order of libssl's lists, the one
    that leaves first in front: a new time moves a session in its list, and in
    this order the list ends as it was. The list of a `stuck` one leads through
    freed memory, which another time would touch.
    """

    free: list[Native]
    stuck: list[Native]


class Clock:
    """Keeps model time and real time together."""

    def __init__(self, library: Libssl) -> None:
        self._library = library
        self._real = _seconds(library)
        self._virtual = CLOCK_START
        self._aged = 0  # seconds by which sessions were made older so far
        self._ages = {0}  # all that it has been: what is encoded in bytes or a ticket stays behind
        self._lags: Counter[Native] = Counter()  # by how much those that are stuck should be older

    def now(self) -> int:
        """time(3) of the model."""
        return self._virtual

    def to_real(self, when: int) -> int:
        """The real time that stands for a model time."""
        return when - self._virtual + self._real

    def made_at(self, session: Native) -> int:
        """The model time of a session."""
        real = self._library("SSL_SESSION_get_time", session.address)
        return int(real + self._virtual - self._real - self._lags[session])

    def sleep(self, seconds: int, sessions: Living) -> None:
        """Let model time pass: the sessions grow older."""
        self._virtual += seconds
        self._shift(sessions, -seconds)

    def follow(self, sessions: Living) -> None:
        """Undo what real time has passed meanwhile: for the model it stood still."""
        now = _seconds(self._library)
        if now != self._real:
            self._shift(sessions, now - self._real)
            self._real = now

    def set_right(self, session: Native, when: int) -> None:
        """Give a new session the model's time: in whole seconds, also if one began meanwhile.

        Newer libraries keep fractions of a second, by which they would order
        sessions. A session out of bytes or a ticket did not grow older there:
        its time is off by what the others were made older meanwhile.
        """
        wrong = self._library("SSL_SESSION_get_time", session.address) - self.to_real(when)
        if any(abs(wrong - (self._aged - age)) <= _TICK for age in self._ages):
            self._library("SSL_SESSION_set_time", session.address, self.to_real(when))

    def _shift(self, sessions: Living, seconds: int) -> None:
        self._aged -= seconds
        self._ages.add(self._aged)
        for session in sessions.free:
            made = self._library("SSL_SESSION_get_time", session.address)
            due = made + seconds - self._lags.pop(session, 0)
            self._library("SSL_SESSION_set_time", session.address, due)
        for session in sessions.stuck:
            self._lags[session] -= seconds


def _seconds(library: Libssl) -> int:
    """time(NULL), by the C library that libssl was linked with.

    Python's own clock begins a second some milliseconds before it does. A
    session made in that second would be from the future for libssl, which
    offers no such ticket.
    """
    return int(library("time", None))
