"""A timeline is read as calls in the order libssl will see them."""

from __future__ import annotations

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.oracle.reading import read_timeline
from sslrefs.oracle.script import Deed, Statement

CALLBACK = """\
static void on_remove(SSL_CTX *ctx, SSL_SESSION *sess) {
    SSL_SESSION_up_ref(sess);
    SSL_SESSION_free(sess);
}
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL_SESSION *a = SSL_SESSION_new();
SSL_SESSION *b = SSL_SESSION_new();
SSL_SESSION_set1_id(b, (const unsigned char *)"b", 1);
SSL_CTX_add_session(ctx, a);
SSL_CTX_add_session(ctx, b);
SSL_CTX_flush_sessions(ctx, 0);
"""

FUNCTION = """\
static SSL_SESSION *twice(SSL_SESSION *s) {
    SSL_SESSION_up_ref(s);
    return s;
}
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_free(twice(s));
"""


def _names(statement: Statement) -> list[object]:
    """The calls of a statement; those of an inner one as a list of their own."""
    return [act.name if isinstance(act, Deed) else _names(act) for act in statement.acts]


def test_each_run_of_a_callback_has_its_own_calls() -> None:
    flush = read_timeline(run_text(CALLBACK))[-1]

    (deed,) = flush.acts
    assert isinstance(deed, Deed)
    assert [script.function for script in deed.callbacks] == ["on_remove", "on_remove"]
    for script in deed.callbacks:
        inner = [name for statement in script.statements for name in _names(statement)]
        assert inner == ["SSL_SESSION_up_ref", "SSL_SESSION_free"]


def test_a_function_runs_before_the_call_that_waits_for_it() -> None:
    last = read_timeline(run_text(FUNCTION))[-1]

    assert _names(last)[-1] == "SSL_SESSION_free"
    assert ["SSL_SESSION_up_ref"] in _names(last)[:-1]


@pytest.mark.parametrize(
    ("statement", "is_one_call"),
    [
        ("SSL_CTX *c = SSL_CTX_new(TLS_method());", True),
        ("SSL_CTX_new(TLS_method());", True),
        ("int n = SSL_CTX_sess_number(ctx) + 1;", False),
        ("int n = (SSL_CTX_sess_number(ctx));", False),
        ("int n = 3 * SSL_CTX_sess_number(ctx);", False),
    ],
)
def test_only_a_plain_call_is_compared_by_its_value(statement: str, is_one_call: bool) -> None:
    text = f"SSL_CTX *ctx = SSL_CTX_new(TLS_method());\n{statement}\n"

    assert read_timeline(run_text(text))[-1].has_result is is_one_call


def test_reading_ends_where_undefined_behaviour_begins() -> None:
    text = (
        "SSL_SESSION *s = SSL_SESSION_new();\n"
        "SSL_SESSION_free(s);\n"
        "SSL_SESSION_free(s);\n"
        "SSL_SESSION *t = SSL_SESSION_new();\n"
    )
    statements = read_timeline(run_text(text))

    assert [statement.is_undefined for statement in statements] == [False, False, True]
