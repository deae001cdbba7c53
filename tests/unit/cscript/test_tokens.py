from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import Problem, ScriptError, nearest, render
from sslrefs.cscript.tokens import tokenize


def test_tokens_keep_their_places_and_comments_stand_apart() -> None:
    found = tokenize("/* head */\nSSL *ssl = 0x1F; // tail\n")

    assert [(token.text, token.line, token.column) for token in found.tokens] == [
        ("SSL", 2, 1),
        ("*", 2, 5),
        ("ssl", 2, 6),
        ("=", 2, 10),
        ("0x1F", 2, 12),
        (";", 2, 16),
    ]
    assert [(comment.text, comment.line) for comment in found.comments] == [
        ("head", 1),
        ("tail", 2),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        '"a /* no comment */ b"',
        "'\\''",
        '"\\""',
        "->",
        "<<=",
        "...",
        "1e9",
        "0xFFul",
        "2.5f",
        ".5",
        "L'x'",
        "u8'x'",
    ],
)
def test_each_of_these_is_one_token(text: str) -> None:
    found = tokenize(text)

    assert [token.text for token in found.tokens] == [text]
    assert found.comments == ()


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("int größe;", (1, 7), "names are made of a to z, A to Z, 0 to 9 and _"),
        ("f(“x”);", (1, 3), 'write a plain "'),
        ("a – b;", (1, 3), "write a plain -"),
        ("a\u00a0b;", (1, 2), "write a plain space"),
        ("x\n  @;", (2, 3), "remove it"),
        ("/* open", (1, 1), "end it with */"),
        ('f("open);', (1, 3), 'close it with "'),
        ("a\0b;", (1, 2), "remove it"),
    ],
)
def test_what_is_no_c_has_a_place_and_a_hint(text: str, place: tuple[int, int], hint: str) -> None:
    problem = tokenize(text).problems[0]

    assert (problem.line, problem.column) == place
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("SSL_SESSION_upref", ("SSL_SESSION_up_ref", "SSL_free"), "SSL_SESSION_up_ref"),
        ("ssl_session_free", ("SSL_SESSION_free", "SSL_free"), "SSL_SESSION_free"),
        ("Ssl", ("SSL", "SSL_CTX"), "SSL"),
        ("sess", ("sesh", "ctx"), "sesh"),
        ("connection", ("ctx", "ssl"), None),
    ],
)
def test_the_nearest_known_word_is_found_whatever_its_case(
    word: str, known: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(word, known) == meant


def test_the_caret_stands_below_its_word_also_after_tabs() -> None:
    text = render(Problem(2, 10, 3, "no", "yes"), "\n\tSSL_free(sll);")

    assert text == ("line 2, column 10: no\n    \tSSL_free(sll);\n    \t        ^~~\n    yes")


def test_of_a_very_long_line_the_part_around_the_mistake_is_shown() -> None:
    source = "a " * 300 + "BAD " + "b " * 300

    shown, caret = render(Problem(1, 601, 3, "no"), source).splitlines()[1:3]

    assert len(shown) == 104
    assert shown[caret.index("^") : caret.index("^") + 3] == "BAD"


def test_of_very_many_mistakes_ten_are_shown_and_the_others_counted() -> None:
    error = ScriptError([Problem(n, 1, 1, f"wrong {n}") for n in range(1, 14)], "x\n" * 13)

    assert str(error).count("wrong") == 10
    assert str(error).endswith("and 3 more mistakes")
    assert len(error.problems) == 13


def test_of_more_mistakes_than_anybody_makes_the_first_are_kept() -> None:
    error = ScriptError([Problem(n, 1, 1, f"wrong {n}") for n in range(1, 300)], "x\n" * 300)

    assert [problem.line for problem in error.problems] == [*range(1, 201)]
    assert str(error).endswith("and more than 190 more mistakes")
