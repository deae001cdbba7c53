"""The player's Python side: what travels, and what stands in where widgets cannot be shown."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
import traitlets

from sslrefs.widgets.player import Player

RUN = {"schema": 1, "title": "</script> → ü", "steps": []}
VIEW = "application/vnd.jupyter.widget-view+json"


def bundle(player: Player) -> dict[str, Any]:
    """The mime bundle's data."""
    made = player._repr_mimebundle_()
    assert made is not None
    data, _ = made
    return data


def test_the_payload_travels_as_deflated_json() -> None:
    player = Player(payload=RUN, text="text", svg=None)

    assert json.loads(zlib.decompress(player.payload)) == RUN
    assert player.position == -1


def test_only_payload_and_position_are_synced_beside_the_front_end() -> None:
    own = set(Player(payload=RUN, text="text", svg="<svg/>").get_state())
    plain = set(traitlets.HasTraits.trait_names(Player.__mro__[1](), sync=True))

    assert own - plain - {"_esm", "_css"} == {"payload", "position"}


def test_a_still_and_a_text_stand_beside_the_widget() -> None:
    player = Player(payload=RUN, text="step 1", svg="<svg/>")

    data = bundle(player)

    assert data["text/plain"] == "step 1"
    assert data["image/svg+xml"] == "<svg/>"
    assert data[VIEW]["model_id"] == player.model_id


def test_without_a_still_there_is_no_empty_image() -> None:
    data = bundle(Player(payload=RUN, text="nothing to draw", svg=None))

    assert set(data) == {"text/plain", VIEW}


def test_a_payload_that_is_not_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        Player(payload={"count": float("nan")}, text="", svg=None)


def test_a_position_below_the_start_is_refused() -> None:
    player = Player(payload=RUN, text="", svg=None, position=3)

    assert player.position == 3
    with pytest.raises(traitlets.TraitError):
        player.position = -2


def test_the_front_end_stays_small_because_every_notebook_stores_it() -> None:
    state = Player(payload=RUN, text="", svg=None).get_state()

    assert len(state["_esm"].encode()) + len(state["_css"].encode()) < 45 * 1024
    assert "export{" in state["_esm"].replace(" ", "")
