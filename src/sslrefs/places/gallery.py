"""A folder of pages: every run of the course, or of texts of one's own, and a first page to them.

No kernel and no server is needed to read it. Each page holds its player, so that
one alone can be sent; `index.html` also follows links that name a run and a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.texts import texts
from sslrefs.picture.gallery import Card, Shelf, gallery_page
from sslrefs.studio.export import page_of
from sslrefs.studio.run import Run, run

__all__ = ["TITLE", "Exhibit", "ExhibitError", "course_exhibits", "write_gallery"]

TITLE = "Who owns an SSL_SESSION?"


class ExhibitError(Exception):
    """A text cannot be shown; the message says which and why."""


class Exhibit(NamedTuple):
    """A C text to be shown: its name in links and file names, and the words people read."""

    name: str
    shelf: str
    title: str
    text: str


def course_exhibits() -> tuple[Exhibit, ...]:
    """Every C text of the lessons and of the casebook, in the order of the course."""
    return tuple(_exhibit(name, text) for name, text in texts().items())


def _exhibit(name: str, text: str) -> Exhibit:
    shelf, _dot, rest = name.partition(".")
    title = _words(rest)
    if shelf == "casebook":
        case, _dot, state = rest.partition(".")
        title = CASES[case.upper()].title + (f" ({state})" if state else "")
    return Exhibit(name, _words(shelf), title, text)


def write_gallery(
    exhibits: Sequence[Exhibit],
    folder: Path,
    *,
    title: str = TITLE,
    kernel: str = "",
    links: Sequence[tuple[str, str]] = (),
) -> None:
    """Write the pages, the pictures and `index.html`.

    Args:
        exhibits: What to show; those of a shelf stand together.
        folder: Made if need be; files of the same names are replaced.
        title: Of the first page.
        kernel: The address where other texts can be run, "" if nowhere.
        links: Words and addresses of what else is there, for the first page.

    Raises:
        ExhibitError: A text cannot be run, or has no page of its own by its name.
        OSError: The folder cannot be written to.
    """
    _check_names([exhibit.name for exhibit in exhibits])
    folder.mkdir(parents=True, exist_ok=True)
    cards: list[tuple[str, Card]] = []
    for number, exhibit in enumerate(exhibits):
        done = _run(exhibit)
        page = page_of(done, title=exhibit.title, links=_links(exhibits, number))
        (folder / f"{exhibit.name}.html").write_bytes(page)
        (folder / f"{exhibit.name}.svg").write_text(done.svg(_telling(done)), encoding="utf-8")
        bugs = tuple(finding.kind for finding in done.findings)
        steps = len(done.timeline.steps)
        cards.append((exhibit.shelf, Card(exhibit.name, exhibit.title, exhibit.text, steps, bugs)))
    static = resources.files("sslrefs.static")
    index = gallery_page(
        tuple(_shelved(cards)),
        script=static.joinpath("gallery.js").read_text(encoding="utf-8"),
        style=static.joinpath("gallery.css").read_text(encoding="utf-8"),
        title=title,
        kernel=kernel,
        links=links,
    )
    (folder / "index.html").write_text(index, encoding="utf-8")


def _check_names(names: list[str]) -> None:
    for number, name in enumerate(names):
        if name == "index":
            message = "a text cannot be called index: that is the gallery's first page"
            raise ExhibitError(message)
        if name in names[:number]:
            message = f"two texts are called {name}; each page needs a name of its own"
            raise ExhibitError(message)


def _run(exhibit: Exhibit) -> Run:
    try:
        return run(exhibit.text)
    except ScriptError as error:
        message = f"{exhibit.name}.c: {error}"
        raise ExhibitError(message) from error


def _shelved(cards: list[tuple[str, Card]]) -> Iterable[Shelf]:
    for title, group in groupby(cards, key=lambda pair: pair[0]):
        yield Shelf(title, tuple(card for _shelf, card in group))


def _links(exhibits: Sequence[Exhibit], number: int) -> list[tuple[str, str]]:
    """To the first page, and to the neighbours."""
    links = [("All runs", "index.html")]
    if number:
        links.append((f"← {exhibits[number - 1].title}", _address(exhibits[number - 1])))
    if number + 1 < len(exhibits):
        links.append((f"{exhibits[number + 1].title} →", _address(exhibits[number + 1])))
    return links


def _address(exhibit: Exhibit) -> str:
    return f"{quote(exhibit.name, safe='')}.html"


def _telling(done: Run) -> int:
    """The moment that tells most: of the first wrong step, else where most objects are alive."""
    if done.findings:
        return done.findings[0].wrong_step + 1
    alive = [len(tuple(step.world.living())) for step in done.timeline.steps]
    return alive.index(max(alive)) + 1 if alive else 0


def _words(name: str) -> str:
    """A Python name as words.

    >>> _words("broke_here")
    'Broke here'
    """
    return name.replace("_", " ").capitalize()
