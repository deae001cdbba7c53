"""The hand-out says of each call what the call table says."""

from __future__ import annotations

import re

from sslrefs.lessons.catalogue.start_here import CLEAN
from sslrefs.model.calls import CALLS
from tests.repo.test_repository import ROOT

COUNTED = ("ctx", "ssl", "session")


def columns() -> dict[str, set[str]]:
    """The calls in each column of the hand-out's table."""
    text = (ROOT / "notebooks" / "handout.html").read_text(encoding="utf-8")
    cells = re.findall(r'<td id="([\w-]+)">(.*?)</td>', text, re.DOTALL)
    return {name: set(re.findall(r"<code>(\w+)</code>", cell)) for name, cell in cells}


def used(use: str) -> set[str]:
    """The calls with a parameter of this use."""
    return {
        name
        for name, call in CALLS.items()
        if any(one.use == use and one.kind in COUNTED for one in call.parameters)
    }


def test_the_columns_are_those_of_the_call_table() -> None:
    own = {name for name, call in CALLS.items() if call.result == "own"}
    counting_up = {name for name in CALLS if name.endswith("up_ref")}
    lent = {name for name, call in CALLS.items() if call.result == "lent"}
    shown = columns()

    assert shown["own"] == {name for name in own if "BIO_new" not in name} | counting_up
    assert shown["lent"] == lent - {"SSL_set_SSL_CTX"}
    # What it takes is the session of the other connection, which is no parameter.
    assert shown["takes"] == used("takes") - counting_up | {"SSL_copy_session_id"}
    assert shown["gives-back"] == used("gives back")


def test_every_call_that_is_named_is_one_of_the_model() -> None:
    text = (ROOT / "notebooks" / "handout.html").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:SSL|d2i|PEM)_\w+", text)) - {"SSL_SESSION", "SSL_CTX"}

    assert named - set(CALLS) == set()


def test_a_sessions_life_is_the_ledger_of_the_first_lesson() -> None:
    text = (ROOT / "notebooks" / "handout.html").read_text(encoding="utf-8")
    rows = re.findall(r"<td><code>(.+?)</code></td><td>([^:<]+)", text)
    lines = CLEAN.text.splitlines()
    ledger = [
        (lines[tally.line - 1], str(tally))
        for tally in CLEAN.expects.tallies
        if tally.target == "session#1"
    ]

    assert rows == ledger
