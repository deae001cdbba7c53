"""What a player is given to show: of a run, or of a text that cannot be run.

Knows of no Jupyter; the widget, the page and the notebook all start from it.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.edit import Edit
from sslrefs.studio.payload import error_payload, payload_of
from sslrefs.studio.run import Run

__all__ = ["Face", "Wish", "face_of"]


class Face(NamedTuple):
    """A payload, and what stands in where no player can be shown.

    `svg` is a still of the last moment, or None when there is nothing to draw.
    """

    payload: dict[str, object]
    text: str
    svg: str | None


class Wish(NamedTuple):
    """How somebody who looks at a player wants the text to be run.

    `library` is the name of one, "" if the text says which. If it is forked, the
    run of the edited text stands beside the run of the text as it is; without an
    `edit` it is for whoever runs it to find one that repairs the text. If it is
    whole, every box is drawn, however many there are.
    """

    library: str = ""
    is_forked: bool = False
    edit: Edit | None = None
    is_whole: bool = False


def face_of(result: Run | ScriptError, *, library: str = "") -> Face:
    """The face of a run, or of the mistakes of a text.

    Args:
        result: The run, or why there is none.
        library: The library that was asked for, "" if the text itself says which.
    """
    if isinstance(result, ScriptError):
        return Face(error_payload(result, library=library), str(result), None)
    return Face(payload_of(result), str(result), result.svg())
