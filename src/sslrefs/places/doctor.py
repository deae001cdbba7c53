"""What of the product is usable on this machine, and how to get what is not.

Looks only; nothing is installed or changed.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib import metadata

from sslrefs.model.library import LIBRARIES
from sslrefs.oracle.library import Libssl, LibsslNotFoundError, load
from sslrefs.oracle.profile import profile_of
from sslrefs.places.desk import course
from sslrefs.studio.run import run

__all__ = ["Part", "examine", "report"]

_SMALL = "SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\nSSL_CTX_free(ctx);\n"
_LAB = "pip install 'sslrefs[lab]'"
_PACKAGES = (
    ("jupyterlab", "opens the notebooks", _LAB),
    ("ipywidgets", "shows the questions and the sandbox", _LAB),
    ("anywidget", "shows the player in a notebook", _LAB),
    ("resvg-py", "exports PNG pictures", "pip install 'sslrefs[png]'"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing the product can use.

    Attributes:
        name: What it is.
        found: What is here, "" if nothing usable is.
        use: What it is good for.
        advice: How to get it or a better one, "" if there is nothing to do.
    """

    name: str
    found: str
    use: str
    advice: str = ""


def examine() -> tuple[Part, ...]:
    """Every part, looked at now."""
    drawn = run(_SMALL).drawn
    lessons = len(course())
    return (
        Part("sslrefs", _version("sslrefs"), "runs, exports and explains C texts"),
        Part("Python", f"{platform.python_version()} on {platform.platform()}", "runs sslrefs"),
        Part("layout engine", drawn.engine, "leads the arrows of the picture", drawn.note),
        _libssl(),
        *(_package(*row) for row in _PACKAGES),
        Part("notebooks", f"{lessons} in this installation", "the course; `sslrefs lab` opens it"),
    )


def report(parts: tuple[Part, ...]) -> str:
    """The parts as lines to read.

    >>> print(report((Part("anywidget", "", "shows the player", "pip install anywidget"),)))
    missing  anywidget      shows the player
                            pip install anywidget
    """
    lines: list[str] = []
    for part in parts:
        state, words = ("here", part.found) if part.found else ("missing", part.use)
        lines.append(f"{state:<8} {part.name:<14} {words}")
        if part.advice:
            lines.append(f"{'':<23} {part.advice}")
    return "\n".join(lines)


def _version(name: str) -> str:
    """The installed version of a package, "" if there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _package(name: str, use: str, how: str) -> Part:
    """A package, and whether it is as new as the product asks for."""
    version = _version(name)
    least = _least(name)
    if not version:
        return Part(name, "", use, how)
    if _numbers(version) < _numbers(least):
        return Part(name, "", use, f"{version} is too old, {least} is needed: {how}")
    return Part(name, version, use)


def _least(name: str) -> str:
    """The lower bound that the product's own metadata gives for a package."""
    for line in metadata.requires("sslrefs") or ():
        found = re.match(rf"{re.escape(name)}>=([\d.]+)", line)
        if found:
            return found[1]
    return "0"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _libssl() -> Part:
    use = "`sslrefs check` compares a run with it"
    try:
        library: Libssl = load()
    except LibsslNotFoundError as missing:
        return Part("libssl", "", use, str(missing))
    profile = profile_of(library.version)
    known = f"modelled as {profile.name}" if profile.name in LIBRARIES else ""
    return Part("libssl", f"{library.version} ({library.path}), {known}", use)
