"""Two runs side by side, in step: what a player of both shows, and where they first differ."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from sslrefs.picture.table import Row
from sslrefs.studio.edit import Edit
from sslrefs.studio.face import Face
from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import Run
from sslrefs.trace.pairing import Beat, beats

__all__ = ["Beside", "Difference"]

_COLUMNS = ("count", "holders", "pointers", "state")


class Difference(NamedTuple):
    """The first beat after which the two disagree about an object, and how, in words."""

    beat: int
    says: str


class Beside:
    """Two runs in step.

    Attributes:
        left: The one run.
        right: The other.
        names: What they are called.
        edit: What was done to the text of the left to get the right, or None.

    Example:
        >>> from sslrefs.studio.run import run
        >>> new = "SSL_SESSION *s = SSL_SESSION_new();"
        >>> both = Beside(run(new), run(new + "SSL_SESSION_free(s);"))
        >>> both.says.split(";")[0]
        'The first difference is after step 1 | step 2: session#1: count 1 | 0'
    """

    def __init__(
        self,
        left: Run,
        right: Run,
        *,
        names: tuple[str, str] = ("left", "right"),
        edit: Edit | None = None,
    ) -> None:
        self.left, self.right, self.names, self.edit = left, right, names, edit

    @cached_property
    def beats(self) -> list[Beat]:
        """The positions of both, moment by moment."""
        return beats(self.left.timeline, self.right.timeline)

    @cached_property
    def difference(self) -> Difference | None:
        """Where the two first disagree about an object; None if they never do."""
        known: tuple[dict[str, Row], dict[str, Row]] = ({}, {})
        here = self.beats[0]
        for number, there in enumerate(self.beats):
            touched: dict[str, None] = {}
            for rows, run, before, after in zip(
                known, (self.left, self.right), here, there, strict=True
            ):
                for row in run.rows[before:after][-1] if after > before else ():
                    rows[str(row.target)] = row
                    touched[str(row.target)] = None
            for name in touched:
                says = _difference(known[0].get(name), known[1].get(name))
                if says:
                    return Difference(number, f"{name}: {says}")
            here = there
        return None

    def payload(self) -> dict[str, object]:
        """What the player reads: the left run, with the right one beside it."""
        difference = self.difference
        beside = {
            "names": list(self.names),
            "right": payload_of(self.right),
            "beats": [list(beat) for beat in self.beats],
            "first": difference.beat if difference else None,
            "differs": difference.says if difference else "",
            "lines": [list(lines) for lines in self._own_lines()],
            "edit": self.edit._asdict() if self.edit else None,
        }
        return payload_of(self.left) | {"beside": beside}

    def face(self) -> Face:
        """What a player is given to show."""
        return Face(self.payload(), str(self), self.left.svg())

    def _own_lines(self) -> tuple[list[int], list[int]]:
        """The numbers of the lines that only one of the two texts has."""
        left, right = (run.source.split("\n") for run in (self.left, self.right))
        own: tuple[list[int], list[int]] = ([], [])
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        for word, i1, i2, j1, j2 in matcher.get_opcodes():
            if word != "equal":
                own[0].extend(range(i1 + 1, i2 + 1))
                own[1].extend(range(j1 + 1, j2 + 1))
        return own

    def __str__(self) -> str:
        """Both runs as text, one after the other, and where they first differ."""
        parts = [
            f"=== {name}\n{run}"
            for name, run in zip(self.names, (self.left, self.right), strict=True)
        ]
        return "\n".join([*parts, f"=== {self.says}"])

    @property
    def says(self) -> str:
        """Where the two first differ, in a sentence."""
        if self.difference is None:
            return "The two never disagree about an object."
        at = self.beats[self.difference.beat]
        places = f"step {at.left} | step {at.right}"
        return f"The first difference is after {places}: {self.difference.says}."


def _difference(left: Row | None, right: Row | None) -> str:
    """What two rows of one object disagree about, "" if nothing."""
    if left is None or right is None:
        return f"{_there(left)} | {_there(right)}"
    parts = [
        f"{column} {a or 'none'} | {b or 'none'}"
        for column, a, b in zip(_COLUMNS, _settled(left), _settled(right), strict=True)
        if a != b
    ]
    return "; ".join(parts)


def _there(row: Row | None) -> str:
    return "not made" if row is None else f"made, count {_settled(row)[0]}"


def _settled(row: Row) -> tuple[str, ...]:
    """A row without the way its count came."""
    return (row.count.rpartition("→")[2].strip(), *row[2:])
