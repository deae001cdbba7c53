"""The player as a Jupyter widget: one run's payload, shown by the built front end.

Holds no ownership logic and draws nothing: it is handed a finished payload, a
still and a text, and a function that makes them anew for another library.
Stepping happens in the browser and never comes back here.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sslrefs.studio.face import Face

__all__ = ["Player", "packed"]

_STATIC = Path(__file__).parent.parent / "static"


class Player(anywidget.AnyWidget):
    """A run to step through; where widgets cannot be shown, a still and a text.

    Attributes:
        payload: The run as deflated JSON, the only thing the front end reads.
        position: The moment shown, 0 before the first step; -1 starts there.
            Setting it moves the player. The front end keeps its own moves to
            itself, so that a step costs no message to the kernel.
        library: The library whose run is shown; setting another runs the text anew.
        problem: Why a chosen library could not be shown, "" if there is nothing to say.
        text: The run as readable text, for front ends without widgets.
        svg: A still of the picture, or None when there is nothing to draw.
    """

    _esm = _STATIC / "player.js"
    _css = _STATIC / "player.css"

    payload = traitlets.Bytes().tag(sync=True)
    position = traitlets.Int(-1, min=-1).tag(sync=True)
    library = traitlets.Unicode().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        payload: Mapping[str, Any],
        text: str,
        svg: str | None,
        position: int = -1,
        rerun: Callable[[str], Face] | None = None,
    ) -> None:
        """Packs a run's payload.

        Args:
            payload: The run as the front end reads it, JSON values only.
            text: What is shown where nothing else can be.
            svg: A self-contained drawing, or None.
            position: The moment to start at.
            rerun: Runs the text on the library of that name; None if that cannot be done.
        """
        self.text = text
        self.svg = svg
        self._rerun = rerun
        self._shown = str(payload.get("library", ""))
        super().__init__(payload=packed(payload), position=position, library=self._shown)
        self.on_msg(self._answer)

    def _answer(self, _widget: Player, content: object, _buffers: object) -> None:
        """Tell a front end that asks whether somebody is here to run the text anew."""
        if content == {"ask": "rerun"}:
            self.send({"rerun": self._rerun is not None})

    @traitlets.observe("library")
    def _choose(self, change: dict[str, Any]) -> None:
        """Show the run of the chosen library, or say why that cannot be done and go back."""
        name = change["new"]
        if name == self._shown:
            return
        try:
            face = self._face(name)
            payload = packed(face.payload)
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            with self.hold_sync():
                self.problem = f"{name} cannot be shown. {type(error).__name__}: {error}"
                self.library = self._shown
            return
        self._shown, self.text, self.svg = name, face.text, face.svg
        with self.hold_sync():
            self.problem = ""
            self._show(face.payload, payload)

    def _show(self, _payload: Mapping[str, Any], packed: bytes) -> None:
        """Let the front end show another payload."""
        self.payload = packed

    def _face(self, library: str) -> Face:
        if self._rerun is None:
            message = "this player has no text to run again"
            raise ValueError(message)
        return self._rerun(library)

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


def packed(payload: Mapping[str, Any]) -> bytes:
    """The payload as it travels and is saved in notebooks."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), level=9)
