"""Lines out of a larger program: the mistakes say how to make them a function that runs."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import attempt, run

LEAD = "Are these lines out of a larger program?"

SAVED = """\
    if (s->session) SSL_SESSION_free(s->session);
    s->session = SSL_get1_session(ssl);
    SSL_free(ssl);
"""
FREED_TWICE = """\
    sess = SSL_get1_session(conn->ssl);
    if (sess == NULL)
        return;
    store(conn->host, sess);
    SSL_SESSION_free(sess);
    SSL_SESSION_free(sess);
"""
COUNTED = """\
    for (i = 0; i < count; i++)
        SSL_SESSION_up_ref(shared);
    SSL_CTX_flush_sessions(ctx, now);
"""
PIECES = [
    (SAVED, "void piece(struct s *s, SSL *ssl) {"),
    (FREED_TWICE, "void piece(struct conn *conn) {\n        SSL_SESSION *sess;"),
    (
        COUNTED,
        "void piece(int count, SSL_SESSION *shared, SSL_CTX *ctx, int now) {\n        int i;",
    ),
]


def refused(text: str) -> ScriptError:
    """Why a text cannot be run."""
    found = attempt(text)
    assert isinstance(found, ScriptError)
    return found


@pytest.mark.parametrize(("text", "head"), PIECES)
def test_the_function_has_what_is_declared_elsewhere(text: str, head: str) -> None:
    advice = refused(text).advice

    assert advice.startswith(LEAD)
    assert f"    {head}\n" in advice
    assert str(refused(text)).endswith(advice)


@pytest.mark.parametrize(("text", "head"), PIECES)
def test_the_function_runs_as_it_is_offered(text: str, head: str) -> None:
    function = refused(text).advice.partition("calls it:\n")[2].replace("        …", text)

    assert head.partition("\n")[0] in function
    assert run(function).timeline.steps


def test_its_bugs_are_found() -> None:
    function = refused(FREED_TWICE).advice.partition("calls it:\n")[2].replace("…", FREED_TWICE)

    assert [bug.kind for bug in run(function).findings] == ["over_release"]


@pytest.mark.parametrize(
    "text",
    [
        "SSL_SESSION_free(s);",  # one line is no piece
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\nSSL *ssl = SSL_new(ctx);\nSSL_connect(other);",
        "SSL_SESSION *session = SSL_SESSION_new();\nSSL_SESSION_free(sessiom);",  # a slip
        "void f(SSL *ssl) { SSL_free(ssl); }\nf(connection);\nf(connection);",
        "SSL_free(ssl)\nSSL_CTX_free(ctx);",  # cannot be parsed
    ],
)
def test_what_is_no_piece_gets_no_such_advice(text: str) -> None:
    assert LEAD not in str(refused(text))


def test_it_is_not_offered_where_it_would_not_help() -> None:
    """An array has a length that nobody can tell."""
    assert LEAD not in str(refused("SSL_SESSION_free(all[0]);\nSSL_SESSION_free(all[1]);"))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("SSL_SESSION_free(all[0]);", "SSL_SESSION *all[10];"),
        ("int x = counts[2];", "int counts[10];"),
        ("SSL_SESSION_free(*place);", "SSL_SESSION **place = &session;"),
        ("pthread_mutex_lock(&held);", "pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;"),
    ],
)
def test_the_example_fits_what_is_done_with_the_name(text: str, made: str) -> None:
    assert f"declare it first, for example: {made}" in str(refused(text))


def test_bytes_that_a_session_is_read_from_have_their_type() -> None:
    text = "SSL_SESSION *s = d2i_SSL_SESSION(NULL, &p, len);\nSSL_SESSION_free(s);"

    with pytest.raises(ScriptError) as caught:
        run(text)

    assert "void piece(const unsigned char *p, int len) {" in caught.value.advice


def test_of_very_many_names_no_function_is_offered() -> None:
    with pytest.raises(ScriptError) as caught:
        run("int x;\n" + "".join(f"x = y{number};\n" for number in range(30)))

    assert len(caught.value.problems) == 30
    assert caught.value.advice == ""
