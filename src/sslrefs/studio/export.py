"""A run as files that need nothing of sslrefs: page, drawings, data, text.

`FORMATS` names them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import resources

from sslrefs.picture.dot import labelled
from sslrefs.picture.flat import flattened
from sslrefs.picture.page import page
from sslrefs.picture.strip import Frame, film_strip
from sslrefs.picture.svg import still
from sslrefs.studio.beside import Beside
from sslrefs.studio.drawing import theme
from sslrefs.studio.payload import packed, payload_of
from sslrefs.studio.program import c_program
from sslrefs.studio.raster import png_of
from sslrefs.studio.run import Run

__all__ = ["FORMATS", "export", "film_of", "page_beside", "page_of"]


def export(run: Run, form: str, *, position: int = -1, title: str = "sslrefs") -> bytes:
    """The run as the bytes of a file.

    Args:
        run: What to export.
        form: One of `FORMATS`.
        position: The moment that svg, png and dot show and the page starts at; 0
            is before the first step, -1 the last (for a page: before the first).
        title: The title of a page.

    Raises:
        ValueError: There is no such format.
        IndexError: The run has no such moment.
        RasterError: A PNG was asked for, and there is nothing to draw it with.
        CannotBeWrittenError: The text cannot be a C program of its own.
        TooManyFactsError: JSON was asked for, and the run is too large for it.
    """
    if form not in FORMATS:
        message = f"no format is called {form!r}; known: {', '.join(FORMATS)}"
        raise ValueError(message)
    return FORMATS[form](run, position, title)


def _moment(run: Run, position: int) -> int:
    """The moment a position means; negative ones count from the end."""
    count = len(run.timeline.steps) + 1
    if not -count <= position < count:
        message = f"this run has the moments 0 to {count - 1}; {position} is none of them"
        raise IndexError(message)
    return position % count


def page_of(
    run: Run, *, title: str, position: int = 0, links: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The run as one page, with links (words, address) to pages it belongs to."""
    return _page(payload_of(run), text=str(run), title=title, step=position, links=links)


def page_beside(both: Beside, *, position: int = 0, title: str = "sslrefs") -> bytes:
    """Two runs side by side as one page that needs nothing else."""
    return _page(both.payload(), text=str(both), title=title, step=position)


def _page(
    payload: Mapping[str, object],
    *,
    text: str,
    title: str,
    step: int,
    links: Sequence[tuple[str, str]] = (),
) -> bytes:
    static = resources.files("sslrefs.static")
    made = page(
        payload=packed(payload),
        script=static.joinpath("page.js").read_text(encoding="utf-8"),
        style=static.joinpath("player.css").read_text(encoding="utf-8"),
        title=title,
        text=text,
        step=step,
        links=links,
    )
    return made.encode()


def _html(run: Run, position: int, title: str) -> bytes:
    step = 0 if position == -1 else _moment(run, position)
    return page_of(run, title=title, position=step)


def _svg(run: Run, position: int, _title: str) -> bytes:
    return run.svg(_moment(run, position)).encode()


def _film(run: Run, _position: int, _title: str) -> bytes:
    changing = [
        index
        for index, moment in enumerate(run.scene.moments)
        if any(item in moment.hot for item, _look in moment.changes)
    ]
    return film_of(run, changing)


def film_of(run: Run, positions: Sequence[int]) -> bytes:
    """A film strip of the moments at these positions, as SVG.

    Raises:
        IndexError: The run has no such moment.
    """
    frames = [_frame(run, _moment(run, position)) for position in positions]
    return film_strip(run.drawn.drawing, run.scene, frames, theme()).encode()


def _frame(run: Run, moment: int) -> Frame:
    step = f"{moment}. {run.timeline.steps[moment - 1].text}" if moment else run.caption(0)
    return Frame(moment, step)


def _png(run: Run, position: int, _title: str) -> bytes:
    moment = _moment(run, position)
    flat = still(run.drawn.drawing, run.scene, moment, flattened(theme()), run.caption(moment))
    return png_of(flat)


def _dot(run: Run, position: int, _title: str) -> bytes:
    return labelled(run.scene, _moment(run, position)).encode()


def _json(run: Run, _position: int, _title: str) -> bytes:
    return (json.dumps(run.data(), ensure_ascii=False, indent=1) + "\n").encode()


def _c(run: Run, _position: int, title: str) -> bytes:
    return c_program(run, title).encode()


def _snippet(run: Run, _position: int, _title: str) -> bytes:
    return run.source.encode()


FORMATS: dict[str, Callable[[Run, int, str], bytes]] = {
    "html": _html,
    "svg": _svg,
    "film": _film,
    "png": _png,
    "dot": _dot,
    "json": _json,
    "c": _c,
    "snippet": _snippet,
}
"""The formats by name: film is a film strip as SVG, json the data that `sslrefs run` prints, c a
complete C program with the scripted peer in it, snippet the text as it was written."""
