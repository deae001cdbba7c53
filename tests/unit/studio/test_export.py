"""A run as files: every format holds what it promises and needs nothing else."""

from __future__ import annotations

import json
import re
import struct
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import graphviz
import pytest
from click.testing import CliRunner

from sslrefs.cli import main
from sslrefs.studio.export import FORMATS, export, film_of
from sslrefs.studio.link import Place, read_fragment, write_fragment
from sslrefs.studio.raster import RasterError
from sslrefs.studio.run import Run, run
from tests.browser.texts import CALLBACK, DELAYED

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</script><img src=x onerror=alert(1)>"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def delayed() -> Run:
    """The delayed failure."""
    return run(DELAYED)


def texts(svg: bytes) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_svg_shows_the_moment_that_was_asked_for(delayed: Run) -> None:
    assert "1 ≠ 2" in texts(export(delayed, "svg", position=6))
    assert "1 ≠ 2" not in texts(export(delayed, "svg", position=5))
    assert export(delayed, "svg") == export(delayed, "svg", position=10)


@pytest.mark.parametrize("position", [11, -12])
def test_a_moment_that_is_not_there_is_refused(delayed: Run, position: int) -> None:
    with pytest.raises(IndexError, match="moments 0 to 10"):
        export(delayed, "svg", position=position)


def test_the_film_strip_has_a_frame_for_every_changing_step(delayed: Run) -> None:
    root = ET.fromstring(export(delayed, "film"))

    frames = [frame.get("aria-label", "").split(".")[0] for frame in root.iter(f"{SVG}svg")][1:]
    assert frames == ["1", "3", "4", "5", "6", "8", "9", "10"]
    assert len(list(root.iter(f"{SVG}style"))) == 1


def test_a_film_strip_of_chosen_steps(delayed: Run) -> None:
    root = ET.fromstring(film_of(delayed, [0, 6, 9]))

    frames = [frame.get("aria-label", "") for frame in root.iter(f"{SVG}svg")][1:]
    assert [frame[:2] for frame in frames] == ["be", "6.", "9."]
    with pytest.raises(IndexError, match="moments 0 to 10"):
        film_of(delayed, [11])


def test_a_long_film_strip_says_what_it_leaves_out() -> None:
    long = run("".join(f"SSL_SESSION *s{k} = SSL_SESSION_new();\n" for k in range(70)))

    assert "+10 more changing steps" in texts(export(long, "film"))


def test_an_empty_text_has_an_empty_film_strip() -> None:
    assert texts(export(run(""), "film")) == ["no step changes anything"]


def test_the_png_has_the_size_of_the_drawing_twice_over(delayed: Run) -> None:
    pytest.importorskip("resvg_py")
    data = export(delayed, "png", position=6)
    svg = ET.fromstring(export(delayed, "svg", position=6))

    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG")
    assert abs(width - 2 * float(svg.get("width", "0"))) < 3
    assert abs(height - 2 * float(svg.get("height", "0"))) < 3


