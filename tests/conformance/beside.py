"""Runs every conformance text and every text of the course on one libssl, in a process of its own.

`python -m tests.conformance.beside [PATH]` prints the library, then a line of
JSON per text. A crash loses only what comes after it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.parser import parse
from sslrefs.lessons import scenarios
from sslrefs.lessons.casebook import CASES
from sslrefs.lessons.catalogue.walks import WALKS
from sslrefs.lessons.challenges import CHALLENGES
from sslrefs.lessons.challenges.challenge import Written
from sslrefs.lessons.inventory import ITEMS
from sslrefs.oracle.compare import library_asked_for
from sslrefs.oracle.library import Libssl, NotInThisLibraryError, load
from sslrefs.oracle.profile import profile_of
from sslrefs.oracle.replay import replay
from sslrefs.oracle.values import CannotBeReplayedError
from sslrefs.studio.schedules import explored

__all__ = ["texts"]

HERE = Path(__file__).parent
_DOOMED_LIMIT = 0.2  # seconds; most of what does not return in this time never will


def texts() -> dict[str, str]:
    """All C texts of the project's proof and of its lessons, by name."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in HERE.glob("texts/*.c")}
    for path in HERE.glob("vectors/*.json"):
        found[path.stem] = json.loads(path.read_text(encoding="utf-8"))["text"]
    for path in HERE.glob("cases/*.json"):
        case = json.loads(path.read_text(encoding="utf-8"))
        found[f"{path.stem}, buggy"] = "\n".join(case["buggy"])
        found[f"{path.stem}, mended"] = "\n".join(case["fixed"])
    return dict(sorted((found | _course()).items()))


def _course() -> dict[str, str]:
    """The C texts of lessons, casebook, inventory, challenges and walks, by name."""
    found = {f"lesson {name}": scenario.text for name, scenario in scenarios().items()}
    for name, case in CASES.items():
        found |= {f"casebook {name}, buggy": case.buggy, f"casebook {name}, fixed": case.fixed}
    found |= {f"inventory {item.name}": item.text for item in ITEMS if item.text}
    for challenge in CHALLENGES:
        found[f"challenge {challenge.name}, start"] = challenge.start
        if isinstance(challenge.goal, Written):
            found[f"challenge {challenge.name}, solution"] = challenge.goal.solution
    return found | {f"walk {name}": walk.text for name, walk in WALKS.items()}


def _run(name: str, text: str, library: Libssl) -> dict[str, Any]:
    """What came of one text: the lines that were compared, and what was wrong."""
    profile = profile_of(library.version)
    lines: list[int] = []
    wrong: list[str] = []
    undefined: int | None = None
    try:
        timeline = explored(parse(text, library=profile), library=profile)
        for step in replay(timeline, library, doomed_limit=_DOOMED_LIMIT):
            line = timeline.steps[step.step].line
            wrong += [f"line {line}: {one}" for one in step.differences]
            if step.seen is None:
                lines.append(line)
            else:
                undefined = line
    except (CannotBeReplayedError, NotInThisLibraryError, ScriptError) as error:
        return {"text": name, "not_run": str(error)}
    whole = undefined is not None or len(lines) == len(timeline.steps)
    return {"text": name, "lines": lines, "wrong": wrong, "undefined": undefined, "whole": whole}


def _main(path: str | None) -> None:
    library = load(path)
    has_flush_ex = library.has("SSL_CTX_flush_sessions_ex")
    print(json.dumps({"library": library.version, "has_flush_ex": has_flush_ex}), flush=True)
    profile = profile_of(library.version)
    for name, text in texts().items():
        asked = library_asked_for(text)
        if asked is None or asked == profile.name:
            print(json.dumps(_run(name, text, library)), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1] if len(sys.argv) > 1 else None)
