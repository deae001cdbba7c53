"""The `sslrefs` command. It prints and sets exit statuses; all work is done elsewhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from sslrefs.cscript.diagnostics import ScriptError, nearest
from sslrefs.lessons.inventory import ITEMS
from sslrefs.lessons.items import as_quiz
from sslrefs.model.calls import CALLS
from sslrefs.model.library import LIBRARIES, Library, library_named
from sslrefs.oracle.compare import WrongLibraryError
from sslrefs.oracle.compare import check as check_source
from sslrefs.oracle.library import LibsslNotFoundError
from sslrefs.picture.reference import call_data, calls_markdown, calls_text
from sslrefs.places import desk, doctor
from sslrefs.places.gallery import Exhibit, ExhibitError, course_exhibits, write_gallery
from sslrefs.studio.beside import Beside
from sslrefs.studio.branches import Branches
from sslrefs.studio.branches import branches as run_branches
from sslrefs.studio.checking import comparison_text
from sslrefs.studio.export import FORMATS, page_beside
from sslrefs.studio.export import export as export_run
from sslrefs.studio.program import CannotBeWrittenError
from sslrefs.studio.raster import RasterError
from sslrefs.studio.run import Run
from sslrefs.studio.run import run as run_source

__all__ = ["main"]

CLEAN, FINDINGS, CANNOT_RUN = 0, 1, 2
_ONLY_HTML = "two runs side by side can only be written as html: use --format html with --beside"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sslrefs")
def main() -> None:
    """Who owns an SSL_SESSION: run C texts on an exact model of libssl's reference counts."""


def _library(
    _context: click.Context, _parameter: click.Parameter, name: str | None
) -> Library | None:
    if name is None:
        return None
    found = library_named(name)
    if found is None:
        message = f"no library is called {name!r}; known: {', '.join(LIBRARIES)}"
        raise click.BadParameter(message)
    return found


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the run.",
)
@click.option(
    "--library", callback=_library, help=f"Which libssl to model: {', '.join(LIBRARIES)}."
)
@click.option(
    "--branches",
    "which",
    type=click.Choice(["first", "all"]),
    default="first",
    help="all: once more for each call that can fail, failing once.",
)
def run(file: Path, form: str, library: Library | None, which: str) -> None:
    """Run FILE (a C text; `-` reads standard input) and print its steps and findings.

    Calls succeed unless their line says `sslrefs: fails`. With `--branches all`
    every failure that the text asks about happens once, each on a way of its own.

    Exit status: 0 clean, 1 findings, 2 the text cannot be run.
    """
    runs = run_source if which == "first" else run_branches
    try:
        result = runs(_read(file), library=library)
    except ScriptError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    _print(result, form)
    sys.exit(FINDINGS if result.findings else CLEAN)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--libssl", metavar="PATH", help="The libssl to run; by default the machine's.")
def check(file: Path, libssl: str | None) -> None:
    """Run FILE on the model and on a real libssl, and compare every step.

    Exit status: 0 they agree, 1 they differ, 2 the text cannot be run or there is no libssl.
    """
    source = _read(file)
    try:
        source = run_source(source).pinned
        comparison = check_source(source, libssl=libssl)
    except (ScriptError, LibsslNotFoundError, WrongLibraryError) as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    timeline = run_source(source, library=library_named(comparison.profile)).timeline
    _show(comparison_text(timeline, comparison))
    sys.exit(CLEAN if comparison.agrees else FINDINGS)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), required=True, help="What to write."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Where; `-` is standard output.",
)
@click.option(
    "--step",
    "position",
    type=int,
    default=-1,
    help="The moment to show: 0 is before the first step; by default the last.",
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path),
    help="Another text: the page shows both runs side by side, in step (only html).",
)
@click.option(
    "--library", callback=_library, help=f"Which libssl to model: {', '.join(LIBRARIES)}."
)
def export(
    file: Path,
    form: str,
    output: Path,
    position: int,
    beside: Path | None,
    library: Library | None,
) -> None:
    """Write the run of FILE as a page, a drawing, data or text.

    html is one page with the player that needs nothing else, film a film strip
    as SVG, json what `sslrefs run` prints, c a complete
    C program with the peer of its handshakes in it, snippet the text as it stands.

    Exit status: 0 written (findings or not), 2 it cannot be run or written.
    """
    try:
        result = run_source(_read(file), library=library)
        if beside is None:
            made: bytes = export_run(result, form, position=position, title=file.stem)
        elif form == "html":
            other = run_source(_read(beside), library=library)
            both = Beside(result, other, names=(file.name, beside.name))
            title = f"{file.stem} and {beside.stem}"
            made = page_beside(both, position=max(0, position), title=title)
        else:
            raise click.BadParameter(_ONLY_HTML)
        if str(output) == "-":
            click.echo(made, nl=False)
        else:
            output.write_bytes(made)
    except (ScriptError, RasterError, CannotBeWrittenError, IndexError) as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    except OSError as error:
        click.echo(f"cannot write {output}: {error.strerror}", err=True)
        sys.exit(CANNOT_RUN)


@main.command()
@click.argument("names", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to print the table.",
)
def calls(names: tuple[str, ...], form: str) -> None:
    """Print what each modelled call borrows, takes, gives back and gives (NAMES: only these)."""
    unknown = [name for name in names if name not in CALLS]
    if unknown:
        close = nearest(unknown[0], CALLS)
        hint = f" Did you mean {close}?" if close else ""
        message = f"{unknown[0]} is not modelled.{hint}"
        raise click.BadParameter(message)
    rows = [CALLS[name] for name in names or CALLS]
    if form == "markdown":
        click.echo(calls_markdown(), nl=False)
    elif form == "json":
        click.echo(json.dumps([call_data(row) for row in rows], indent=1))
    else:
        click.echo(calls_text(rows))


@main.command()
def inventory() -> None:
    """Print the items of the ownership inventory as JSON, in the form jupyterquiz reads."""
    click.echo(json.dumps(as_quiz(ITEMS), indent=1, ensure_ascii=False))


@main.command()
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
    own = tuple(Exhibit(file.stem, "Texts", file.stem, _read(file)) for file in files)
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


@main.command(context_settings={"ignore_unknown_options": True})
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


@main.command(name="doctor")
def show_doctor() -> None:
    """Say what of the product works on this machine, and how to get what does not.

    Exit status: 0, also where optional parts are missing.
    """
    click.echo(doctor.report(doctor.examine()))


def _print(result: Run | Branches, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(result.data(), ensure_ascii=False, indent=1))
        return
    _show(result.text)


def _show(text: Text) -> None:
    """Print a text, in colour on a terminal."""
    console = Console(highlight=False)
    console.print(text, end="", soft_wrap=not console.is_terminal)


def _read(file: Path) -> str:
    """The text of a file or of standard input; a clear message if it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        click.echo(f"cannot read {file}: {error.strerror}", err=True)
        sys.exit(CANNOT_RUN)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        click.echo(f"{file} is not UTF-8 text (byte {error.start}); is it a C file?", err=True)
        sys.exit(CANNOT_RUN)
