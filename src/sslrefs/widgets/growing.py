"""A player whose run grows: what changed is sent to it, not the whole.

Holds no text and runs nothing: whoever builds the text hands it each new run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from sslrefs.studio.growth import growing_payload, patch
from sslrefs.studio.openrun import OpenRun
from sslrefs.studio.payload import Scribe, packed
from sslrefs.trace.patience import without_collector
from sslrefs.widgets.player import Player

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sslrefs.studio.face import Face, Wish

__all__ = ["GrowingPlayer"]

_SHORT = 1500
"""Bytes of a patch that is not worth deflating: to inflate it, a browser waits three times."""
_SOON = 1
"""How hard to deflate what the next line replaces: a sixth longer, in less than half the time."""
_MOST_PATCHES = 20
"""Patches on one payload; then it is sent whole, because a trait is always sent as a whole."""


class GrowingPlayer(Player):
    """A player that goes on to the last step of each new run.

    Attributes:
        growth: What came since `payload`, a patch each, deflated if it is long. Both together
            are what is shown, so that a reload and a second view show it too.
        selected: The object that is selected in the player, "" for none.
    """

    growth = traitlets.Tuple().tag(sync=True)
    selected = traitlets.Unicode().tag(sync=True)

    def __init__(self, run: OpenRun, rerun: Callable[[Wish], Face] | None = None) -> None:
        """Shows a run at its end; `rerun` runs the text as it is wished."""
        self._scribe = Scribe()
        self._sent: Mapping[str, Any] = growing_payload(run, self._scribe)
        self._run = run
        super().__init__(
            payload=self._sent, text="", svg=None, position=len(run.timeline.steps), rerun=rerun
        )

    @without_collector()
    def show(self, run: OpenRun) -> None:
        """Show a new run of the text at its end."""
        payload = growing_payload(run, self._scribe)
        change = packed(patch(dict(self._sent), payload), least=_SHORT, level=_SOON)
        self._run = run
        with self.hold_sync():
            if len(self.growth) < _MOST_PATCHES and 2 * len(change) < len(self.payload):
                self.growth = (*self.growth, change)
                self._sent = payload
            else:
                self._show(payload, packed(payload, level=_SOON))
            self.position = len(run.timeline.steps)

    def _show(self, payload: Mapping[str, Any], packed: bytes) -> None:
        self._sent = payload
        self.growth = ()
        self.payload = packed

    def _repr_mimebundle_(
        self, **kwargs: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget with the still and the text of what it shows now."""
        self.text = str(self._run)
        self.svg = self._run.svg() if self._run.timeline.steps else None
        return super()._repr_mimebundle_(**kwargs)
