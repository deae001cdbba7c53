"""Notebooks as pages: what is on them, what is not, and what is said when one fails."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sslrefs.cli import main
from sslrefs.places.desk import course
from sslrefs.places.reading import RenderError, rendered, write_course

if TYPE_CHECKING:
    from pathlib import Path


def notebook(*cells: tuple[str, str]) -> bytes:
    """A notebook with these cells, kind and source each."""
    return json.dumps(
        {"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}
    ).encode()


BUGGY = "%%sslrefs\nSSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\nSSL_SESSION_free(s);"


def test_a_run_is_a_picture_with_its_finding_and_its_text() -> None:
    page = rendered(notebook(("code", "%load_ext sslrefs"), ("code", BUGGY)), name="n.ipynb")

    images = [base64.b64decode(one).decode() for one in re.findall(r'base64,([^"]+)"', page)]
    assert len(images) == 2
    assert all(image.startswith("<svg") for image in images)
    assert '<p class="finding">▲ The memory of session#1 went at line 2' in page
    assert "session#1 is new with count 1, held by s." in page


def test_a_question_has_its_replies_folded() -> None:
    source = (
        "import sslrefs\nfrom sslrefs.lessons.catalogue import start_here as lesson\n"
        "sslrefs.ask(lesson.ONE_LEFT)"
    )
    page = rendered(notebook(("code", source)), name="n.ipynb")

    assert page.count("<details><summary>") == 3
    assert page.count("<p>✓ ") == 1
    assert page.count("<p>✗ ") == 2


def test_prose_prints_and_values_are_shown_and_text_is_escaped() -> None:
    cells = (
        ("markdown", "# A title\n\n[next](b.ipynb), [web](https://x.y/z.ipynb)"),
        (
            "code",
            "print('a < b')\n40 + 2",
        ),
    )
    page = rendered(notebook(*cells), name="n.ipynb")

    assert "<title>A title</title>" in page
    assert 'href="b.html"' in page
    assert 'href="https://x.y/z.ipynb"' in page
    assert '<pre class="out">a &lt; b</pre><pre class="out">42</pre>' in page


def test_the_page_may_load_nothing_and_run_nothing() -> None:
    page = rendered(notebook(("markdown", "# A")), name="n.ipynb")

    assert "default-src 'none'" in page
    assert "img-src data:;" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no json", "n.ipynb is no notebook"),
        (b"{}", "n.ipynb is no notebook"),
        (notebook(("code", "1 / 0")), "n.ipynb, cell 1 fails: ZeroDivisionError: division by zero"),
        (notebook(("code", "a b")), "n.ipynb, cell 1 fails: SyntaxError"),
    ],
)
def test_a_notebook_that_fails_is_named(content: bytes, says: str) -> None:
    with pytest.raises(RenderError, match=re.escape(says)):
        rendered(content, name="n.ipynb")


def test_the_whole_course_is_rendered(tmp_path: Path) -> None:
    pages = write_course(tmp_path)

    first, *pages = pages
    assert first.name == "index.html"
    assert [page.stem for page in pages] == [name.removesuffix(".ipynb") for name in course()]
    listed = re.findall('<li><a href="(.*?)">(.*?)</a></li>', first.read_text(encoding="utf-8"))
    assert [name for name, _ in listed] == [page.name for page in pages]
    assert listed[0] == ("00_start_here.html", "Start here")
    for page in pages:
        text = page.read_text(encoding="utf-8")
        links = re.findall(r'href="([^":]+\.html)"', text)
        assert [link for link in links if not (tmp_path / link).is_file()] == []
        assert "<h1>" in text
        assert "Traceback" not in text
    flagship = (tmp_path / "06_broke_here_crashed_there.html").read_text(encoding="utf-8")
    assert flagship.count("<img ") >= 6


def test_the_command_writes_pages_and_says_where(tmp_path: Path) -> None:
    source = tmp_path / "mine.ipynb"
    source.write_bytes(notebook(("markdown", "# Mine")))

    done = CliRunner().invoke(main, ["render", str(source), "-o", str(tmp_path / "out")])

    assert done.exit_code == 0
    assert done.output.startswith("1 page in ")
    assert "<h1>Mine</h1>" in (tmp_path / "out" / "mine.html").read_text(encoding="utf-8")


def test_the_command_names_what_fails(tmp_path: Path) -> None:
    source = tmp_path / "bad.ipynb"
    source.write_bytes(notebook(("code", "1 / 0")))

    done = CliRunner().invoke(main, ["render", str(source), "-o", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "bad.ipynb, cell 1 fails" in done.output
