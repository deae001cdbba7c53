"""The `sslrefs` command. It prints and sets exit statuses; all work is done elsewhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import LIBRARIES, Library, library_named
from sslrefs.studio.run import Run
from sslrefs.studio.run import run as run_source

__all__ = ["main"]

CLEAN, FINDINGS, CANNOT_RUN = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sslrefs")
def main() -> None:
    """Who owns an SSL_SESSION: run C texts on an exact model of libssl's reference counts."""


def _library(_context: click.Context, _parameter: click.Parameter, name: str | None) -> Library | None:
    if name is None:
        return None
    found = library_named(name)
    if found is None:
        message = f"no library is called {name!r}; known: {', '.join(LIBRARIES)}"
        raise click.BadParameter(message)
    return found


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the run.")
@click.option("--library", callback=_library, help=f"Which libssl to model: {', '.join(LIBRARIES)}.")
def run(file: Path, form: str, library: Library | None) -> None:
    """Run FILE (a C text; `-` reads standard input) and print its steps and findings.

    Exit status: 0 clean, 1 findings, 2 the text cannot be run.
    """
    try:
        result = run_source(_read(file), library=library)
    except ScriptError as error:
        click.echo(str(error), err=True)
        sys.exit(CANNOT_RUN)
    _print(result, form)
    sys.exit(FINDINGS if result.findings else CLEAN)


def _print(result: Run, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(result.data(), ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    console.print(result.text, end="", soft_wrap=not console.is_terminal)


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
