"""Directions: comments that say what C cannot, such as how the peer behaves.

`/* sslrefs: peer TLS 1.2 */` at the head of a text, `/* sslrefs: fails */` at
the end of a line. The text stays valid C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from sslrefs.cscript.diagnostics import Problem, nearest
from sslrefs.cscript.tokens import Comment, Tokens
from sslrefs.model.library import LIBRARIES, OPENSSL_3, Library, library_named
from sslrefs.model.world import Peer

__all__ = ["Assumption", "Directions", "read_directions"]

_SCHEDULE = re.compile(r"schedule(?P<threads>( [1-9][0-9]?)+)")
_ASSUMPTION = re.compile(r"assume (?P<name>\w+) (?P<does>frees|counts) (?P<argument>[1-9])")
LINE_DIRECTIONS = ("fails", "peer resumes", "peer closes", "peer breaks")
_VERSIONS = {"1.2": 0x303, "1.3": 0x304}
HEAD_DIRECTIONS = (
    "library NAME",
    "peer TLS 1.2",
    "peer TLS 1.3",
    "peer without tickets",
    "peer refuses resumption",
    "schedule 1 2 1",
    "assume FUNCTION frees 1",
    "assume FUNCTION counts 1",
)


class Assumption(NamedTuple):
    """What the text says of an unknown function: it "frees" or "counts" an argument (from 1)."""

    does: str
    argument: int


@dataclass(frozen=True, slots=True)
class Directions:
    """What the directions of a text say; `lines` has those of single lines.

    `assumptions` are about functions the model does not know, by name. `schedule` has the
    number of the thread that takes each turn.
    """

    library: Library
    peer: Peer
    lines: dict[int, tuple[str, ...]]
    assumptions: dict[str, tuple[Assumption, ...]]
    names_library: bool = False
    schedule: tuple[int, ...] = ()


def read_directions(tokens: Tokens) -> tuple[Directions, list[Problem]]:
    """The directions of a text, and what is wrong with them."""
    library, peer = OPENSSL_3, Peer()
    lines: dict[int, tuple[str, ...]] = {}
    assumptions: dict[str, tuple[Assumption, ...]] = {}
    names_library = False
    schedule: tuple[int, ...] = ()
    problems: list[Problem] = []
    first_code = tokens.tokens[0].line if tokens.tokens else 1 << 60
    for comment in tokens.comments:
        if not comment.text.startswith("sslrefs:"):
            continue
        words = " ".join(comment.text.removeprefix("sslrefs:").split())
        assumed = _ASSUMPTION.fullmatch(words)
        if assumed:
            known = assumptions.get(assumed["name"], ())
            said = Assumption(assumed["does"], int(assumed["argument"]))
            assumptions[assumed["name"]] = (*known, said)
            continue
        if words in LINE_DIRECTIONS:
            lines[comment.line] = (*lines.get(comment.line, ()), words)
            continue
        is_head = comment.line < first_code or (
            comment.line == first_code and comment.column < tokens.tokens[0].column
        )
        ordered = _SCHEDULE.fullmatch(words)
        found = (library, peer) if ordered else _head(words, library, peer)
        if found is None:
            problems.append(_unknown(comment, words))
        elif not is_head:
            problems.append(_misplaced(comment, words))
        elif ordered:
            schedule = tuple(map(int, ordered["threads"].split()))
        else:
            library, peer = found
            names_library |= words.startswith("library ")
    return Directions(library, peer, lines, assumptions, names_library, schedule), problems


def _head(words: str, library: Library, peer: Peer) -> tuple[Library, Peer] | None:
    """The library and the peer after a head direction; None if it is not one."""
    if words.startswith("library "):
        named = library_named(words.removeprefix("library "))
        return None if named is None else (named, peer)
    if words.startswith("peer TLS "):
        version = _VERSIONS.get(words.removeprefix("peer TLS "))
        return None if version is None else (library, peer._replace(max_version=version))
    if words == "peer without tickets":
        return library, peer._replace(gives_tickets=False)
    if words == "peer refuses resumption":
        return library, peer._replace(refuses=True)
    return None


def _width(comment: Comment) -> int:
    return len(comment.text) + 4


def _unknown(comment: Comment, words: str) -> Problem:
    if words.startswith("library "):
        known = ", ".join(LIBRARIES)
        message = f"no library is called {words.removeprefix('library ')!r}"
        return Problem(
            comment.line, comment.column, _width(comment), message, f"known libraries: {known}"
        )
    known = ", ".join((*HEAD_DIRECTIONS, *LINE_DIRECTIONS))
    close = nearest(words, (*HEAD_DIRECTIONS, *LINE_DIRECTIONS))
    hint = f"known directions: {known}"
    if close:
        hint = f"did you mean `sslrefs: {close}`? {hint}"
    return Problem(
        comment.line, comment.column, _width(comment), f"unknown direction {words!r}", hint
    )


def _misplaced(comment: Comment, words: str) -> Problem:
    return Problem(
        comment.line,
        comment.column,
        _width(comment),
        f"the direction {words!r} is for the whole text",
        "move it to the head of the text, before the first line of code",
    )
