"""What the lessons say and ask, as data: C texts, what their runs show, and questions.

Nothing here knows Jupyter or opens a file; notebooks show it, tests check it.
"""

from __future__ import annotations

from sslrefs.lessons.catalogue import (
    alive,
    broke_here,
    cache,
    callbacks,
    contexts,
    count_and_holders,
    flush_and_time,
    lent_or_given,
    start_here,
    two_threads,
    where_from,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.scenario import Scenario

__all__ = ["LESSONS", "scenarios"]

LESSONS: tuple[Lesson, ...] = (
    start_here.LESSON,
    count_and_holders.LESSON,
    where_from.LESSON,
    lent_or_given.LESSON,
    cache.LESSON,
    flush_and_time.LESSON,
    broke_here.LESSON,
    alive.LESSON,
    callbacks.LESSON,
    contexts.LESSON,
    two_threads.LESSON,
)
"""The lessons in the order of their notebooks."""


def scenarios() -> dict[str, Scenario]:
    """Every C text of the lessons by its name, such as "broke_here.clean".

    >>> scenarios()["start_here.count"].expects.bug is None
    True
    """
    return {
        f"{lesson.name}.{name}": scenario
        for lesson in LESSONS
        for name, scenario in lesson.scenarios.items()
    }
