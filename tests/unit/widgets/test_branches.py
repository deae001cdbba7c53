from __future__ import annotations

import json
import zlib

import pytest

import sslrefs
from sslrefs.studio.branches import branches

CLEANUP = """int fetch(SSL_CTX *ctx) {
    SSL *ssl = SSL_new(ctx);
    if (ssl == NULL)
        return -1;
    if (SSL_connect(ssl) != 1)
        return -1;
    SSL_free(ssl);
    return 0;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
fetch(ctx);
SSL_CTX_free(ctx);
"""


def test_the_ways_are_shown_and_one_is_taken_by_its_number() -> None:
    shown = sslrefs.branches(CLEANUP)

    assert str(shown) == str(branches(CLEANUP))
    assert len(shown) == 3
    assert shown[2].findings[0].kind == "lost_pointer"
    assert [len(path.findings) for path in shown] == [0, 0, 1]
    assert shown.findings == shown[2].findings
    with pytest.raises(IndexError, match="ways 0 to 2; 9 is none of them"):
        shown[9]


def test_the_first_way_that_is_wrong_is_played_from_its_failure() -> None:
    widget = sslrefs.branches(CLEANUP).widget

    assert widget.chosen == 2
    assert [button.chosen for button in widget.buttons] == [False, False, True]
    assert widget.player.position == 3
    assert "lost_pointer" in zlib.decompress(widget.player.payload).decode()


def test_a_press_plays_another_way() -> None:
    widget = sslrefs.branches(CLEANUP).widget
    first = widget.player

    widget.buttons[0].click()

    assert widget.chosen == 0
    assert [button.chosen for button in widget.buttons] == [True, False, False]
    assert widget.player is widget.children[-1] is not first
    assert json.loads(zlib.decompress(widget.player.payload))["findings"] == []


def test_every_button_says_what_fails_and_what_is_wrong_then() -> None:
    assert [button.description for button in sslrefs.branches(CLEANUP).widget.buttons] == [
        "nothing fails — clean",
        "line 2: SSL_new fails — clean",
        "line 5: SSL_connect fails — lost_pointer of ssl#1",
    ]


def test_the_text_stands_beside_the_widget() -> None:
    data = sslrefs.branches(CLEANUP)._repr_mimebundle_()

    assert data["text/plain"] == str(branches(CLEANUP))
    assert "application/vnd.jupyter.widget-view+json" in data


def test_mistakes_are_shown_instead_of_a_traceback() -> None:
    shown = sslrefs.branches("SSL_SESSION_free(s);")

    assert "s is not declared" in str(shown)
    assert "s is not declared" in shown._repr_mimebundle_()["text/plain"]
    with pytest.raises(sslrefs.ScriptError):
        len(shown)
