from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text


@pytest.mark.parametrize("odd", ["\f", "\v", "\r", "\x1c", "\x85", "\u2028"])
def test_what_ends_a_line_for_python_alone_ends_none_for_c(odd: str) -> None:
    text = f"#define N 1\nsleep(N);{odd}sleep(N); x;"

    with pytest.raises(ScriptError) as caught:
        run_text(text)

    assert {problem.line for problem in caught.value.problems} == {2}


def test_pasting_in_a_macro_is_followed() -> None:
    timeline = run_text("#define SESSION(what) SSL_SESSION_##what\nSESSION(free)(NULL);")

    assert [step.calls for step in timeline.steps] == [("SSL_SESSION_free",)]


@pytest.mark.parametrize(
    "text", ["a*" * 1_000 + "b;", "x = " + "!" * 400 + "1;", "{" * 300 + "}" * 300]
)
def test_what_is_nested_too_deeply_is_a_mistake(text: str) -> None:
    with pytest.raises(ScriptError, match="nested too deeply"):
        run_text(text)


def test_many_storages_are_named_in_no_time() -> None:
    timeline = run_text(
        "struct c { SSL *s; } *p;\nfor (int i = 0; i < 3000; i++) {\np = malloc(8);\np->s = NULL;\n}"
    )

    assert len(timeline.steps) == 6_000
