"""What the lessons say and ask, as data: C texts, what their runs show, and questions.

Nothing here knows Jupyter or opens a file; notebooks show it, tests check it.
"""

from __future__ import annotations

from sslrefs.lessons.catalogue import broke_here, start_here
from sslrefs.lessons.scenario import Scenario

__all__ = ["scenarios"]


def scenarios() -> dict[str, Scenario]:
    """Every C text of the lessons by its name, such as "broke_here.clean".

    >>> scenarios()["start_here.count"].expects.bug is None
    True
    """
    lessons = {"start_here": start_here.SCENARIOS, "broke_here": broke_here.SCENARIOS}
    return {
        f"{lesson}.{name}": scenario
        for lesson, texts in lessons.items()
        for name, scenario in texts.items()
    }
