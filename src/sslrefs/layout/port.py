"""The port to whatever routes the arrows. Holds no engine and knows none."""

from __future__ import annotations

from typing import Protocol

from sslrefs.picture.scene import Scene

__all__ = ["Engine", "EngineError"]


class EngineError(Exception):
    """An engine gave no drawing; the message says why, as the end of a sentence about it."""


class Engine(Protocol):
    """Something that makes SVG with a box and an arrow for every item of a scene."""

    @property
    def name(self) -> str:
        """What people call it, and what SSLREFS_ENGINE may be set to."""

    def draw(self, dot: str, scene: Scene) -> str:
        """The SVG; an engine reads the DOT text or the scene, as it likes.

        Raises:
            EngineError: it has no drawing to give.
        """
