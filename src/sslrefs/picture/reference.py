"""The call table as pages for people: text for the terminal, Markdown for the documentation."""

from __future__ import annotations

from collections.abc import Iterable

from sslrefs.model.calls import CALLS, Call
from sslrefs.model.calls.evidence import EVIDENCE
from sslrefs.model.library import LIBRARIES

__all__ = ["call_data", "calls_markdown", "calls_text"]

_GIVES = {
    "own": "an object that is yours to free",
    "lent": "an object that is only lent",
    "number": "a number",
    "pointer": "a pointer",
    "nothing": "nothing",
}


_LEGEND = (
    "Made by `sslrefs calls --format markdown`; do not edit. An argument that is *borrowed* "
    "is used and not counted; a call that *takes* counts a reference of its own and leaves "
    "yours to you; after *gives back* your reference is gone.\n"
)


def _names(row: Call, use: str) -> str:
    return ", ".join(p.name for p in row.parameters if p.use == use and p.kind in _COUNTED)


_COUNTED = ("ctx", "ssl", "session")


def _lacking(row: Call) -> list[str]:
    return [name for name, library in LIBRARIES.items() if row.name in library.lacks]


def call_data(row: Call) -> dict[str, object]:
    """One row as plain data."""
    return {
        "name": row.name,
        "signature": row.signature,
        "says": row.says,
        "borrows": _names(row, "borrows"),
        "takes": _names(row, "takes"),
        "gives_back": _names(row, "gives back"),
        "gives": _GIVES[row.result],
        "cache": row.cache,
        "manual": row.manual,
        "evidence": list(EVIDENCE.get(row.name, ())),
        "since": row.since,
        "not_in": _lacking(row),
    }


def _facts(row: Call) -> Iterable[tuple[str, str]]:
    """The lines of a row that say something."""
    data = call_data(row)
    lines = (
        ("borrows", data["borrows"]),
        ("takes a reference to", data["takes"]),
        ("gives back", data["gives_back"]),
        ("returns", data["gives"]),
        ("cache", data["cache"]),
        ("since", data["since"]),
        ("not in", ", ".join(_lacking(row))),
        ("proved by", ", ".join(EVIDENCE.get(row.name, ()))),
        ("manual", data["manual"]),
    )
    return [(label, str(text)) for label, text in lines if text]


def calls_text(rows: Iterable[Call] = tuple(CALLS.values())) -> str:
    """The rows for a terminal."""
    blocks = []
    for row in rows:
        facts = "\n".join(f"    {label}: {text}" for label, text in _facts(row))
        blocks.append(f"{row.signature}\n    {row.says}\n{facts}")
    return "\n\n".join(blocks)


def calls_markdown() -> str:
    """The reference page: one section per manual page, in the order of the table."""
    by_manual: dict[str, list[Call]] = {}
    for row in CALLS.values():
        by_manual.setdefault(row.manual, []).append(row)
    parts = [
        "# The calls that are modelled\n",
        _LEGEND,
    ]
    for manual, rows in by_manual.items():
        parts.append(f"## {manual}\n")
        for row in rows:
            facts = "\n".join(f"- {label}: {text}" for label, text in _facts(row))
            parts.append(f"### `{row.signature}`\n\n{row.says}\n\n{facts}\n")
    return "\n".join(parts)
