"""The player's Python side: what travels, and what stands in where widgets cannot be shown."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
import traitlets

from sslrefs.notebook import run
from sslrefs.studio.face import Face, Wish
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


def test_only_what_the_front_end_reads_is_synced() -> None:
    own = set(Player(payload=RUN, text="text", svg="<svg/>").get_state())
    plain = set(traitlets.HasTraits.trait_names(Player.__mro__[1](), sync=True))

    assert own - plain - {"_esm"} == {
        *("payload", "position", "library", "edit", "whole", "forks", "problem")
    }


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

    assert len(state["_esm"].encode()) < 45 * 1024
    assert "_css" not in state
    assert "export default" in state["_esm"]


FLUSH = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_flush_sessions_ex(ctx, 0);
SSL_CTX_free(ctx);
"""


def unpacked(player: Player) -> dict[str, Any]:
    """What the front end reads."""
    payload: dict[str, Any] = json.loads(zlib.decompress(player.payload))
    return payload


def test_a_chosen_library_runs_the_text_anew() -> None:
    shown = run("SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());")
    player = shown.player
    before = player.payload

    player.set_state({"library": "LibreSSL"})

    assert player.payload != before
    assert unpacked(player)["library"] == player.library == "LibreSSL"
    assert player.problem == ""
    assert shown.run is not None
    assert shown.run.timeline.library == "LibreSSL"


def test_the_choice_goes_before_what_the_text_says() -> None:
    player = run("/* sslrefs: library LibreSSL */ SSL_SESSION *s = SSL_SESSION_new();").player
    assert player.library == "LibreSSL"

    player.library = "OpenSSL 1.1.1"

    assert unpacked(player)["library"] == "OpenSSL 1.1.1"


def test_a_text_that_a_library_refuses_shows_why_and_the_way_back() -> None:
    shown = run(FLUSH)
    player = shown.player

    player.library = "LibreSSL"

    refused = unpacked(player)
    assert "LibreSSL has no SSL_CTX_flush_sessions_ex" in refused["error"]["message"]
    assert refused["library"] == "LibreSSL"
    assert "OpenSSL 3" in refused["libraries"]
    assert "has no SSL_CTX_flush_sessions_ex" in bundle(player)["text/plain"]
    assert "image/svg+xml" not in bundle(player)
    player.library = "OpenSSL 3"
    assert len(unpacked(player)["steps"]) == 3
    assert "image/svg+xml" in bundle(player)


def test_an_error_of_the_handler_is_told_and_the_choice_goes_back() -> None:
    def rerun(wish: Wish) -> Face:
        message = f"no room for {wish.library}"
        raise MemoryError(message)

    player = Player(payload=RUN | {"library": "OpenSSL 3"}, text="", svg=None, rerun=rerun)
    before = player.payload

    player.set_state({"library": "LibreSSL"})

    assert player.library == "OpenSSL 3"
    assert player.problem == "LibreSSL cannot be shown. MemoryError: no room for LibreSSL"
    assert player.payload == before


def test_an_unknown_library_is_told() -> None:
    player = run("SSL_SESSION *s = SSL_SESSION_new();").player

    player.library = "GnuTLS"

    assert player.library == "OpenSSL 3"
    assert "no library is called 'GnuTLS'" in player.problem


def test_a_player_that_was_only_handed_a_payload_says_that_it_cannot_run() -> None:
    player = Player(payload=RUN, text="", svg=None)
    said: list[object] = []
    player.send = lambda content, buffers=None: said.append(content)

    player._handle_custom_msg({"ask": "rerun"}, [])
    player._handle_custom_msg({"ask": "the weather"}, [])
    player.library = "LibreSSL"

    assert said == [{"rerun": False}]
    assert "no text to run again" in player.problem


def test_the_kernel_makes_the_files_a_browser_cannot() -> None:
    player = run("SSL_SESSION *s = SSL_SESSION_new();").player
    said: list[tuple[object, object]] = []
    player.send = lambda content, buffers=None: said.append((content, buffers))

    for form in ("json", "html", "film", "dot", "tar"):
        player._handle_custom_msg({"ask": "file", "form": form, "position": 1}, [])

    answers = {content["file"]: (content, buffers) for content, buffers in said}  # type: ignore[index]  # a dict
    assert json.loads(answers["json"][1][0])["steps"][0]["step"] == 0  # type: ignore[index]  # bytes
    assert answers["html"][1][0].startswith(b"<!doctype html>")  # type: ignore[index]  # bytes
    assert answers["tar"][1] is None
    assert "no format is called 'tar'" in str(answers["tar"][0])
