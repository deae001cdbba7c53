"""Which step of one run belongs to which step of another."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sslrefs.cscript.interpreter import run_text
from sslrefs.trace.pairing import Beat, beats, pair


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "", ""),
        ("abc", "abc", "==="),
        ("abc", "axbc", "=>=="),
        ("axbc", "abc", "=<=="),
        ("abc", "xbc", "==="),
        ("abcabcab", "abxcabxcabx", "==>===>===>"),
        ("ab", "abcd", "==>>"),
        ("abcdefg", "afg", "=<<<<=="),
    ],
)
def test_steps_that_say_the_same_stand_together(left: str, right: str, expected: str) -> None:
    words = {(True, True): "=", (True, False): "<", (False, True): ">"}

    assert "".join(words[beat] for beat in pair(left, right)) == expected


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_every_step_is_made_once(left: str, right: str) -> None:
    found = pair(left, right)

    assert sum(goes for goes, _ in found) == len(left)
    assert sum(goes for _, goes in found) == len(right)
    assert all(any(beat) for beat in found)


def test_an_inserted_line_in_a_loop_costs_one_beat_a_round() -> None:
    loop = "for (int i = 0; i < 3; i++) {{\nSSL_SESSION *s = SSL_SESSION_new();\n{}SSL_SESSION_free(s);\n}}"
    left, right = (run_text(loop.format(line)) for line in ("", "SSL_SESSION_up_ref(s);\n"))

    found = beats(left, right)

    assert len(found) == len(right.steps) + 1
    assert found[-1] == Beat(len(left.steps), len(right.steps))
    pairs = [
        (left.steps[a - 1].text, right.steps[b - 1].text)
        for (x, y), (a, b) in pairwise(found)
        if a > x and b > y
    ]
    assert all(one == other for one, other in pairs)
