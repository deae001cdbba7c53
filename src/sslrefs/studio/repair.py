"""A repair in one line, offered only if the repaired text was run and found clean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sslrefs.audit.findings import Finding, judge
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.model.library import Library
from sslrefs.studio.edit import Edit, EditError
from sslrefs.studio.run import Run
from sslrefs.trace.timeline import Timeline

__all__ = ["repair", "suggest"]

_FREE = {"ctx": "SSL_CTX_free", "ssl": "SSL_free", "session": "SSL_SESSION_free"}
_UP_REF = {"ctx": "SSL_CTX_up_ref", "ssl": "SSL_up_ref", "session": "SSL_SESSION_up_ref"}


def suggest(
    timeline: Timeline, findings: tuple[Finding, ...], *, library: Library | None = None
) -> Edit | None:
    """The first one-line repair that makes the whole run clean, or None.

    Only a run with one finding is repaired: one line cannot mend two bugs.
    """
    if len(findings) != 1:
        return None
    lines = timeline.source.split("\n")
    for edit in _candidates(lines, findings[0]):
        source = edit.applied(timeline.source)
        if source != timeline.source and _is_clean(source, library):
            return edit
    return None


def repair(run: Run, *, library: Library | None = None) -> Edit:
    """The one-line repair of a run.

    Raises:
        EditError: There is none; the message says why.
    """
    if len(run.findings) != 1:
        message = f"one line cannot repair this run: it has {len(run.findings)} findings"
        raise EditError(message)
    found = suggest(run.timeline, run.findings, library=library)
    if found is None:
        message = "no single line was found that makes this run clean"
        raise EditError(message)
    return found


def _is_clean(source: str, library: Library | None) -> bool:
    try:
        timeline = run_text(source, library=library)
    except ScriptError:
        return False
    return timeline.cut is None and not judge(timeline)


def _candidates(lines: list[str], finding: Finding) -> Iterator[Edit]:
    """Repairs worth trying, the plainest first: the suggestions of the kinds' table."""
    at, target = finding.at_line, finding.object
    if target is None:
        return
    free, up_ref = _FREE[target.kind], _UP_REF[target.kind]
    line = lines[at - 1]
    if finding.kind in ("borrowed_free", "over_release", "double_free"):
        yield Edit("delete", at)
    if finding.kind == "use_after_free":
        for getter in ("SSL_get_session", "SSL_get0_session"):
            if getter in line:
                taken = line.replace(getter, "SSL_get1_session")
                yield Edit("replace", at, taken)
    if "return 1;" in line:
        yield Edit("replace", at, line.replace("return 1;", "return 0;"))
    if "*copy = 0;" in line:
        yield Edit("replace", at, line.replace("*copy = 0;", "*copy = 1;"))
    if finding.kind in ("leak", "lost_pointer"):
        holder = _held_by(finding, line)
        if up_ref in line:
            yield Edit("delete", at)
        if finding.kind == "lost_pointer" and holder:
            yield Edit("insert after", at - 1, f"{_indent(line)}{free}({holder});")
        if finding.kind == "leak" and holder:
            end = max((i for i, text in enumerate(lines, 1) if text.strip()), default=at)
            for last in range(end, at - 1, -1):
                yield Edit("insert after", last, f"{_indent(line)}{free}({holder});")
    if finding.kind == "not_resumable":
        yield from _shutdown_first(lines, finding)


def _held_by(finding: Finding, line: str) -> str:
    """The variable that the finding's words name, or the one its line assigns."""
    named = re.search(r"(?:\bthe end|overwrites) ([\w>.-]+)", finding.message)
    if named:
        return named[1]
    assigned = re.search(r"(\w+)\s*=[^=]", line)
    return assigned[1] if assigned else ""


def _shutdown_first(lines: list[str], finding: Finding) -> Iterator[Edit]:
    line = lines[finding.at_line - 1]
    ssl = re.search(r"SSL_(?:free|clear|set_session)\((\w+)", line)
    if ssl:
        yield Edit("insert after", finding.at_line - 1, f"{_indent(line)}SSL_shutdown({ssl[1]});")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
