"""The `sslrefs` command. It prints and sets exit statuses; all work is done elsewhere."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from sslrefs.cli import course
from sslrefs.cli.files import CANNOT_RUN, read
from sslrefs.cscript.diagnostics import ScriptError, nearest
from sslrefs.model.calls import CALLS
from sslrefs.model.library import LIBRARIES, Library, library_named
from sslrefs.oracle.compare import WrongLibraryError
from sslrefs.oracle.compare import check as check_source
from sslrefs.oracle.library import LibsslNotFoundError
from sslrefs.picture.reference import call_data, calls_markdown, calls_text
from sslrefs.studio.beside import Beside
from sslrefs.studio.branches import Branches
from sslrefs.studio.branches import branches as run_branches
from sslrefs.studio.checking import comparison_text
from sslrefs.studio.data import TooManyFactsError
from sslrefs.studio.export import FORMATS, film_of, page_beside
from sslrefs.studio.export import export as export_run
from sslrefs.studio.program import CannotBeWrittenError
from sslrefs.studio.raster import RasterError
from sslrefs.studio.run import Run
from sslrefs.studio.run import run as run_source

__all__ = ["main"]

CLEAN, FINDINGS = 0, 1
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


def _steps(_context: click.Context, _parameter: click.Parameter, words: str | None) -> slice | None:
    if words is None:
        return None
    found = re.fullmatch(r"(\d+)-(\d+)", words)
    if found is None:
        message = f"{words!r} are no steps; write the first and the last, such as 0-99"
        raise click.BadParameter(message)
    return slice(int(found[1]), int(found[2]) + 1)


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
@click.option(
    "--steps",
    callback=_steps,
    metavar="FIRST-LAST",
    help="Only these steps, counted from 0 (only json): for runs that are too large as a whole.",
)
def run(file: Path, form: str, library: Library | None, which: str, steps: slice | None) -> None:
    """Run FILE (a C text; `-` reads standard input) and print its steps and findings.

    Calls succeed unless their line says `sslrefs: fails`. With `--branches all`
    every failure that the text asks about happens once, each on a way of its own.

    Exit status: 0 clean, 1 findings, 2 the text cannot be run.
    """
    if steps is not None and (form != "json" or which != "first"):
        message = "only the json of one run can be had in parts: use --steps with --format json"
        raise click.BadParameter(message)
    try:
        result: Run | Branches
        if which == "first":
            result = run_source(read(file), library=library)
            data = result.data(steps) if form == "json" else {}
        else:
            result = run_branches(read(file), library=library)
            data = result.data() if form == "json" else {}
    except (ScriptError, TooManyFactsError, IndexError) as error:
        click.echo(str(error), err=True)
        if which == "all" and isinstance(error, TooManyFactsError):
            click.echo("Only one run can be had in parts: leave out --branches.", err=True)
        sys.exit(CANNOT_RUN)
    if form == "json":
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _show(result.text)
    sys.exit(FINDINGS if result.findings else CLEAN)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--libssl", metavar="PATH", help="The libssl to run; by default the machine's.")
def check(file: Path, libssl: str | None) -> None:
    """Run FILE on the model and on a real libssl, and compare every step.

    Exit status: 0 they agree, 1 they differ, 2 the text cannot be run or there is no libssl.
    """
    source = read(file)
    try:
        source = run_source(source).pinned
        comparison = check_source(source, libssl=libssl)
    except (ScriptError, LibsslNotFoundError, WrongLibraryError) as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    timeline = run_source(source, library=library_named(comparison.profile)).timeline
    _show(comparison_text(timeline, comparison).styled())
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
    "positions",
    type=int,
    multiple=True,
    help="The moment to show: 0 is before the first step; by default the last. Given"
    " several times it chooses the frames of a film strip.",
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
    positions: tuple[int, ...],
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
        result = run_source(read(file), library=library)
        position = positions[-1] if positions else -1
        if form == "film" and positions and beside is None:
            made: bytes = film_of(result, positions)
        elif beside is None:
            made = export_run(result, form, position=position, title=file.stem)
        elif form == "html":
            other = run_source(read(beside), library=library)
            both = Beside(result, other, names=(file.name, beside.name))
            title = f"{file.stem} and {beside.stem}"
            made = page_beside(both, position=max(0, position), title=title)
        else:
            raise click.BadParameter(_ONLY_HTML)
        if str(output) == "-":
            click.echo(made, nl=False)
        else:
            output.write_bytes(made)
    except (ScriptError, RasterError, CannotBeWrittenError, TooManyFactsError, IndexError) as error:
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


for command in course.COMMANDS:
    main.add_command(command)


def _show(text: Text) -> None:
    """Print a text, in colour on a terminal."""
    console = Console(highlight=False)
    console.print(text, end="", soft_wrap=not console.is_terminal)
