"""The commands that bring the course somewhere: gallery, pages, JupyterLab, other quiz tools."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sslrefs.cli.files import CANNOT_RUN, read
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.items import as_quiz
from sslrefs.places import desk, doctor
from sslrefs.places.gallery import Exhibit, ExhibitError, course_exhibits, write_gallery

__all__ = ["COMMANDS"]


@click.command()
def inventory() -> None:
    """Print the items of the ownership inventory as JSON, in the form jupyterquiz reads."""
    click.echo(json.dumps(as_quiz(ITEMS), indent=1, ensure_ascii=False))


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to write."
)
def gallery(files: tuple[Path, ...], output: Path) -> None:
    """Write pages to step through, and index.html that lists them, into a folder.

    They need no kernel, no server and nothing outside. Without FILES it is all C
    texts of the course. index.html#scenario=NAME&step=N opens a run at a step.

    Exit status: 0 written, 2 a text cannot be run or a file not written.
    """
    own = tuple(Exhibit(file.stem, "Texts", file.stem, read(file)) for file in files)
    exhibits = own or course_exhibits()
    try:
        write_gallery(exhibits, output)
    except ExhibitError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    except OSError as error:
        click.echo(f"cannot write {output}: {error.strerror}", err=True)
        sys.exit(CANNOT_RUN)
    runs = "1 run" if len(exhibits) == 1 else f"{len(exhibits)} runs"
    click.echo(f"{runs}; open {output / 'index.html'}")


@click.command()
@click.argument("notebooks", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to write."
)
def render(notebooks: tuple[Path, ...], output: Path) -> None:
    """Write notebooks as pages to read and to print, with pictures in place of players.

    Without NOTEBOOKS it is the course. Their cells are run, as JupyterLab would
    run them; needs the packages of sslrefs[lab]. Several get an index.html.

    Exit status: 0 written, 2 a notebook fails or a page cannot be written.
    """
    own = {file.name: file.read_bytes() for file in notebooks}
    try:
        from sslrefs.places.reading import RenderError, write_course, write_pages
    except ImportError as missing:
        click.echo(f"{missing.name} is not installed: pip install 'sslrefs[lab]'", err=True)
        sys.exit(CANNOT_RUN)
    try:
        pages = write_pages(own, output) if own else write_course(output)
    except RenderError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    except OSError as error:
        click.echo(f"cannot write {output}: {error.strerror}", err=True)
        sys.exit(CANNOT_RUN)
    written = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    click.echo(f"{written} in {output}; open {pages[0]}")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("folder", type=click.Path(path_type=Path), default=Path("sslrefs-course"))
@click.argument("jupyter", nargs=-1, type=click.UNPROCESSED)
def lab(folder: Path, jupyter: tuple[str, ...]) -> None:
    """Copy the course's notebooks into FOLDER and open JupyterLab there.

    FOLDER is ./sslrefs-course if none is named. A notebook that is already in
    it is never written to. All after FOLDER goes to JupyterLab: --no-browser, say.

    Exit status: JupyterLab's; 2 the folder cannot be written or JupyterLab is missing.
    """
    try:
        click.echo(f"{desk.copy_course(folder)}, in {folder}")
        sys.exit(desk.open_lab(folder, jupyter))
    except desk.DeskError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)


@click.command(name="doctor")
def show_doctor() -> None:
    """Say what of the product works on this machine, and how to get what does not.

    Exit status: 0, also where optional parts are missing.
    """
    click.echo(doctor.report(doctor.examine()))


COMMANDS = (inventory, gallery, render, lab, show_doctor)
