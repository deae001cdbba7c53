"""What changes in a payload when its text grows: only that travels to the player.

A patch is plain JSON: `set` gives values anew, `splice` replaces pieces of
lists, each `[where, how many go, what comes]`, to be made from the last to the
first. Knows nothing of what the payload means.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from sslrefs.studio.payload import Scribe, payload_of
from sslrefs.studio.run import Run

__all__ = ["growing_payload", "patch"]

Plain = dict[str, object]

_ITEM = '<g id="'
EMPTY = "Nothing here yet. Choose a call beside this picture, or type a line of C."


def growing_payload(run: Run, scribe: Scribe | None = None) -> Plain:
    """A run's payload with its drawing in pieces, so that most of them stay."""
    payload = payload_of(run, scribe)
    head, *items = run.drawn.svg.split(_ITEM)
    payload["svg"] = [head, *(_ITEM + item for item in items)]
    if not run.timeline.steps:
        payload["empty"] = EMPTY
    return payload


def patch(old: Plain, new: Plain) -> Plain:
    """What makes the new payload of the old one.

    >>> patch({"a": [1, 2, 3], "b": 1}, {"a": [1, 5, 3], "b": 1})
    {'set': {}, 'splice': {'a': [[1, 1, [5]]]}}
    """
    values: Plain = {}
    splices: Plain = {}
    for key, value in new.items():
        before = old.get(key)
        if value == before:
            continue
        if isinstance(value, list) and isinstance(before, list):
            splices[key] = _pieces(before, value) if key == "svg" else [_middle(before, value)]
        else:
            values[key] = value
    return {"set": values, "splice": splices}


def _middle(old: list[object], new: list[object]) -> list[object]:
    """The one stretch of a list outside of which nothing changed."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if _differ(old[i], new[i])), most)
    end = next((i for i in range(most - start) if _differ(old[-1 - i], new[-1 - i])), most - start)
    return [start, len(old) - end - start, new[start : len(new) - end]]


def _differ(old: object, new: object) -> bool:
    """Most are the very same, which comparing them would only find out at their end."""
    return old is not new and old != new


def _pieces(old: list[object], new: list[object]) -> list[list[object]]:
    """Every stretch of a list of texts that changed."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        [start, end - start, new[first:last]]
        for what, start, end, first, last in matcher.get_opcodes()
        if what != "equal"
    ]
