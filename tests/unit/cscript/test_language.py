"""C as it is read: mistakes have a place and a remedy; what is valid runs."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.cscript.parser import LONGEST_TEXT


def mistakes(source: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ScriptError) as error:
        run_text(source)
    return [(p.line, p.column, p.message) for p in error.value.problems]


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("SSL_SESSION *s = ;", (1, 18), "expression is expected"),
        ("SSL_SESSION *s = SSL_SESSION_new()\nSSL_SESSION_free(s);", (1, 35), "does not end here"),
        ("SSL_SESSION_free(s;", (1, 17), "no partner"),
        ("SSL_SESSION_free(s);", (1, 18), "s is not declared"),
        ("SSL_SESION *s;", (1, 1), "no type is called SSL_SESION"),
        ("SSL_SESSION_upref(NULL);", (1, 1), "no function is called"),
        ("SSL_CTX *c = SSL_CTX_new(TLS_method());\nSSL_SESSION_free(c);", (2, 18), "`SSL_CTX *`"),
        ("SSL_new();", (1, 1), "takes 1 argument, here are 0"),
        ("/* sslrefs: peer TLS 9 */\nSSL_free(NULL);", (1, 1), "unknown direction"),
        ("SSL_free(NULL); /* sslrefs: library LibreSSL */", (1, 17), "for the whole text"),
        ("/* never closed", (1, 1), "never closed"),
        ("goto nowhere;", (1, 1), "nowhere"),
        ("static void drop(Sx) { }", (1, 18), "parameter Sx has no type"),
        ("struct c { int fd; } c;\nc.session = NULL;", (2, 3), "has no member session"),
    ],
)
def test_a_mistake_has_its_place_and_is_named(
    source: str, place: tuple[int, int], words: str
) -> None:
    found = mistakes(source)

    assert (found[0][0], found[0][1]) == place
    assert words in found[0][2]


def test_several_mistakes_are_all_told_at_once() -> None:
    assert len(mistakes("SSL_SESSION *s = ;\nSSL_SESION *t;\nfoo(,);\n")) == 3


def test_a_text_that_is_too_long_is_refused_with_the_numbers() -> None:
    found = mistakes(";" * (LONGEST_TEXT + 1))

    assert "100,001 characters" in found[0][2]


def test_a_loop_without_end_is_cut_and_what_ran_is_kept() -> None:
    timeline = run_text("SSL_SESSION *s = SSL_SESSION_new(); for (;;) SSL_SESSION_up_ref(s);")

    assert len(timeline.steps) == 10_000
    assert timeline.cut is not None
    assert "10,000 steps" in timeline.cut


def test_an_unknown_function_is_a_note_unless_the_text_says_what_it_does() -> None:
    call = "SSL_SESSION *s = SSL_SESSION_new();\nrelease(s);"

    assert run_text(call).steps[-1].world.sessions[0].count == 1
    told = run_text(f"/* sslrefs: assume release frees 1 */\n{call}")
    assert told.steps[-1].world.sessions[0].count == 0
    assert told.notes == ()


@pytest.mark.parametrize(
    "source",
    [
        "int main(int argc, char **argv) { SSL_free(NULL); return 0; }",
        "#include <openssl/ssl.h>\n#define FREE(x) SSL_free(x)\nFREE(NULL);",
        "#if 0\nbroken $ code\n#endif\nSSL_free(NULL);",
        'char name[] = "</script><img onerror=alert(1)>"; printf("%s", name); SSL_free(NULL);',
        "SSL_SESSION *pool[2]; pool[0] = SSL_SESSION_new(); SSL_SESSION_free(pool[0]);",
        "typedef SSL_SESSION *sess; sess s = SSL_SESSION_new(); SSL_SESSION_free(s);",
        "int i = 0; do { i++; } while (i < 3); switch (i) { case 3: SSL_free(NULL); }",
        "SSL_SESSION *s = SSL_SESSION_new(); if (s == NULL) goto end; end: SSL_SESSION_free(s);",
    ],
)
def test_valid_c_runs_and_says_nothing(source: str) -> None:
    timeline = run_text(source)

    assert timeline.notes == ()
    assert timeline.steps
    assert timeline.steps[-1].undefined is None


def test_a_line_that_fails_takes_the_other_branch() -> None:
    source = """SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
if (SSL_connect(ssl) != 1) /* sslrefs: fails */
    SSL_free(ssl);
SSL_CTX_free(ctx);"""

    assert [step.line for step in run_text(source).steps] == [1, 2, 3, 4, 5]


def test_a_library_that_lacks_a_call_says_so() -> None:
    source = "/* sslrefs: library LibreSSL */\nSSL_CTX *c = SSL_CTX_new(TLS_method());\n"

    found = mistakes(source + "SSL_CTX_flush_sessions_ex(c, 0);")

    assert found[0][2] == "LibreSSL has no SSL_CTX_flush_sessions_ex"
