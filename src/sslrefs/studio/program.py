"""A run as a complete C program: the text as it stands, and the scripted peer under it.

The text keeps its lines. What it asks of the world outside (a handshake, the
time) is given to the C files in `c/`, by macros and by the number of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from textwrap import wrap
from typing import NamedTuple

from sslrefs.cscript.chunks import Chunk, cut
from sslrefs.cscript.parser import Program, parse
from sslrefs.cscript.spans import span_of
from sslrefs.model.calls import CALLS
from sslrefs.studio.obstacles import called_names, obstacles, shared_names
from sslrefs.studio.run import Run
from sslrefs.trace.timeline import Called, Note

__all__ = ["CannotBeWrittenError", "c_program"]

_LABEL = "the text"
_BITS = {
    "fails": "SSLREFS_FAILS",
    "peer resumes": "SSLREFS_RESUMES",
    "peer closes": "SSLREFS_CLOSES",
    "peer breaks": "SSLREFS_BREAKS",
}
_ONCE = "SSLREFS_ONCE"
_TIMED = frozenset({"time", "sleep", "SSL_SESSION_set_time", "SSL_SESSION_get_time"})
_FLUSHES = ("SSL_CTX_flush_sessions", "SSL_CTX_flush_sessions_ex")
_MACRO = re.compile(r"^#define (\w+)\(", re.MULTILINE)
_VERSIONS = {0x303: "TLS1_2_VERSION", 0x304: "TLS1_3_VERSION"}


class CannotBeWrittenError(ValueError):
    """The text is no program of its own; `problems` says why, line by line."""

    def __init__(self, problems: list[Note]) -> None:
        lines = "\n".join(f"line {one.line}: {one.text}" for one in problems)
        super().__init__(
            f"this text cannot be written as a complete C program:\n{lines}\n"
            "(the format `snippet` writes the text as it stands)"
        )
        self.problems = problems


class _Block(NamedTuple):
    """Lines of the text that belong together: `line` is the number of the first."""

    line: int
    text: str
    is_for_main: bool


def c_program(run: Run, title: str = "program") -> str:
    """The run's text as a C program that compiles against libssl and carries its peer.

    Args:
        run: What to write.
        title: The name of the file without its ending.

    Raises:
        CannotBeWrittenError: Something in the text is not in it or cannot be said in C.
    """
    program = parse(run.source)
    problems = obstacles(run.timeline, program)
    if problems:
        raise CannotBeWrittenError(problems)
    blocks = _blocks(program)
    calls = called_names(program)
    has_peer = not calls.keys().isdisjoint(_MACRO.findall(_part("peer_head")))
    has_clock = not calls.keys().isdisjoint(_TIMED) or _flushes_at_a_time(run)
    parts = [_about(run, title, calls), _part("includes")]
    parts += [_part("peer_head")] if has_peer else []
    parts += [_part("clock_head")] if has_clock else []
    parts += _text(program, blocks, has_peer=has_peer, has_clock=has_clock)
    beneath = [_settings(run, program)] if has_peer or has_clock else []
    beneath += [_part("peer")] if has_peer else []
    beneath += [_part("clock")] if has_clock else []
    if beneath:
        above = "\n".join(parts)
        parts.append(f'\n#line {above.count(chr(10)) + 4} "{_safe(title)}.c"')
    return "\n".join([*parts, *beneath])


def _flushes_at_a_time(run: Run) -> bool:
    """Whether a flush names a time of the model; 0 is none, it means all."""
    return any(
        isinstance(event, Called) and event.name in _FLUSHES and event.arguments[1] != 0
        for step in run.timeline.steps
        for event in step.events
    )


def _part(name: str) -> str:
    return resources.files("sslrefs.studio").joinpath("c", f"{name}.c").read_text(encoding="utf-8")


def _safe(title: str) -> str:
    return re.sub(r"[^\w.-]+", "_", title) or "program"


def _about(run: Run, title: str, calls: dict[str, int]) -> str:
    """The comment at the head: how to compile it, and what is known of the run."""
    name = _safe(title)
    lines = [
        f"{name}.c: a text of sslrefs as a complete program.",
        "",
        f"    cc -g {name}.c -o {name} -lssl -lcrypto && ./{name}",
        "",
        "The text stands first, as it was written; its lines keep their numbers in the",
        "messages of compilers and of valgrind. Under it is the other side of its connections.",
        f"It was run on the model of {run.timeline.before.library.name}.",
    ]
    newer = [f"{name} ({CALLS[name].since})" for name in calls if name in _newer()]
    lines += [f"Not in every version: {', '.join(newer)}."] if newer else []
    lines += ["", "sslrefs finds nothing wrong in it." if not run.findings else "sslrefs finds:"]
    for finding in run.findings:
        told = f"{finding.kind}: {finding.message}"
        lines += wrap(told, 90, initial_indent="  ", subsequent_indent="    ")
    body = "\n".join(f" * {line}".rstrip() for line in lines).replace("*/", "* /")
    return f"/*\n{body}\n */"


def _newer() -> frozenset[str]:
    return frozenset(name for name, row in CALLS.items() if row.since)


def _blocks(program: Program) -> list[_Block]:
    """The text in pieces for the file and pieces for main, in order, nothing left out."""
    chunks = cut(program.tokens)
    shared = {(node.coord.line, node.coord.column or 1) for node in shared_names(program).values()}
    blocks: list[_Block] = []
    position, line = 0, 1
    for index, chunk in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        end = _end(program.source, chunk, following)
        text = program.source[position:end]
        places = {(token.line, token.column) for token in chunk.tokens}
        is_for_main = (
            chunk.kind == "statement" and not program.has_main and shared.isdisjoint(places)
        )
        if blocks and blocks[-1].is_for_main == is_for_main:
            blocks[-1] = blocks[-1]._replace(text=blocks[-1].text + text)
        else:
            blocks.append(_Block(line, text, is_for_main))
        position, line = end, line + text.count("\n")
    return blocks


def _end(source: str, chunk: Chunk, following: Chunk | None) -> int:
    """Where a piece ends: with its line, unless the next piece begins there too."""
    if following is None:
        return len(source)
    last = max(token.end for token in chunk.tokens)
    line_end = source.find("\n", last)
    first = following.tokens[0].start
    return line_end + 1 if 0 <= line_end < first else first


def _text(
    program: Program, blocks: list[_Block], *, has_peer: bool, has_clock: bool
) -> Iterator[str]:
    """The text: what belongs to the file, then main with the statements."""
    begin = ["    OPENSSL_init_ssl(0, NULL);"]
    begin += ["    atexit(sslrefs_leave);"] if has_peer else []
    begin += ["    sslrefs_clock_start();"] if has_clock else []
    yield "\n/* ---- The text ---- */"
    if program.has_main:
        yield "#define main sslrefs_text\n" + "\n".join(_numbered(b) for b in blocks)
        takes_arguments = bool(program.parameters)
        parameters = "int argc, char **argv" if takes_arguments else "void"
        call = "sslrefs_text(argc, argv)" if takes_arguments else "sslrefs_text()"
        yield f"\n#undef main\n\nint main({parameters})\n{{"
        yield "\n".join([*begin, f"    return {call};", "}"])
        return
    yield from (_numbered(block) for block in blocks if not block.is_for_main)
    yield "\nint main(void)\n{\n" + "\n".join(begin)
    yield from (_numbered(block) for block in blocks if block.is_for_main)
    yield "    return 0;\n}"


def _numbered(block: _Block) -> str:
    """Lines of the text under their own numbers; those of main are moved in."""
    lead = "    " if block.is_for_main else ""
    lines = block.text.rstrip("\n").split("\n")
    moved = (line if not line or line.startswith("#") else lead + line for line in lines)
    return "\n".join([f'#line {block.line} "{_LABEL}"', *moved])


def _settings(run: Run, program: Program) -> str:
    """What the directions say of the peer, and of single lines."""
    peer = run.timeline.before.peer
    rows = [
        f"    if (line >= {first} && line <= {last})\n        return {' | '.join(bits)};"
        for first, last, bits in _directed(run, program)
    ]
    body = "\n".join(rows) if rows else "    (void)line; /* no line has a direction */"
    return f"""\
/* ---- What the directions of the text say ---- */

#define SSLREFS_MAX_VERSION {_VERSIONS[peer.max_version]}
#define SSLREFS_GIVES_TICKETS {int(peer.gives_tickets)}
#define SSLREFS_REFUSES {int(peer.refuses)}

int sslrefs_is_hidden; /* what is born now is the peer's, and no sleep() makes it older */

int sslrefs_at(int line)
{{
{body}
    return 0;
}}
"""


def _directed(run: Run, program: Program) -> Iterator[tuple[int, int, list[str]]]:
    """The lines of statements that have directions, with the names of these."""
    for last, words in sorted(program.directions.lines.items()):
        tokens = [token for token in program.tokens if token.line == last]
        spans = [span_of(program.tokens, program.source, last, token.column) for token in tokens]
        first = min((span.line for span in spans if span.end_line == last), default=last)
        yield first, last, [_BITS[word] for word in words]
    said = {
        (step.line, step.end_line)
        for step in run.timeline.steps
        for event in step.events
        if isinstance(event, Called) and event.name in ("SSL_read", "SSL_read_ex")
        if "peer closes" in event.directions and step.end_line not in program.directions.lines
    }
    for first, last in sorted(said):
        yield first, last, [_ONCE]
