from __future__ import annotations

import json

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import NULL, UNINITIALISED, Function, ObjectId, Opaque, Text, Value, show
from sslrefs.trace.codec import step_facts

SERVER = """/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get_session(ssl);
SSL_SESSION *later;
SSL_SESSION_free(s);
SSL_shutdown(ssl);
SSL_free(ssl);
"""


def facts(source: str, line: int) -> dict[str, object]:
    (step,) = [step for step in run_text(source).steps if step.line == line]
    return step_facts(step)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (7, 7),
        (NULL, "NULL"),
        (UNINITIALISED, "uninitialised"),
        (ObjectId("ctx", 2), "ctx#2"),
        (Function("on_new"), "on_new"),
        (Text("app"), "pointer"),
        (Opaque("unknown"), "unknown"),
    ],
)
def test_a_value_is_written_as_in_the_vectors(value: Value | None, shown: object) -> None:
    assert show(value) == shown


def test_a_step_tells_counts_cache_and_variables() -> None:
    assert facts(SERVER, 5) == {
        "returns": 1,
        "counts": {"ctx#1": 3, "ssl#1": 1, "session#1": 2},
        "cached": {"ctx#1": ["session#1"]},
        "dangling": [],
        "not_resumable": [],
        "destroyed": [],
        "callbacks": [],
        "variables": {"ctx": "ctx#1", "ssl": "ssl#1"},
        "undefined": None,
    }


def test_a_dead_session_in_a_cache_dangles_and_is_listed_nowhere_else() -> None:
    found = facts(SERVER, 10)

    assert found["dangling"] == ["ctx#1.cache -> session#1"]
    assert found["cached"] == {"ctx#1": []}
    assert found["destroyed"] == ["session#1", "ssl#1"]
    assert found["counts"] == {"ctx#1": 1}
    assert found["undefined"] is None


def test_a_variable_without_a_value_is_told_as_such() -> None:
    assert facts(SERVER, 8)["variables"] == {
        "ctx": "ctx#1",
        "later": "uninitialised",
        "s": "session#1",
        "ssl": "ssl#1",
    }


def test_a_variable_of_a_function_has_its_name_before_it_and_goes_with_it() -> None:
    source = (
        "static void look(SSL_SESSION *x) { int n = 1; sleep(n); }\n"
        "SSL_SESSION *s = SSL_SESSION_new();\nlook(s);\n"
    )
    inside = step_facts(run_text(source).steps[1])

    assert inside["variables"] == {"look:x": "session#1", "s": "session#1"}
    assert facts(source, 3)["variables"] == {"s": "session#1"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("return 0;", {"name": "new_cb", "ssl": "ssl#1", "session": "session#1", "returned": 0}),
        (
            "kept = sess; return 1;",
            {"name": "new_cb", "ssl": "ssl#1", "session": "session#1", "returned": 1},
        ),
    ],
)
def test_a_callback_is_told_with_what_it_saw_and_answered(
    answer: str, told: dict[str, object]
) -> None:
    source = f"""/* sslrefs: peer TLS 1.2 */
static SSL_SESSION *kept;
static int on_new(SSL *ssl, SSL_SESSION *sess) {{ {answer} }}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
"""

    assert facts(source, 8)["callbacks"] == [told]


def test_facts_are_plain_json() -> None:
    for step in run_text(SERVER).steps:
        assert json.loads(json.dumps(step_facts(step))) == step_facts(step)
