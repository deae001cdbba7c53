"""Keeps Python's search for garbage out of the making of a run.

A run makes many small values that stay, and hardly a cycle: the collector would look
through all of them again and again, and find next to nothing. Holds no ownership logic.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_collector"]


@contextmanager
def without_collector() -> Iterator[None]:
    """No search for garbage inside; afterwards as before. Also a decorator.

    Only for work with an end in sight: a run has limits. What was made counts as old from then
    on, as what outlives two searches: two searches through all of it take as long as the run.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
