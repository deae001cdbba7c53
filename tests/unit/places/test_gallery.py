"""`sslrefs gallery`: what is written, how large it is, and what it says when it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sslrefs
from sslrefs.cli import main
from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.texts import texts
from sslrefs.places.gallery import Exhibit, course_exhibits, write_gallery

KB = 1000
LEAK = "SSL_SESSION *s = SSL_SESSION_new();\n"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["gallery", *map(str, arguments)])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery of the whole course."""
    folder: Path = tmp_path_factory.mktemp("course")
    write_gallery(course_exhibits(), folder)
    return folder


def test_every_text_of_the_course_has_its_page_and_picture(course: Path) -> None:
    pages = {path.stem for path in course.glob("*.html")}
    pictures = {path.stem for path in course.glob("*.svg")}

    assert pages == {*texts(), "index"}
    assert pictures == set(texts())


def test_no_page_is_larger_than_150_kb_beside_the_player_in_it(course: Path) -> None:
    static = Path(sslrefs.__file__).parent / "static"
    player = sum((static / name).stat().st_size for name in ("page.js", "player.css"))
    sizes = {path.name: path.stat().st_size for path in course.iterdir()}

    assert {name: size for name, size in sizes.items() if size - player >= 150 * KB} == {}
    typical = sorted(sizes[name] for name in sizes if name.endswith(".html"))[len(sizes) // 4]
    assert typical < 100 * KB
    assert sizes["index.html"] < 150 * KB


def test_no_page_names_anything_outside(course: Path) -> None:
    for path in course.glob("*.html"):
        addresses = re.findall(r'(?:src|href)="([^"]*)"', path.read_text(encoding="utf-8"))
        assert [one for one in addresses if ":" in one or one.startswith("/")] == []


def test_a_card_tells_the_bug_and_shows_the_wrong_step(course: Path) -> None:
    index = (course / "index.html").read_text(encoding="utf-8")
    card = index.split('data-name="broke_here.one_line_more"')[1].split("</li>")[0]

    assert '<span class="bug">borrowed_free</span> <span>· 9 steps</span>' in card
    picture = (course / "broke_here.one_line_more.svg").read_text(encoding="utf-8")
    assert "5. SSL_SESSION_free(peek);" in picture


def test_a_case_is_there_with_its_repair_and_its_title(course: Path) -> None:
    index = (course / "index.html").read_text(encoding="utf-8")
    shelf = index.split("<h2>Casebook</h2>")[1]

    assert shelf.count("data-name=") == 2 * len(CASES)
    assert f"<strong>{CASES['HANDED_OVER'].title} (repaired)</strong>" in shelf


def test_names_and_texts_are_escaped(tmp_path: Path) -> None:
    write_gallery([Exhibit("a&b", "<i>", "<b>", "/* </pre><script> */\n" + LEAK)], tmp_path)

    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "/* &lt;/pre&gt;&lt;script&gt; */" in index
    assert 'data-name="a&amp;b"' in index
    assert 'href="a%26b.html"' in index
    assert "<h2>&lt;i&gt;</h2>" in index


def test_texts_of_ones_own_make_a_gallery(tmp_path: Path) -> None:
    (tmp_path / "mine.c").write_text(LEAK, encoding="utf-8")

    result = call(tmp_path / "mine.c", "-o", tmp_path / "out")

    assert result.exit_code == 0
    assert "1 run; open" in result.output
    assert (tmp_path / "out" / "mine.html").is_file()


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.c").write_text("SSL_SESSION *s = ;\n", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "broken.c").write_text(LEAK, encoding="utf-8")

    broken = call(tmp_path / "broken.c", "-o", tmp_path / "out")
    twice = call(tmp_path / "broken.c", tmp_path / "deep" / "broken.c", "-o", tmp_path / "out")
    (tmp_path / "index.c").write_text(LEAK, encoding="utf-8")
    index = call(tmp_path / "index.c", "-o", tmp_path / "out")
    closed = call("-o", tmp_path / "broken.c" / "out")

    assert (broken.exit_code, twice.exit_code, closed.exit_code) == (2, 2, 2)
    assert "broken.c: line 1" in broken.output
    assert "two texts are called broken" in twice.output
    assert index.exit_code == 2
    assert "cannot be called index" in index.output
    assert "cannot write" in closed.output
