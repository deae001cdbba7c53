"""An excerpt made whole: below functions that nothing calls, lines that run them.

What a function leaves to the rest of its program is given back in more lines, so
that only what it does wrong itself is found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sslrefs.audit.books import listed
from sslrefs.audit.ledger import keep_ledger
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.excerpt import Added, added_to, uncalled
from sslrefs.cscript.interpreter import prepared
from sslrefs.cscript.mentions import freed_names
from sslrefs.cscript.parser import Program, parse
from sslrefs.model.library import Library
from sslrefs.model.objects import ObjectId
from sslrefs.trace.patience import without_collector
from sslrefs.trace.timeline import Assigned, Called, Note, Place, Timeline

__all__ = ["Whole", "whole"]

_FREES = {"session": "SSL_SESSION_free", "ssl": "SSL_free", "ctx": "SSL_CTX_free"}
_BACK = "/* What it leaves to the rest of the program is given back. */"
_AGAIN = "/* Once more: it meets what it left. */"
_LONGEST = 20_000
"""Characters of an excerpt: a longer text is a program, and reading it twice takes too long."""
_EXPRESSION = re.compile(r"(\w+)((\.|->)\w+|\[\d+\])*")


class Whole(NamedTuple):
    """A text that runs, and what is to be said of the lines that were added to it."""

    program: Program
    notes: tuple[Note, ...] = ()

    @property
    def source(self) -> str:
        """The text."""
        return self.program.source


@without_collector()
def whole(source: str, *, library: Library | None = None) -> Whole:
    """The text itself, or with a call below it if it only defines functions.

    Raises:
        ScriptError: The text cannot be read; it says where and why.

    Example:
        >>> print(whole("int f(SSL *ssl) { return SSL_up_ref(ssl); }").source.splitlines()[-1])
        SSL_CTX_free(ctx);
    """
    program = parse(source, library=library)
    source = program.source
    added = added_to(program) if len(source) <= _LONGEST else None
    if added is None:
        return Whole(program, tuple(_nothing_called(program)))
    them = "it" if len(added.callees) == 1 else "them"
    head = f"/* Added by sslrefs, to run {listed(added.callees)}: nothing here calls {them}. */"
    grown = "\n".join([source.rstrip(), "", head, *added.lines, ""])
    try:
        grown += "".join(f"{line}\n" for line in _given_back(grown, program, added, library))
        called = parse(grown, library=library)
    except ScriptError:
        return Whole(program)
    first = source.rstrip().count("\n") + 3
    of_text = (note for note in program.notes if not note.line)
    return Whole(called, (*of_text, *_notes(program, added, first)))


def _given_back(grown: str, program: Program, added: Added, library: Library | None) -> list[str]:
    """The lines that free what is left in variables that outlive the function, each once.

    A pointer without a reference that stays where no line frees it is met by a second call.
    """
    interpreter, notes = prepared(parse(grown, library=library), library=library)
    interpreter.start()
    timeline = interpreter.timeline(tuple(notes))
    if timeline.cut or not timeline.steps:
        return []
    ledger = keep_ledger(timeline)
    outlive = added.names | {
        str(getattr(node, "name", "")) for node in (*program.file_scope, *program.body)
    }
    left = {(place, target) for target, account in ledger.accounts.items()
            if target not in ledger.deaths and target not in ledger.hidden
            for hold in account.pool if (place := hold.place)}  # fmt: skip
    ours = {target for place, target in left if place in added.names}
    left |= {
        (place, target)
        for place, target in _to_be_freed(timeline, freed_names(program), added.names)
        if target not in ours
    }
    again = [_AGAIN, added.again] if added.again and _is_loose(timeline, left) else []
    lines: dict[str, list[str]] = {kind: [] for kind in _FREES}
    ways = interpreter.variables.ways(sorted(outlive))
    for place, target in sorted(left):
        way = ways.get(place, place)
        named = _EXPRESSION.fullmatch(way)
        if named and named[1] in outlive:
            lines[target.kind].append(f"{_FREES[target.kind]}({way});")
    found = [line for kind in _FREES for line in lines[kind]]
    return again + (found and [_BACK, *found])


def _is_loose(timeline: Timeline, left: set[tuple[Place, ObjectId]]) -> bool:
    """Whether memory of the rest has a pointer to an object without a reference."""
    spent = _spent(timeline)
    return any(
        isinstance(value, ObjectId) and place in timeline.beyond - spent
        and (place, value) not in left
        for place, value in timeline.steps[-1].variables.items()
    )  # fmt: skip


def _to_be_freed(
    timeline: Timeline, names: frozenset[str], arguments: set[str]
) -> set[tuple[Place, ObjectId]]:
    """What stands at the end in members and file-scope variables that the text frees somewhere.

    What was freed there already is not meant.
    """
    spent = _spent(timeline)
    return {
        (place, value)
        for place, value in timeline.steps[-1].variables.items()
        if isinstance(value, ObjectId) and place not in spent and place not in arguments
        and re.split(r"->|\.", place)[-1] in names
    }  # fmt: skip


def _spent(timeline: Timeline) -> set[Place]:
    """The places through which something was freed that they still point to."""
    spent: set[Place] = set()
    for step in timeline.steps:
        for event in step.events:
            if isinstance(event, Assigned):
                spent.discard(event.place)
            elif isinstance(event, Called) and event.name in _FREES.values():
                spent.update(place for place in event.places if place)
    return spent


def _notes(program: Program, added: Added, first: int) -> list[Note]:
    notes = []
    for name in uncalled(program):
        line = program.functions[name].coord.line
        if name in added.callees:
            text = f"nothing here calls {name}: the lines from {first} on were added to run it"
        else:
            text = f"nothing here calls {name}, so it did not run; write a line that calls it"
        notes.append(Note(line, text))
    return notes


def _nothing_called(program: Program) -> list[Note]:
    """What to say of functions that nothing can call."""
    if program.has_main or program.body or not program.functions:
        return []
    name, function = list(program.functions.items())[-1]
    return [Note(function.coord.line, f"nothing ran; write a line below that calls {name}")]
