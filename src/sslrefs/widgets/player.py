"""The player as a Jupyter widget: one run's payload, shown by the built front end.

Holds no ownership logic and draws nothing: it is handed a finished payload, a
still and a text. Stepping happens in the browser and never comes back here.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Player"]

_STATIC = Path(__file__).parent.parent / "static"


class Player(anywidget.AnyWidget):
    """A run to step through; where widgets cannot be shown, a still and a text.

    Attributes:
        payload: The run as deflated JSON, the only thing the front end reads.
        position: The moment shown, 0 before the first step; -1 starts there.
            Setting it moves the player. The front end keeps its own moves to
            itself, so that a step costs no message to the kernel.
        text: The run as readable text, for front ends without widgets.
        svg: A still of the picture, or None when there is nothing to draw.
    """

    _esm = _STATIC / "player.js"
    _css = _STATIC / "player.css"

    payload = traitlets.Bytes().tag(sync=True)
    position = traitlets.Int(-1, min=-1).tag(sync=True)

    def __init__(
        self, *, payload: Mapping[str, Any], text: str, svg: str | None, position: int = -1
    ) -> None:
        """Packs a run's payload.

        Args:
            payload: The run as the front end reads it, JSON values only.
            text: What is shown where nothing else can be.
            svg: A self-contained drawing, or None.
            position: The moment to start at.
        """
        self.text = text
        self.svg = svg
        super().__init__(payload=_packed(payload), position=position)

    def _repr_mimebundle_(
        self, **kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget with its still and its text beside it."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        fallbacks = {"text/plain": self.text}
        if self.svg is not None:
            fallbacks["image/svg+xml"] = self.svg
        return {**data, **fallbacks}, metadata


def _packed(payload: Mapping[str, Any]) -> bytes:
    """The payload as it travels and is saved in notebooks."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), level=9)
