"""Notebooks as pages to be read and printed: prose, code, and pictures in place of players.

`sslrefs render` writes them. A notebook's cells are run in this process, by
IPython, as JupyterLab would run them; the page needs no script and loads nothing.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sslrefs.picture.page import checked, policy
from sslrefs.places.desk import HANDOUT, course, handout
from sslrefs.places.leaves import leaf, plain

__all__ = ["RenderError", "rendered", "write_course", "write_pages"]

STYLE = """\
:root { color-scheme: light dark;
  --line: #bdbdbd; --back: #f2f2f2; --ink: #1b1b1b; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #555; --back: #222; --ink: #e8e8e8; --link: #8ab4f8; }
  body { background: #111; }
}
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink);
  font: 17px/1.5 system-ui, Helvetica, Arial, sans-serif; }
a { color: var(--link); }
img { max-width: 100%; background: #fff; border: 1px solid var(--line); }
pre { overflow-x: auto; padding: .5rem .8rem;
  font: 14px/1.4 ui-monospace, Menlo, Consolas, monospace; }
pre.in, pre.sslrefs-text { background: var(--back); border-radius: 4px; }
pre.sslrefs-text { white-space: pre-wrap; }
.sslrefs-line { display: block; padding-left: 6ch; text-indent: -6ch; }
pre.out { border-left: 3px solid var(--line); }
code { background: var(--back); padding: 0 .2em; border-radius: 3px; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2rem .6rem;
  text-align: left; vertical-align: top; }
.question { border: 1px solid var(--line); border-radius: 6px; padding: 0 1rem; margin: 1rem 0; }
.finding { border-left: 4px solid #d55e00; padding-left: .7rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
figure { margin: 0; min-width: 0; }
summary { cursor: pointer; }
@media print {
  body { font-size: 11pt; max-width: none; }
  img, pre, .question, table { break-inside: avoid; }
}"""
_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<main>
{body}
</main>
</html>
"""
_INDEX = "index.html"
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
_LINK = re.compile(r'href="([^":]+)\.ipynb"')


class RenderError(Exception):
    """A notebook cannot be rendered; the message says which, and why."""


def write_pages(notebooks: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write a page for each notebook into a folder, which is made if need be; the pages.

    Several get a first page too, `index.html`, that lists them.

    Args:
        notebooks: The notebooks' contents by file name.
        folder: Where to write.

    Raises:
        RenderError: A notebook cannot be read, or one of its cells fails.
        OSError: A file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    titles = {}
    for name, content in notebooks.items():
        page = folder / f"{Path(name).stem}.html"
        text = rendered(content, name=name)
        page.write_text(text, encoding="utf-8")
        pages.append(page)
        titles[page.name] = _TITLE.findall(text)[0]
    if len(pages) > 1 and _INDEX not in titles:
        first = folder / _INDEX
        first.write_text(_list(titles), encoding="utf-8")
        pages.insert(0, first)
    return pages


def write_course(folder: Path) -> list[Path]:
    """Write the course's pages, and beside them the hand-out that they link; the pages."""
    pages = write_pages(course(), folder)
    (folder / HANDOUT).write_bytes(handout())
    return pages


def _list(titles: Mapping[str, str]) -> str:
    """A page that lists pages: their titles, as HTML, by their file names."""
    items = "".join(
        f'<li><a href="{html.escape(quote(name))}">{title}</a></li>\n'
        for name, title in titles.items()
    )
    return _page("To read", f"<h1>To read</h1>\n<ul>\n{items}</ul>")


def rendered(content: bytes, *, name: str) -> str:
    """A notebook as one HTML page with pictures.

    Raises:
        RenderError: It is no notebook, or one of its cells fails.
    """
    try:
        cells = json.loads(content)["cells"]
        body = "\n".join(_shown(cells, name))
    except (ValueError, KeyError, TypeError) as error:
        message = f"{name} is no notebook: {error}"
        raise RenderError(message) from error
    title = next(iter(re.findall(r"<h1>(.*?)</h1>", body)), html.escape(name))
    return _page(title, _LINK.sub(r'href="\1.html"', body))


def _page(title: str, body: str) -> str:
    return _PAGE.format(
        policy=policy("", STYLE, images="data:"),
        title=title,
        style=checked("style", STYLE),
        body=body,
    )


def _shown(cells: list[dict[str, Any]], name: str) -> Iterator[str]:
    """Each cell as HTML; code cells are run."""
    from markdown_it import MarkdownIt

    words = MarkdownIt("commonmark", {"html": True}).enable("table")
    bench = _Bench(words)
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield words.render(source)
        elif cell["cell_type"] == "code":
            yield f'<pre class="in">{html.escape(source)}</pre>'
            yield bench.run(source, f"{name}, cell {number}")


class _Bench:
    """IPython, without history and without a kernel."""

    def __init__(self, words: Any) -> None:
        from IPython.core.displayhook import DisplayHook
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        shown: list[object] = []

        class Shelf(DisplayHook):
            """Keeps what a cell shows instead of printing it."""

            def __call__(self, result: object = None) -> None:
                shown.append(result)

        config = Config()
        config.HistoryManager.enabled = False
        self._words = words
        shell: Any = InteractiveShell
        self._shell = shell(config=config, displayhook_class=Shelf)
        self._shown = shown

    def run(self, source: str, place: str) -> str:
        """What a cell shows, as HTML.

        Raises:
            RenderError: The cell fails.
        """
        from IPython.utils.capture import capture_output

        self._shown.clear()
        with capture_output() as captured:
            done = self._shell.run_cell(source)
        error = done.error_before_exec or done.error_in_exec
        if error is not None:
            message = f"{place} fails: {type(error).__name__}: {error}"
            raise RenderError(message)
        values = [value for value in self._shown if value is not None]
        return plain(captured.stdout) + "".join(self._value(value) for value in values)

    def _value(self, value: object) -> str:
        markdown = getattr(value, "_repr_markdown_", lambda: None)()
        return str(self._words.render(markdown)) if isinstance(markdown, str) else leaf(value)
