"""A patch makes the new payload of the old one, and is small when little changed."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.lessons import scenarios
from sslrefs.studio.growth import EMPTY, growing_payload, patch
from sslrefs.studio.openrun import OpenRun
from sslrefs.studio.payload import Scribe, packed, payload_of
from sslrefs.studio.workbench import Refused, Workbench

LESSONS = sorted(scenarios())


def patched(old: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """What the player makes of a patch, written anew here."""
    value = {**deepcopy(old), **change["set"]}
    for key, pieces in change["splice"].items():
        for start, gone, come in reversed(pieces):
            value[key][start : start + gone] = come
    return value


def travelled(value: object) -> Any:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("name", LESSONS[::4])
def test_patches_lead_from_one_payload_to_the_next_and_back(name: str) -> None:
    bench, scribe = Workbench(), Scribe()
    shown = travelled(growing_payload(bench.run, scribe))

    def follow() -> None:
        nonlocal shown
        shown = patched(shown, travelled(patch(shown, growing_payload(bench.run, scribe))))
        assert shown == travelled(growing_payload(OpenRun(bench.branch.now)))

    waiting = ""
    for line in scenarios()[name].text.strip().split("\n"):
        waiting += f"{line}\n"
        with suppress(ScriptError, Refused):  # a block that is not complete yet
            bench.add(waiting)
            waiting = ""
            follow()
    assert waiting == ""
    for do in (bench.undo, bench.undo, bench.redo, bench.clear):
        do()
        follow()


def test_a_call_that_only_counts_sends_no_drawing() -> None:
    bench = Workbench("SSL_SESSION *s = SSL_SESSION_new();")
    before = growing_payload(bench.run)
    bench.add("SSL_SESSION_up_ref(s);")
    bench.add("SSL_SESSION_up_ref(s);")
    before = growing_payload(bench.run)

    bench.add("SSL_SESSION_free(s);")
    change: Any = patch(before, growing_payload(bench.run))

    assert "svg" not in change["splice"]
    assert {start: len(come) for start, _gone, come in change["splice"]["steps"]} == {3: 1}


def test_the_pieces_of_a_drawing_are_the_drawing() -> None:
    bench = Workbench(scenarios()["start_here.count"].text)
    payload: Any = growing_payload(bench.run)

    assert "".join(payload["svg"]) == payload_of(bench.run)["svg"]
    assert len(payload["svg"]) == len(payload["items"]) + 1


def test_an_empty_text_says_how_to_begin() -> None:
    assert growing_payload(Workbench().run)["empty"] == EMPTY


def test_a_short_patch_travels_as_it_is_and_a_long_one_deflated() -> None:
    short, long = {"set": {"a": 1}}, {"set": {"a": "x" * 2000}}

    assert json.loads(packed(short, least=1500)) == short
    assert json.loads(zlib.decompress(packed(long, least=1500))) == long
    assert json.loads(zlib.decompress(packed(short))) == short
