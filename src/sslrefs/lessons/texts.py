"""Every C text of the course by the name that links and pages give it."""

from __future__ import annotations

from sslrefs.lessons import scenarios
from sslrefs.lessons.casebook import CASES

__all__ = ["texts"]


def texts() -> dict[str, str]:
    """The texts of the lessons, then the casebook's, each buggy and repaired.

    >>> [name for name in texts() if "handed_over" in name]
    ['casebook.handed_over', 'casebook.handed_over.repaired']
    """
    named = {name: scenario.text for name, scenario in scenarios().items()}
    for name, case in CASES.items():
        named[f"casebook.{name.lower()}"] = case.buggy
        named[f"casebook.{name.lower()}.repaired"] = case.fixed
    return named
