"""A run as the one message a player reads: picture, patches, ledger rows, words."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.library import LIBRARIES
from sslrefs.model.objects import ObjectId
from sslrefs.model.outcome import CountChanged, Created, Destroyed
from sslrefs.picture.scene import Look, Scene
from sslrefs.picture.staging import node_id
from sslrefs.picture.table import Row
from sslrefs.studio.data import SCHEMA, finding_data
from sslrefs.studio.inside import calls_used, events_of
from sslrefs.studio.run import Run
from sslrefs.trace.timeline import Step

__all__ = ["Scribe", "error_payload", "packed", "payload_of"]

Plain = dict[str, object]


def packed(payload: Mapping[str, object], *, least: int = 0, level: int = 9) -> bytes:
    """A payload as it travels and is saved in notebooks: deflated JSON.

    With fewer bytes than `least` it stays JSON, which a browser reads at once.
    `level` is zlib's: from 1, which is done soonest, to 9, which is shortest.
    """
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = text.encode()
    return data if len(data) < least else zlib.compress(data, level)


class Scribe:
    """Writes the steps of a run, and takes what it wrote for those that are told the same again."""

    def __init__(self) -> None:
        self._objects: list[ObjectId] = []
        self._known: list[tuple[tuple[Step, str, list[Row], str], Plain]] = []

    def steps(self, run: Run, objects: list[ObjectId]) -> list[Plain]:
        """All steps of a run whose objects are numbered so."""
        if self._objects != objects[: len(self._objects)]:
            self._known = []  # other numbers
        index = {which: number for number, which in enumerate(objects)}
        before, self._known, self._objects = self._known, [], objects
        wrong = Counter(finding.wrong_step for finding in run.findings)
        shows = Counter(finding.shows_step for finding in run.findings)
        for at, step in enumerate(run.timeline.steps):
            marks = _marks(step, is_wrong=bool(wrong[at]), is_shown=bool(shows[at]))
            told = (step, run.says[at], run.rows[at], marks)
            known = before[at] if at < len(before) else None
            is_known = known is not None and known[0][0] is step and known[0][1:] == told[1:]
            self._known.append(known if known and is_known else (told, _step(*told, index)))
        return [written for _, written in self._known]


def payload_of(run: Run, scribe: Scribe | None = None) -> Plain:
    """Everything the player needs for a run; a `scribe` knows what it wrote of the run before."""
    timeline = run.timeline
    # In the order in which they came: a new one has its row below the others and moves none.
    objects = sorted(timeline.objects(), key=lambda which: run.ledger.births[which])
    index = {which: number for number, which in enumerate(objects)}
    words: dict[str, int] = {}
    notes = [{"line": note.line, "text": note.text} for note in timeline.notes]
    if run.drawn.note:
        notes.append({"line": 0, "text": run.drawn.note})
    return {
        "schema": SCHEMA,
        "library": timeline.library,
        "libraries": list(LIBRARIES),
        "title": "",
        "source": timeline.source.rstrip("\n").split("\n"),
        "svg": run.drawn.svg,
        "items": [n.id for n in run.scene.nodes] + [e.id for e in run.scene.edges],
        "moments": _moments(run.scene, words),
        "words": list(words),
        "steps": (scribe or Scribe()).steps(run, objects),
        "objects": [str(which) for which in objects],
        "folds": _folds(run, objects),
        "boxes": run.folded.boxes,
        "log": _log(run, index),
        "calls": calls_used(timeline),
        "findings": [finding_data(finding) for finding in run.findings],
        "notes": notes,
        "cut": timeline.cut,
        "empty": None if timeline.steps else "This text has no statement to run.",
        "error": None,
    }


def _folds(run: Run, objects: list[ObjectId]) -> list[list[object]]:
    """For each box that stands for several objects: its item, and their numbers."""
    at = {node.id: item for item, node in enumerate(run.scene.nodes)}
    members: dict[int, list[int]] = {}
    for number, which in enumerate(objects):
        home = run.folded.homes.get(node_id(which))
        if home is not None:
            members.setdefault(at[home], []).append(number)
    return [[item, numbers] for item, numbers in members.items()]


def _moments(scene: Scene, words: dict[str, int]) -> list[Plain]:
    def change(item: int, look: Look) -> list[object]:
        word = words.setdefault(look.words, len(words))
        return [item, word, look.text] if look.text else [item, word]

    return [
        {"c": [change(item, look) for item, look in moment.changes], "h": list(moment.hot)}
        for moment in scene.moments
    ]


def _step(
    step: Step, sentence: str, rows: list[Row], marks: str, index: dict[ObjectId, int]
) -> Plain:
    return {
        "line": step.line,
        "end": step.end_line,
        "depth": step.depth,
        "function": step.function,
        "text": step.text,
        "says": sentence,
        "undefined": step.undefined,
        "marks": marks,
        "calls": list(step.calls),
        "events": events_of(step, index),
        "rows": [[index[row.target], *row[1:]] for row in rows],
    }


def _log(run: Run, index: dict[ObjectId, int]) -> list[list[object]]:
    """Who came (1) and who went (-1): object, step, sign, holder, in the order of the steps."""
    return [
        [index[target], step, sign, label]
        for step, entries in sorted(run.ledger.entries_by_step().items())
        for target, sign, label in entries
    ]


def _marks(step: Step, *, is_wrong: bool, is_shown: bool) -> str:
    """c: a count changed; d: something died; w: wrong here; s: shows here."""
    marks = ""
    if any(isinstance(event, CountChanged | Created) for event in step.events):
        marks += "c"
    if any(isinstance(event, Destroyed) for event in step.events):
        marks += "d"
    if is_wrong:
        marks += "w"
    if is_shown:
        marks += "s"
    return marks


def error_payload(error: ScriptError, *, library: str = "") -> Plain:
    """What the player shows of a text that cannot be run: the text and what is wrong.

    `library` is the one that was asked for, "" if the text itself says which.
    """
    return {
        "schema": SCHEMA,
        "library": library,
        "libraries": list(LIBRARIES),
        "title": "",
        "source": error.source.rstrip("\n").split("\n"),
        "svg": "",
        "items": [],
        "words": [],
        "moments": [],
        "steps": [],
        "objects": [],
        "folds": [],
        "log": [],
        "calls": {},
        "findings": [],
        "notes": [],
        "cut": None,
        "empty": None,
        "error": {"message": str(error)},
    }
