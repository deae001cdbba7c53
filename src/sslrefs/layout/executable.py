"""An engine that is a program: DOT on its standard input, SVG on its output."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sslrefs.layout.port import EngineError
from sslrefs.picture.scene import Scene

__all__ = ["Executable"]


@dataclass(frozen=True, slots=True)
class Executable:
    """A Graphviz program by its name.

    It is looked for on the path, then beside the interpreter: the path of a
    notebook's kernel often lacks the environment that the kernel runs in.
    """

    MISSING: ClassVar[str] = "is not installed"

    name: str
    timeout: float = 20.0

    def draw(self, dot: str, scene: Scene) -> str:  # noqa: ARG002 - the port gives both
        """The program's SVG for the DOT text."""
        program = self._program()
        try:
            # A list of two words, found by us: no shell, and the text is only input.
            done = subprocess.run(  # noqa: S603
                [program, "-Tsvg"],
                input=dot.encode(),
                capture_output=True,
                timeout=self.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            message = f"gave no drawing within {self.timeout:g} s"
            raise EngineError(message) from None
        except OSError as error:
            message = f"could not be started ({error.strerror or error})"
            raise EngineError(message) from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            message = f"failed with status {done.returncode}" + (
                f" ({said[0][:200]})" if said else ""
            )
            raise EngineError(message)
        return done.stdout.decode(errors="replace")

    def _program(self) -> str:
        """Where the program is."""
        found = shutil.which(self.name)
        if found:
            return found
        suffix = ".exe" if os.name == "nt" else ""
        beside = Path(sysconfig.get_path("scripts"), self.name + suffix)
        if not beside.is_file():
            raise EngineError(self.MISSING)
        return str(beside)