def test_without_resvg_the_png_says_what_to_install(
    delayed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    with pytest.raises(RasterError, match="resvg-py"):
        export(delayed, "png")


def test_the_dot_text_names_what_lives_and_how_it_is_held(delayed: Run) -> None:
    text = export(delayed, "dot", position=6).decode()

    assert '"session#1\\nSSL_SESSION\\n1 ≠ 2"' in text
    assert "style=dashed" in text
    assert "arrowhead=empty" in text
    assert 'n2 -> n0 [label="×2"]' in text


def test_hostile_names_are_quoted_in_dot() -> None:
    from sslrefs.picture.dot import labelled
    from sslrefs.picture.scene import Look, Moment, Node, Scene

    scene = Scene((Node("n_v", "var", 'a"]; evil \\N'),), (), (Moment(((0, Look("live")),), ()),))

    line = labelled(scene, 0).splitlines()[2].strip()

    expected = graphviz.escape('a"]; evil \\N').replace('"', '\\"')
    assert line == f'n0 [label="{expected}" shape=box]'


def test_json_and_the_snippet_are_what_the_other_commands_know(delayed: Run) -> None:
    assert json.loads(export(delayed, "json")) == json.loads(json.dumps(delayed.data()))
    assert export(delayed, "snippet").decode() == DELAYED


def test_the_page_is_small_strict_and_says_its_text(delayed: Run) -> None:
    page = export(delayed, "html", title=HOSTILE).decode()

    assert len(page.encode()) < 150_000
    assert "default-src &#x27;none&#x27;" in page
    assert HOSTILE not in page
    assert page.count("<script") == page.count("</script>") == 2
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "SSL_SESSION_free(peek);" in page


def test_a_lesson_of_twenty_steps_fits_into_150_kilobytes() -> None:
    text = CALLBACK + "SSL_SESSION *q = SSL_SESSION_new();\n" + "SSL_SESSION_up_ref(q);\n" * 5
    text += "SSL_SESSION_free(q);\n" * 6
    lesson = run(text)

    assert len(lesson.timeline.steps) >= 20
    assert len(export(lesson, "html")) < 150_000


def test_an_unknown_format_is_refused_with_the_known_ones(delayed: Run) -> None:
    with pytest.raises(ValueError, match="html, svg, film, png, dot, json, c, snippet"):
        export(delayed, "gif")


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_command_writes_every_format(tmp_path: Path, form: str) -> None:
    if form == "png":
        pytest.importorskip("resvg_py")
    source, made = tmp_path / "lesson.c", tmp_path / f"out.{form}"
    source.write_text(DELAYED)

    result = CliRunner().invoke(main, ["export", str(source), "--format", form, "-o", str(made)])

    assert result.exit_code == 0, result.output
    assert len(made.read_bytes()) > 100


def test_the_command_says_what_it_cannot_do(tmp_path: Path) -> None:
    source, broken = tmp_path / "lesson.c", tmp_path / "broken.c"
    source.write_text(DELAYED)
    broken.write_text("SSL_freee(x);")

    def status(*arguments: str) -> int:
        return CliRunner().invoke(main, ["export", *arguments]).exit_code

    assert status(str(broken), "--format", "svg", "-o", str(tmp_path / "x")) == 2
    assert status(str(source), "--format", "svg", "--step", "99", "-o", str(tmp_path / "x")) == 2
    assert status(str(source), "--format", "svg", "-o", str(tmp_path / "no" / "x")) == 2
    assert status(str(source), "--format", "gif", "-o", str(tmp_path / "x")) == 2
    assert status(str(source), "--format", "c", "-o", "-") == 0


@pytest.mark.parametrize("source", ["", "SSL_free(s);", DELAYED, "ü → " * 500])
def test_a_link_gives_back_its_place(source: str) -> None:
    place = Place(source or " ", "OpenSSL 1.1.1", 7)

    assert read_fragment("https://example.org/page.html" + write_fragment(place)) == place


@pytest.mark.parametrize("link", ["", "#step=3", "#text=%%%", "#text=eJwL", "https://x/#text="])
def test_a_broken_link_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="this link"):
        read_fragment(link)


def test_a_link_that_unfolds_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="this link"):
        read_fragment(write_fragment(Place(" " * 2_000_000, "", 0)))


def test_the_command_chooses_frames_and_sets_two_runs_side_by_side(tmp_path: Path) -> None:
    buggy, fixed, made = tmp_path / "buggy.c", tmp_path / "fixed.c", tmp_path / "made"
    buggy.write_text("SSL_SESSION *s = SSL_SESSION_new();\n", encoding="utf-8")
    fixed.write_text(buggy.read_text() + "SSL_SESSION_free(s);\n", encoding="utf-8")

    def exported(form: str, *more: str) -> int:
        arguments = ["export", str(fixed), "--format", form, "-o", str(made), *more]
        return CliRunner().invoke(main, arguments).exit_code

    assert exported("film", "--step", "2", "--step", "1") == 0
    assert [text.split(".")[0] for text in texts(made.read_bytes()) if ". " in text] == ["2", "1"]
    assert exported("html", "--beside", str(buggy)) == 0
    assert "fixed and buggy" in made.read_text(encoding="utf-8")
    assert exported("svg", "--beside", str(buggy)) == 2
