from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.cscript.tokens import tokenize
from sslrefs.cscript.typenames import declared_types, unknown_types


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("typedef int a;", {"a"}),
        ("typedef struct x { int y; } a, *b;", {"a", "b"}),
        ("typedef int (*a)(SSL *, SSL_SESSION *);", {"a"}),
        ("typedef char a[16];", {"a"}),
        ("typedef struct x x;\nint main(void) { typedef long b; }", {"x", "b"}),
        ("int a;", set()),
    ],
)
def test_a_typedef_introduces_its_names(text: str, names: set[str]) -> None:
    assert declared_types(tokenize(text).tokens) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("T x;", {"T"}),
        ("T *x = f();", {"T"}),
        ("T **x, y;", {"T"}),
        ("static const T *x;", {"T"}),
        ("T f(void) { }", {"T"}),
        ("void f(T *x, const U *y) { }", {"T", "U"}),
        ("void f(T x, int n);", {"T"}),
        ("struct s { T *x; U y[2]; };", {"T", "U"}),
        ("x = (T *) y;", {"T"}),
        ("x = (T) y;", {"T"}),
        ("x = (T_t) (y);", {"T_t"}),
        ("n = sizeof(T *);", {"T"}),
        # these are expressions
        ("a * b;", {"a"}),
        ("f(a * b);", set()),
        ("f(a * b, c);", set()),
        ("if (a) b = 1;", set()),
        ("x = (a) + (b);", set()),
        ("return f(a);", set()),
        ("while (a) f(b);", set()),
        ("goto out;", set()),
        ("else f(a);", set()),
        ("x = a ? (b) : c;", set()),
    ],
)
def test_what_can_only_be_a_type_is_one(text: str, names: set[str]) -> None:
    assert {token.text for token in unknown_types(tokenize(text).tokens, set())} == names


def test_unknown_types_are_notes_with_their_line() -> None:
    timeline = run_text("pool_t *pool;\nstatic ret_t f(conn_t *c) { return (ret_t) c; }\nf(pool);")

    assert [note for note in timeline.notes if "the type" in note.text] == [
        (1, "the type pool_t is not known; its values are not looked into"),
        (2, "the type conn_t is not known; its values are not looked into"),
        (2, "the type ret_t is not known; its values are not looked into"),
    ]


def test_a_type_that_is_nearly_one_of_libssl_is_a_mistake() -> None:
    with pytest.raises(ScriptError) as caught:
        run_text("void f(SSL_SESION *s) { }\nf(NULL);")

    problem = caught.value.problems[0]
    assert (problem.line, problem.column, problem.hint) == (1, 8, "did you mean SSL_SESSION?")


@pytest.mark.parametrize(
    "name", ["ngx_ssl_session_t", "px_ssl", "my_ssl_ctx_t", "SSL_SESSION_LIST"]
)
def test_a_type_that_holds_one_of_libssls_names_is_another_type(name: str) -> None:
    timeline = run_text(f"{name} *x = NULL;")

    assert [note.text for note in timeline.notes] == [
        f"the type {name} is not known; its values are not looked into"
    ]
