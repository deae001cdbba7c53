"""What the commands share: reading a file, and the status of what cannot be run."""

from __future__ import annotations

import sys
from pathlib import Path

import click

__all__ = ["CANNOT_RUN", "read"]

CANNOT_RUN = 2


def read(file: Path) -> str:
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
