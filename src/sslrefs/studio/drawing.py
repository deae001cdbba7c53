"""Lays a scene out by the best engine at hand and paints it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from sslrefs.layout.builtin import BuiltIn, route
from sslrefs.layout.engine import lay_out
from sslrefs.picture.dot import geometry
from sslrefs.picture.placement import plates
from sslrefs.picture.routes import texted
from sslrefs.picture.scene import Scene
from sslrefs.picture.svg import Drawing, paint, paint_geometry, still

__all__ = ["Drawn", "draw", "draw_at_once", "theme"]


@cache
def theme() -> str:
    """The style sheet of the picture."""
    return resources.files("sslrefs.picture").joinpath("theme.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing, who laid it out, and what people should know of that ("" if nothing).

    `shape` is all that the drawing depends on, if it is to serve again.
    """

    drawing: Drawing
    engine: str
    note: str
    shape: tuple[object, ...] = ()

    @property
    def svg(self) -> str:
        """The drawing with every item of the run, to be patched moment by moment."""
        return self.drawing.svg

    def still(self, scene: Scene, moment: int, caption: str) -> str:
        """One moment as an SVG that needs nothing else."""
        return still(self.drawing, scene, moment, theme(), caption)


def draw(scene: Scene) -> Drawn:
    """The scene laid out once, for all its moments."""
    laid_out = lay_out(geometry(scene), scene)
    return Drawn(paint(scene, laid_out.svg), laid_out.engine_name, laid_out.note)


def draw_at_once(scene: Scene, before: Drawn | None = None) -> Drawn:
    """The scene by the router that starts no program, for a text that is drawn after every line.

    Args:
        scene: What is to be drawn.
        before: The drawing of the text a line ago, which is used again if
            nothing in it has another place or size.
    """
    shape = scene.nodes, scene.edges, plates(scene), texted(scene)
    if before is not None and before.shape == shape:
        return before
    return Drawn(paint_geometry(scene, route(scene)), BuiltIn.name, "", shape)
