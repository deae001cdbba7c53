"""What is pressed in the page and answered by the kernel.

The page says so when a press is not acknowledged, as after a restart.
"""

from __future__ import annotations

from typing import Any, ClassVar

import anywidget

__all__ = ["Pressed"]


class Pressed(anywidget.AnyWidget):
    """A widget that acknowledges each press before it does what was asked for.

    `event` is what the page calls such a press.
    """

    event: ClassVar[str]

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.on_msg(self._hear)

    def pressed(self, content: dict[str, object]) -> None:
        """Do what a press asks for; `content` says what."""
        raise NotImplementedError

    def _hear(self, _widget: Pressed, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("event") == self.event:
            self.send({"heard": True})
            self.pressed(content)
