"""Forks and comparisons in a notebook: what the player is given, and what a mistake looks like."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

import sslrefs
from sslrefs.widgets.player import Player

ONE = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\nSSL_SESSION_free(s);"
CLEAN = ONE.rpartition("\n")[0]


def payload(player: Player) -> dict[str, Any]:
    """What the front end reads."""
    read: dict[str, Any] = json.loads(zlib.decompress(player.payload))
    return read


def test_a_changed_line_stands_beside_the_run_and_goes_again() -> None:
    shown = sslrefs.run(ONE)
    player = shown.player
    before = player.payload

    player.set_state({"edit": {"action": "delete", "line": 3, "code": ""}})

    assert payload(player)["beside"]["names"] == ["as it is", "delete line 3"]
    assert shown.fork is not None
    assert shown.fork.findings == ()
    assert [finding.kind for finding in shown.findings] == ["double_free"]
    player.set_state({"edit": {}})
    assert player.payload == before
    assert shown.fork is None


def test_another_library_keeps_the_fork() -> None:
    player = sslrefs.run(ONE).player
    player.edit = {"action": "delete", "line": 3, "code": ""}

    player.library = "LibreSSL"

    both = payload(player)
    assert both["library"] == both["beside"]["right"]["library"] == "LibreSSL"


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (
            {"action": "replace", "line": 2, "code": "SSL_SESSION_free(t);"},
            "line 2, column 18: t is",
        ),
        ({"action": "delete", "line": 9, "code": ""}, "the text has the lines 1 to 3; 9 is none"),
        ({"action": "burn"}, "this is no edit of a line"),
    ],
)
def test_a_change_that_cannot_be_run_says_why_and_the_run_stays(
    edit: dict[str, Any], problem: str
) -> None:
    shown = sslrefs.run(ONE)
    player = shown.player
    before = player.payload

    player.edit = edit

    assert problem in player.problem
    assert "Error" not in player.problem
    assert player.edit == {}
    assert player.payload == before


def test_a_repair_is_found_and_shown() -> None:
    player = sslrefs.run(ONE).player

    player.edit = {"action": "repair"}

    beside = payload(player)["beside"]
    assert beside["right"]["findings"] == []
    assert beside["edit"] == {"action": "delete", "line": 3, "code": ""}


def test_where_there_is_no_repair_it_says_so() -> None:
    two = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION *t = SSL_SESSION_new();"
    player = sslrefs.run(two).player

    player.edit = {"action": "repair"}

    assert player.problem == "one line cannot repair this run: it has 2 findings"


def test_two_texts_are_compared() -> None:
    compared = sslrefs.compare(ONE, CLEAN)

    beside = payload(compared.player)["beside"]
    assert beside["names"] == ["buggy", "fixed"]
    assert beside["edit"] is None
    assert compared.says == "The two never disagree about an object."
    assert compared.player.position == 0


def test_a_library_is_chosen_for_both() -> None:
    compared = sslrefs.compare(ONE, CLEAN, names=("a", "b"))

    compared.player.library = "LibreSSL"

    assert compared.both is not None
    assert compared.both.right.timeline.library == "LibreSSL"


def test_a_mistake_in_one_text_is_shown_with_its_name() -> None:
    compared = sslrefs.compare(ONE, "SSL_SESSION_free(t);")

    shown = payload(compared.player)
    assert shown["title"] == "fixed"
    assert "t is not declared" in shown["error"]["message"]
    assert str(compared).startswith("fixed: line 1, column 18")
    with pytest.raises(sslrefs.ScriptError):
        compared.export()


def test_the_comparison_is_a_page_of_its_own() -> None:
    page = sslrefs.compare(ONE, CLEAN).export(title="a double free")

    assert b"<title>a double free</title>" in page
    assert len(page) < 150_000
