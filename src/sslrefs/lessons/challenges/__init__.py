"""Challenges: tasks in C whose goals a machine tests, from easy to hard.

Texts, goals, hints and replies as data, and a judge. Nothing here runs a text
or knows Jupyter.
"""

from __future__ import annotations

from sslrefs.lessons.challenges import (
    breaking,
    breaking_library,
    explain,
    reach,
    reach_cache,
    repair,
    repair_library,
    threads,
)
from sslrefs.lessons.challenges.challenge import Challenge

__all__ = ["CHALLENGES", "challenge_named"]

CHALLENGES: tuple[Challenge, ...] = (
    repair.NOT_GIVEN_BACK,
    reach.COUNT_THREE,
    repair.LOST_NAME,
    explain.FIRST_WRONG,
    breaking.TWICE,
    reach.OUTLIVE,
    repair.OFFERED_AND_KEPT,
    reach.THREE_HOLDERS,
    breaking.STALE,
    explain.WHOSE_FREE,
    breaking.WORTHLESS,
    repair.EARLY_TICKET,
    repair_library.FLUSH_HANGS,
    reach.SHARED,
    repair_library.REMOVED,
    reach_cache.CLIENT_CACHE,
    breaking.TWO_CACHES,
    reach_cache.NOT_YET_EXPIRED,
    repair.BROKEN_OFF,
    breaking_library.SPOILED,
    repair_library.CONNECTED_TWICE,
    explain.WHO_LENDS_IT,
    breaking_library.RIGHT_FREE,
    repair_library.CALLBACK,
    breaking_library.KEPT_TWICE,
    breaking.CRASH_AT_THE_FLUSH,
    explain.LONG_WAY,
    reach_cache.FLUSH_ONE,
    threads.BAD_ORDER,
    threads.OPEN_TOO_EARLY,
)
"""All challenges, the easiest first."""


def challenge_named(name: str) -> Challenge:
    """The challenge of this name.

    Raises:
        ValueError: There is none; the message lists those that are there.

    Example:
        >>> challenge_named("three-holders").par
        7
    """
    for challenge in CHALLENGES:
        if challenge.name == name:
            return challenge
    known = ", ".join(challenge.name for challenge in CHALLENGES)
    message = f"no challenge is called {name!r}; there are: {known}"
    raise ValueError(message)
