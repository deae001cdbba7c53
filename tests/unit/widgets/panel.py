"""What the tests of the sandbox press and read."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sslrefs.widgets.sandbox import Live, Sandbox

__all__ = ["NEW", "UP", "press", "shown", "type_in"]

NEW = "SSL_SESSION *s = SSL_SESSION_new();"
UP = "SSL_SESSION_up_ref(s);"


def type_in(lab: Sandbox, line: str) -> None:
    """What the front end sends for a typed line and Enter."""
    lab.field._handle_custom_msg({"event": "take", "text": line}, [])


def press(lab: Sandbox, name: str) -> None:
    """Click a button of the panel by its name."""
    found = [w for w in descendants(lab.box) if getattr(w, "description", None) == name]
    buttons = [w for w in found if hasattr(w, "click")]
    assert len(buttons) == 1, f"{len(buttons)} buttons are called {name}"
    buttons[0].click()


def descendants(widget: Any) -> list[Any]:
    inner = [one for child in getattr(widget, "children", ()) for one in descendants(child)]
    return [widget, *inner]


def shown(lab: Live) -> dict[str, Any]:
    """What the player shows: its payload with the patches made."""
    value = json.loads(zlib.decompress(lab.player.payload))
    for packed in lab.player.growth:
        change = json.loads(packed if packed[:1] == b"{" else zlib.decompress(packed))
        value |= change["set"]
        for key, pieces in change["splice"].items():
            for start, gone, come in reversed(pieces):
                value[key][start : start + gone] = come
    return dict(value)
