"""A case: its lines and its question first, what became of it after an answer."""

from __future__ import annotations

import pytest

from sslrefs.lessons.casebook import CASES
from sslrefs.widgets.case import case


def test_what_became_of_it_is_told_after_an_answer_only() -> None:
    shown = case(CASES["HANGS_IN_THE_FLUSH"])
    assert shown.told == ""

    shown.quiz.choose(0)

    assert (
        "It broke at line 8, <code>SSL_SESSION_free(logged);</code>: borrowed_free." in shown.told
    )
    assert "It shows at line 11, <code>SSL_CTX_flush_sessions(ctx, 0);</code>." in shown.told


def test_a_safe_case_says_that_nothing_is_broken() -> None:
    shown = case(CASES["GREW_AND_GREW"])

    shown.quiz.choose(None)

    assert "Nothing is broken" in shown.told
    assert "▲" not in shown.told


@pytest.mark.parametrize("name", CASES)
def test_the_sources_are_links_and_the_text_is_there_without_widgets(name: str) -> None:
    shown = case(CASES[name])
    report = shown.box.children[0].value

    assert report.count("<a href=") == len(CASES[name].addresses()) >= 1
    assert CASES[name].buggy in str(shown)
