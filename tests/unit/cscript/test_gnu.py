"""GNU C's short forms do what gcc makes of them."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import run

MADE = "SSL_SESSION *s = SSL_SESSION_new();\n"


def test_a_condition_without_a_middle_is_worked_out_once() -> None:
    text = "SSL_SESSION *s = SSL_SESSION_new() ?: NULL;\nSSL_SESSION_free(s);"

    result = run(text)

    assert [str(which) for which in result.timeline.objects()] == ["session#1"]
    assert result.findings == ()


@pytest.mark.parametrize(("first", "kinds"), [("s", []), ("NULL", ["leak"])])
def test_a_condition_without_a_middle_gives_itself_or_the_other(
    first: str, kinds: list[str]
) -> None:
    text = f"{MADE}SSL_SESSION *t = {first} ?: SSL_SESSION_new();\nSSL_SESSION_free(t);"

    assert [finding.kind for finding in run(text).findings] == kinds


@pytest.mark.parametrize(("number", "is_freed"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_range_of_cases_has_both_ends(number: int, is_freed: bool) -> None:
    text = f"{MADE}int n = {number};\nswitch (n) {{ case 1 ... 5: SSL_SESSION_free(s); break; }}"

    assert (run(text).findings == ()) == is_freed


def test_the_ends_of_a_range_may_be_names_and_characters() -> None:
    text = (
        "enum { LOW = -1, HIGH = 2 };\n#define Z 'z'\n" + MADE + "int n = 0;\nchar c = 'q';\n"
        "switch (n) { case LOW ... HIGH: SSL_SESSION_up_ref(s); }\n"
        "switch (c) { case 'a' ... Z: SSL_SESSION_free(s); }\nSSL_SESSION_free(s);"
    )

    assert run(text).findings == ()


def test_a_member_may_be_named_with_a_colon() -> None:
    text = (
        "struct conn { int n; SSL_SESSION *session; };\n" + MADE + "struct conn c = "
        "{ session: s, n: 1 };\nc = (struct conn){ n: 2, session: s };\nstruct conn two[1] = { { session: c.session } };\n"
        "SSL_SESSION_free(two[0].session);"
    )

    result = run(text)

    assert result.findings == ()
    assert "two[0].session gives one back" in str(result)


def test_labels_and_conditions_in_a_block_stay_what_they_are() -> None:
    text = f"{MADE}int n = s ? 1 : 2;\nif (n) {{ out: SSL_SESSION_free(s); }}"

    assert run(text).findings == ()


@pytest.mark.parametrize(
    "case",
    ["case 1 ... :", "case ... 3:", "case 1 ... 2 ... 3:", "case 1, 2 ... 3:", "case (1 ... 2):"],
)
def test_a_mistake_in_a_range_is_shown_as_it_was_written(case: str) -> None:
    with pytest.raises(ScriptError) as refused:
        run(f"int n = 1;\nswitch (n) {{ {case} n = 2; }}")

    assert "between" not in str(refused.value)
    assert "line 2, column" in str(refused.value)


@pytest.mark.parametrize("name", ["between", "condition", "__between"])
def test_a_name_of_the_text_is_never_taken_for_a_mark(name: str) -> None:
    text = f"int {name}(int a) {{ return a; }}\nint n = {name}(1);\nswitch (n) {{ case 1: n = 2; }}"

    assert run(text).findings == ()
