from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import run


def test_a_leak_is_told_at_its_step_and_again_at_the_end() -> None:
    assert (
        str(run("SSL_SESSION *s = SSL_SESSION_new();"))
        == """\
library: OpenSSL 3
1  SSL_SESSION *s = SSL_SESSION_new();   ▲ wrong here: leak
     session#1 is new with count 1, held by s. Leak: The reference to session#1 taken at line 1 \
is never given back: at the end s still holds it.
       session#1  1  |  s  |  not resumable

1 finding

leak of session#1
  wrong at line 1: SSL_SESSION *s = SSL_SESSION_new();
  The reference to session#1 taken at line 1 is never given back: at the end s still holds it.
  instead: Add SSL_SESSION_free(s); after its last use.
"""
    )


def test_steps_of_a_function_are_indented_and_stand_before_its_call() -> None:
    lines = str(run("void f(SSL_SESSION *x) { SSL_SESSION_free(x); }\nf(SSL_SESSION_new());"))

    assert [line for line in lines.splitlines() if line.endswith(";")] == [
        "1    SSL_SESSION_free(x);",
        "2  f(SSL_SESSION_new());",
    ]


def test_undefined_behaviour_is_announced_once_where_it_begins() -> None:
    text = str(
        run(
            "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\nSSL_SESSION_free(s);\n"
            "SSL_SESSION_free(s);\n"
        )
    )

    assert text.count("from here on the behaviour is undefined") == 1
    assert "3  SSL_SESSION_free(s);   ▲ wrong here: double_free   ✖ shows here: double_free" in text


def test_a_text_without_statements_says_so() -> None:
    assert str(run("// nothing\n")) == (
        "library: OpenSSL 3\nno statement ran\n\nclean: no finding\n"
    )


def test_a_run_that_was_stopped_is_not_called_clean() -> None:
    text = str(run("SSL_SESSION *s = SSL_SESSION_new();\nwhile (1) SSL_SESSION_up_ref(s);"))

    assert text.endswith(
        "the run was stopped after 10,000 steps; what comes later is not shown\n\n"
        "no finding up to there\n"
    )


def test_labels_of_any_kind_stand_in_the_text_as_they_are() -> None:
    line = 'printf("</script><img src=x onerror=alert(1)> [bold]%s[/bold]");'

    assert f"1  {line}" in str(run(line))


def test_notes_come_last_with_their_line() -> None:
    assert str(run("int n = 1;\nfrobnicate(n);")).splitlines()[-1] == (
        "note, line 2: frobnicate is not modelled: assumed to have no effect on counts"
    )


def test_findings_that_a_loop_makes_are_told_by_the_first_and_counted() -> None:
    lost = "for (int i = 0; i < 1500; i++) { SSL_SESSION *s = SSL_SESSION_new(); }"
    text = str(run(f"SSL_SESSION *kept = SSL_SESSION_new();\n{lost}"))

    assert "1,501 findings" in text
    assert text.count("lost_pointer of ") == 3
    assert text.count("leak of ") == 1
    assert text.endswith("\nlost_pointer at line 2: 1,497 more like these\n")


def test_what_a_terminal_would_obey_is_shown_instead() -> None:
    turned = "\u202e"

    told = run(f'char *a = "\x1b[2J\x7f{turned}\x9b";')

    assert 'char *a = "␛[2J␡��";' in str(told)
    assert told.text.plain == str(told)


def test_a_mistake_shows_what_a_terminal_would_obey() -> None:
    with pytest.raises(ScriptError, match="int x␛ = 3;"):
        run("int x\x1b = 3;")


def test_the_text_has_its_colours_for_a_terminal() -> None:
    text = run("SSL_SESSION *s = SSL_SESSION_new();").text

    styled = {text.plain[span.start : span.end]: span.style for span in text.spans}
    assert styled["   ▲ wrong here: leak"] == "bold red"
