"""A folder of the user's own with the course in it, and JupyterLab opened there.

A file that is already in the folder is never written to, whoever changed it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

__all__ = [
    "FIRST",
    "HANDOUT",
    "Copied",
    "DeskError",
    "copy_course",
    "course",
    "handout",
    "open_lab",
]

FIRST = "00_start_here.ipynb"
HANDOUT = "handout.html"
_NO_LAB = """\
JupyterLab is not installed in this Python. Get it with
    pip install 'sslrefs[lab]'
or open the folder in any other program that runs notebooks."""


class DeskError(Exception):
    """The notebooks could not be laid out or opened; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of the files, by name.

    Attributes:
        new: Written now.
        kept: Already there and different: changed by the user, or of another version.
        same: Already there, with the same content.
    """

    new: tuple[str, ...]
    kept: tuple[str, ...]
    same: tuple[str, ...]

    def __str__(self) -> str:
        words = [f"{len(self.new)} new"] if self.new else []
        words += [f"{len(self.same)} already there"] if self.same else []
        if self.kept:
            words.append(
                f"{len(self.kept)} kept as you have them ({', '.join(self.kept)}); "
                "rename one to get the original beside it"
            )
        return "notebooks and hand-out: " + ", ".join(words)


def course() -> dict[str, bytes]:
    """The course's notebooks by file name, as this version has them."""
    files = (one for one in _folder().iterdir() if one.name.endswith(".ipynb"))
    return {one.name: one.read_bytes() for one in sorted(files, key=lambda one: one.name)}


def handout() -> bytes:
    """The hand-out of the course: one page to print."""
    return _folder().joinpath(HANDOUT).read_bytes()


def _folder() -> Traversable:
    """In a checkout it is where people edit the notebooks; a wheel carries them in the package."""
    packaged = resources.files("sslrefs").joinpath("course")
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "notebooks"


def copy_course(folder: Path) -> Copied:
    """Copy the notebooks and the hand-out that are not yet in `folder`, which is made if need be.

    Raises:
        DeskError: The folder cannot be made or written to.
    """
    new: list[str] = []
    kept: list[str] = []
    same: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (course() | {HANDOUT: handout()}).items():
            path = folder / name
            if os.path.lexists(path):
                (same if _holds(path, content) else kept).append(name)
            else:
                _write(path, content)
                new.append(name)
    except OSError as error:
        message = (
            f"cannot write the notebooks to {folder}: {error.strerror or error}. "
            "Name a folder of your own with room in it: sslrefs lab FOLDER"
        )
        raise DeskError(message) from error
    return Copied(tuple(new), tuple(kept), tuple(same))


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file can be read and has exactly this content."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Write the whole file or leave none; never over one that appeared meanwhile."""
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            path.unlink()
            raise


def open_lab(folder: Path, arguments: Sequence[str] = ()) -> int:
    """Run JupyterLab on `folder`, the first lesson open, until the user ends it.

    Args:
        folder: The root that JupyterLab shows.
        arguments: Given on to JupyterLab, such as `--no-browser`.

    Returns:
        JupyterLab's exit status.

    Raises:
        DeskError: There is no JupyterLab.
    """
    if find_spec("jupyterlab") is None:
        raise DeskError(_NO_LAB)
    command = [sys.executable, "-m", "jupyterlab", *arguments, str(folder.resolve() / FIRST)]
    # JupyterLab's defaults for the course are in labconfig: players are saved with their
    # notebook, so that it shows them when it is opened again. The user's own settings win.
    places = [str(Path(__file__).parent), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    settings = os.pathsep.join(place for place in places if place)
    # Our own interpreter and a list of words: no shell is involved.
    with subprocess.Popen(  # noqa: S603
        command, env={**os.environ, "JUPYTER_CONFIG_PATH": settings}
    ) as lab:
        # Ctrl-C is JupyterLab's: it asks whether to stop.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return lab.wait()
        finally:
            signal.signal(signal.SIGINT, before)
