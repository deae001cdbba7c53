"""What a compiler would refuse, one kind after the other: the place, the words, the hint."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text

S = "SSL_SESSION *s = SSL_SESSION_new();\n"
CTX = "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\n"

MISTAKES = [
    # syntax
    (
        "SSL_SESSION *s = SSL_SESSION_new()\nSSL_SESSION_free(s);",
        1,
        35,
        "does not end here",
        "; missing",
    ),
    (S + "SSL_SESSION_free(s;", 2, 17, "this ( has no partner", "write )"),
    (S + "SSL_SESSION_free(s);\n}", 3, 1, "this } has no partner", "nothing opened it"),
    (
        "int main(void) {\n  if (1) {\n    sleep(1);\n  return 0;\n}\n",
        2,
        10,
        "this { has no partner",
        "write }",
    ),
    ("f(1];", 1, 4, "found ] where the ( of line 1, column 2 wants )", "write ) before it"),
    ("int rc = 0;\nelse rc = 1;", 2, 1, "else does not fit here", "missing before it"),
    ("SSL_SESSION *s = ;", 1, 18, "where an expression is expected", "before ;"),
    ("int rc = 09;", 1, 10, "09 is no word of C", "octal"),
    ("int c = 'no session';", 1, 9, "'no session' is no word of C", "between double quotes"),
    (r'char *s = "C:\ ";', 1, 11, "is no word of C", "n, t, r, 0, x"),
    # names and types
    ("SSL_free(sll);", 1, 10, "sll is not declared", "SSL *sll = SSL_new(ctx);"),
    (
        "ctx = SSL_CTX_new(TLS_method());",
        1,
        1,
        "ctx is not declared",
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());",
    ),
    ("SSL *ssl = NULL;\nSSL_free(ssll);", 2, 10, "ssll is not declared", "did you mean ssl?"),
    ("SSL_SESION *s = NULL;", 1, 1, "no type is called SSL_SESION", "did you mean SSL_SESSION?"),
    ("Ssl *s = NULL;", 1, 1, "no type is called Ssl", "did you mean SSL?"),
    ("SSL_SESION_free(NULL);", 1, 1, "no function is called SSL_SESION_free", "SSL_SESSION_free?"),
    (
        "ssl_session_free(NULL);",
        1,
        1,
        "no function is called ssl_session_free",
        "SSL_SESSION_free?",
    ),
    (
        CTX + "SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENTS);",
        2,
        37,
        "is not declared",
        "SSL_SESS_CACHE_CLIENT?",
    ),
    (
        CTX + "SSL_CTX_sess_set_new_cb(ctx, on_new);",
        2,
        30,
        "on_new is not declared",
        "define a function on_new first",
    ),
    # kinds and counts
    (
        S + "SSL_free(s);",
        2,
        10,
        "argument 1 of SSL_free is `SSL_SESSION *`",
        "void SSL_free(SSL *ssl)",
    ),
    (S + "SSL_SESSION_free(&s);", 2, 19, "is `SSL_SESSION **`", "void SSL_SESSION_free"),
    ('SSL_connect("x");', 1, 13, "is `char *`, but `SSL *` is wanted", "int SSL_connect(SSL *ssl)"),
    ("SSL_new(3);", 1, 9, "is `int`, but `SSL_CTX *` is wanted", "SSL_new(SSL_CTX *ctx)"),
    ("SSL_free();", 1, 1, "SSL_free takes 1 argument, here are 0", "void SSL_free(SSL *ssl)"),
    (CTX + "SSL_SESSION *s = SSL_new(ctx);", 2, 18, "this is `SSL *`", "cannot be mixed"),
    ("SSL_SESSION *s = 3;", 1, 18, "this is a number", "write a pointer, or NULL"),
    (S + "int n = s;", 2, 9, "a number is wanted", "write a number"),
    (
        S + "int n = SSL_SESSION_free(s);",
        2,
        9,
        "SSL_SESSION_free returns nothing",
        "as a statement",
    ),
    (
        "void f(SSL *a, int n) { }\nf(NULL);",
        2,
        1,
        "f takes 2 arguments, here are 1",
        "defined at line 1",
    ),
    ("void f(SSL *a, int n) { }\nf(3, 1);", 2, 3, "this is a number", "write a pointer, or NULL"),
    ("void f(x) { }\nf(1);", 1, 8, "the parameter x has no type", "SSL_SESSION *x"),
    # twice, nowhere, outside
    (S + S, 2, 14, "s is declared twice in this block", "s = …;"),
    ("void f(void) { }\nvoid f(void) { }", 2, 6, "the function f is defined twice", "keep one"),
    (
        "int main(void) { }\nint main(void) { }",
        2,
        5,
        "the function main is defined twice",
        "keep one",
    ),
    ("int x;\nx = 1;\nint main(void) { }", 2, 1, "stands outside main", "move it into main"),
    (S + "int main(void) { SSL_SESSION_free(s); }", 1, 18, "cannot start with a call", "in main"),
    ("static " + S + "x;", 1, 25, "a variable at file scope cannot start with a call", "in main"),
    (
        "void f(void) { static " + S + "}",
        1,
        40,
        "a static variable cannot start with a",
        "of its own",
    ),
    ("void f(void) { static SSL *a = 0 ? 0 : SSL_new(0); }", 1, 40, "cannot start", "its own"),
    ("goto out;", 1, 1, "there is no label out", "write out: before a statement"),
    ("again: sleep(1);\ngoto agian;", 2, 1, "there is no label agian", "did you mean again?"),
    ("goto in;\n{ in: sleep(1); }", 1, 1, "the label in stands inside a block", "not followed"),
    ("break;", 1, 1, "this break is not inside a loop or a switch", "leaves"),
    ("switch (1) { case 1: continue; }", 1, 22, "this continue is not inside a loop", "goes on"),
    # directions
    (
        "/* sslrefs: peer TLS 1.4 */",
        1,
        1,
        "unknown direction 'peer TLS 1.4'",
        "`sslrefs: peer TLS 1.3`?",
    ),
    ("/* sslrefs: library OpenTLS */", 1, 1, "no library is called 'OpenTLS'", "OpenSSL 3"),
    (
        S + "/* sslrefs: peer TLS 1.2 */",
        2,
        1,
        "is for the whole text",
        "before the first line of code",
    ),
]


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), MISTAKES)
def test_a_mistake_has_its_place_its_words_and_a_way_out(
    source: str, line: int, column: int, message: str, hint: str
) -> None:
    with pytest.raises(ScriptError) as caught:
        run_text(source)

    first = caught.value.problems[0]
    assert (first.line, first.column) == (line, column)
    assert message in first.message
    assert hint in first.hint


NOTES = [
    ("SSL_SESSION *s = NULL;\nif (s = NULL) sleep(1);", 2, "this condition assigns (=)"),
    ("frob(1);", 1, "frob is not modelled: assumed to have no effect on counts"),
    ("int make(void);\nint n = make();", 2, "make is declared but has no body here"),
    ("frob(SSL_MODE_AUTO_RETRY);", 1, "SSL_MODE_AUTO_RETRY is not known here"),
    ("int n = 1; /* sslrefs: fails */", 1, "`fails` had no effect"),
]


@pytest.mark.parametrize(("source", "line", "text"), NOTES)
def test_what_is_no_mistake_but_worth_knowing_is_a_note(source: str, line: int, text: str) -> None:
    notes = run_text(source).notes

    assert any(note.line == line and text in note.text for note in notes)


@pytest.mark.parametrize(
    "source",
    [
        "if (1) { goto out; }\nsleep(1);\nout: sleep(1);",
        "for (;;) { switch (1) { case 1: break; } break; }",
        "int i = 0; while (i++ < 2) { if (i) continue; }",
        "static SSL_SESSION *a, *b;\nint main(void) { a = b = NULL; return 0; }",
        "SSL *ssl;\nvoid f(void) { SSL_free(ssl); }\nssl = NULL;\nf();",
        "typedef int (*new_cb)(SSL *, SSL_SESSION *);\nstatic int on_new(SSL *s, SSL_SESSION *t) "
        "{ return 0; }\nnew_cb cb = on_new;\nSSL_CTX *c = SSL_CTX_new(TLS_method());\n"
        "SSL_CTX_sess_set_new_cb(c, cb);\nSSL_CTX_sess_set_new_cb(c, &on_new);\nSSL_CTX_free(c);",
        "SSL_SESSION_get_time_ex(NULL);",
        "int main(int argc, char **argv) { if (argc > 1) return 1; exit(0); }",
    ],
)
def test_what_a_compiler_takes_is_taken(source: str) -> None:
    assert run_text(source).cut is None


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("if (use_cache) sleep(1);", "int use_cache = 1;"),
        ("made = removed = 0;", "int made = 1;"),
        ("if (version == TLS1_3_VERSION && count > 2) sleep(1);", "int version = 1;"),
        ("if (!saved) sleep(1);\nSSL_SESSION_free(saved);", "SSL_SESSION *saved ="),
        ("if (conn != NULL) SSL_free(conn);", "SSL *conn = SSL_new(ctx);"),
        ("SSL *mine = other;", "SSL *other = SSL_new(ctx);"),
        ("given = SSL_get_SSL_CTX(ssl);", "SSL_CTX *given = SSL_CTX_new("),
        ("rest = NULL;", "SSL_SESSION *rest ="),
    ],
)
def test_the_example_for_a_missing_name_is_what_its_use_asks_for(text: str, example: str) -> None:
    with pytest.raises(ScriptError) as refused:
        run_text(text)

    assert f"declare it first, for example: {example}" in str(refused.value)


def test_another_missing_name_is_never_what_was_meant() -> None:
    with pytest.raises(ScriptError) as refused:
        run_text("int a = use_int_cache;\nint b = use_ext_cache;")

    assert "did you mean" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("int n = 1;\nvoid Cache::put(SSL_SESSION *s) { SSL_SESSION_up_ref(s); }", 2, 11, "::"),
        ("class Cache {\n public:\n  SSL_SESSION *s;\n};", 1, 1, "class"),
        ("template <class T> T f(T x) { return x; }", 1, 1, "template"),
        ("namespace net {\nvoid f(SSL *ssl) { SSL_free(ssl); }\n}", 1, 1, "namespace"),
        ("std::map<int, SSL_SESSION *> all;", 1, 4, "::"),
    ],
)
def test_another_language_is_named_and_nothing_else_is_said(
    text: str, line: int, column: int, word: str
) -> None:
    with pytest.raises(ScriptError) as refused:
        run_text(text)

    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (line, column)
    assert problem.message == f"{word} is C++, and only C is read"


def test_words_of_another_language_may_be_names_in_c() -> None:
    text = "int class = 1;\nint template = class;\n[[gnu::unused]] int n = template ? class : 2;"

    assert [step.line for step in run_text(text).steps] == [1, 2, 3]
