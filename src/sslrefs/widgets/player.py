"""The player as a Jupyter widget: one run's payload, shown by the built front end.

Holds no ownership logic and draws nothing: it is handed a finished payload, a
still and a text, and a function that makes them anew for another library.
Stepping happens in the browser and never comes back here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.edit import EditError, read_edit
from sslrefs.studio.face import Wish
from sslrefs.studio.payload import packed

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
        edit: A change of one line, as `read_edit` reads it: the run of the changed
            text is shown beside the run. Empty for the run alone.
        whole: Every box is drawn; else large groups share one.
        forks: A changed line, a repair and a drawing of every box are offered.
        problem: Why what was asked for could not be shown, "" if there is nothing to say.
        text: The run as readable text, for front ends without widgets.
        svg: A still of the picture, or None when there is nothing to draw.
    """

    _esm = _STATIC / "player.js"

    payload = traitlets.Bytes().tag(sync=True)
    position = traitlets.Int(-1, min=-1).tag(sync=True)
    library = traitlets.Unicode().tag(sync=True)
    edit = traitlets.Dict().tag(sync=True)
    whole = traitlets.Bool().tag(sync=True)
    forks = traitlets.Bool().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        payload: Mapping[str, Any],
        text: str,
        svg: str | None,
        position: int = -1,
        rerun: Callable[[Wish], Face] | None = None,
        forks: bool = False,
        export: Callable[[str, int], bytes] | None = None,
    ) -> None:
        """Packs a run's payload.

        Args:
            payload: The run as the front end reads it, JSON values only.
            text: What is shown where nothing else can be.
            svg: A self-contained drawing, or None.
            position: The moment to start at.
            rerun: Runs the text as it is wished; None if that cannot be done.
            forks: It does so with a changed line too, and draws every box.
            export: Makes the file of a form at a position, for the player's Save.
        """
        self.text = text
        self.svg = svg
        self._rerun = rerun
        self._export = export or _no_files
        library = str(payload.get("library", ""))
        self._shown: tuple[str, dict[str, object], bool] = (library, {}, False)
        super().__init__(payload=packed(payload), position=position, library=library, forks=forks)
        self.on_msg(self._answer)

    def _answer(self, _widget: Player, content: object, _buffers: object) -> None:
        """Tell a front end whether somebody is here to run the text anew, or send it a file."""
        match content:
            case {"ask": "rerun"}:
                self.send({"rerun": self._rerun is not None})
            case {"ask": "file", "form": str(form), "position": int(position)}:
                self._send_file(form, position)

    def _send_file(self, form: str, position: int) -> None:
        try:
            made = self._export(form, position)
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            self.send({"file": form, "problem": str(error)})
        else:
            self.send({"file": form}, [made])

    @traitlets.observe("library", "edit", "whole")
    def _choose(self, _change: dict[str, Any]) -> None:
        """Show the run that is wished for now, or say why that cannot be done and go back."""
        wished = (self.library, self.edit, self.whole)
        if wished == self._shown:
            return
        try:
            face = self._face(*wished)
            payload = packed(face.payload)
        except (ScriptError, EditError) as error:  # of an edited text; they are for people
            self._stay(str(error))
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            what = "The changed run" if self.edit else self.library
            self._stay(f"{what} cannot be shown. {type(error).__name__}: {error}")
        else:
            self._shown, self.text, self.svg = wished, face.text, face.svg
            with self.hold_sync():
                self.problem = ""
                self._show(face.payload, payload)

    def _show(self, _payload: Mapping[str, Any], packed: bytes) -> None:
        """Let the front end show another payload."""
        self.payload = packed

    def _stay(self, problem: str) -> None:
        """Go on with what is shown; say why."""
        with self.hold_sync():
            self.problem = problem
            self.library, self.edit, self.whole = self._shown

    def _face(self, library: str, edit: dict[str, object], whole: bool) -> Face:  # noqa: FBT001 - as the traits stand
        if self._rerun is None:
            message = "this player has no text to run again"
            raise ValueError(message)
        wished = read_edit(edit) if edit else None
        return self._rerun(Wish(library, bool(edit), wished, whole))

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


def _no_files(form: str, _position: int) -> bytes:
    message = f"nobody here makes {form} of this run"
    raise ValueError(message)
