from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sslrefs.picture import letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\nlines\tand  more ", "two lines and more"),
        ("bell\x07, null\x00", "bell\ufffd, null\ufffd"),
        ("half a pair \ud800", "half a pair \ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("会话 😀", "会话 😀"),
    ],
)
def test_clean_text_is_one_line_that_xml_can_hold(text: str, expected: str) -> None:
    cleaned = letters.clean(text)

    assert cleaned == expected
    element = ET.Element("text")
    element.text = cleaned
    assert ET.fromstring(ET.tostring(element, encoding="unicode")).text == cleaned


def test_a_name_that_fits_is_not_cut() -> None:
    assert letters.clip("session#12", 16, 176, bold=True) == "session#12"


@pytest.mark.parametrize("name", ["w" * 300, "i" * 300, "会" * 300, "a b " * 100, "é" * 40])
def test_a_long_name_is_cut_to_the_room(name: str) -> None:
    shown = letters.clip(name, 16, 120)

    assert shown.endswith("…")
    assert name.startswith(shown[:-1].rstrip())
    assert letters.width(shown, 16) <= 120


def test_a_million_letters_are_cut_without_measuring_all_of_them() -> None:
    assert len(letters.clip("x" * 1_000_000, 16, 120)) < 20


def test_combining_marks_need_no_room_and_wide_letters_double() -> None:
    assert letters.width("e\u0301", 10) == letters.width("e", 10)
    assert letters.width("会", 10) > 1.5 * letters.width("e", 10)


def test_wrapped_lines_hold_all_words_within_the_room() -> None:
    text = "SSL_SESSION_free(peek) took 1 from session#1: 2 → 1. peek was only lent."

    lines = letters.wrap(text, 15, 260)

    assert " ".join(lines) == text
    assert len(lines) > 1
    assert all(letters.width(line, 15) <= 260 for line in lines)


def test_nothing_wraps_to_no_lines() -> None:
    assert letters.wrap(" \n", 15, 200) == []
