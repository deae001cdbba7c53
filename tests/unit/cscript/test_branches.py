from __future__ import annotations

import pytest

from sslrefs.cscript.branches import MOST_RUNS, TIMES, Ways, ways
from sslrefs.cscript.parser import parse

CTX = "SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\n"


def names(found: Ways) -> list[tuple[int, str]]:
    return [(way.failed.line, way.failed.what) for way in found.failing if way.failed]


def explored(source: str) -> Ways:
    return ways(parse(source))


def test_each_failure_the_text_asks_about_is_a_way_of_its_own() -> None:
    found = explored(
        f"{CTX}if (!ctx) return 1;\nSSL *ssl = SSL_new(ctx);\nif (ssl == NULL) goto out;\n"
        "int rc = SSL_connect(ssl);\nif (rc != 1) goto out;\nSSL_shutdown(ssl);\n"
        "out: SSL_free(ssl);\nSSL_CTX_free(ctx);"
    )

    assert names(found) == [(1, "SSL_CTX_new"), (3, "SSL_new"), (5, "SSL_connect")]
    assert [[step.line for step in way.steps] for way in found.failing] == [
        [1],
        [1, 3, 8, 9],
        [1, 3, 5, 8, 9],
    ]
    assert found.plain.failed is None


def test_a_failure_nobody_asks_about_is_no_way() -> None:
    assert names(explored(f"{CTX}SSL_CTX_free(ctx);")) == []


def test_only_one_thing_fails_on_a_way() -> None:
    found = explored(
        "SSL_SESSION *a = SSL_SESSION_new(), *b = SSL_SESSION_new();\n"
        "if (!a) sleep(1);\nif (!b) sleep(2);"
    )

    assert [[step.line for step in way.steps] for way in found.failing] == [[1, 1, 2], [1, 1, 3]]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("if (setup() < 0) return;", "setup"),
        ("if (a() || b()) return;", "this condition"),
        ("while (more()) { sleep(1); }", "more"),
        ("char *p = malloc(8); if (!p) return;", "malloc"),
        ("if (!SSL_set_fd(NULL, 3)) return;", "SSL_set_fd"),
        ("if (SSL_SESSION_up_ref(s) != 1) return;", "SSL_SESSION_up_ref"),
    ],
)
def test_what_is_not_modelled_can_fail_too(line: str, what: str) -> None:
    found = explored(f"SSL_SESSION *s = SSL_SESSION_new();\n{line}\nSSL_SESSION_free(s);")

    assert names(found) == [(2, what)]


def test_a_read_that_fails_breaks_the_connection() -> None:
    found = explored(
        f"{CTX}SSL *ssl = SSL_new(ctx); SSL_connect(ssl); char buf[9];\n"
        "if (SSL_read(ssl, buf, 9) <= 0)\nreturn;\nSSL_shutdown(ssl);"
    )

    assert names(found) == [(2, "SSL_connect"), (3, "SSL_read")]
    assert [way.steps[-1].line for way in found.failing] == [3, 3]
    assert found.failing[1].steps[-1].world.ssls[0].state == "failed"


def test_a_line_that_says_fails_always_fails() -> None:
    text = f"{CTX}if (!SSL_new(ctx)) sleep(1); /* sslrefs: fails */\nsleep(2);"

    assert names(explored(text)) == []


def test_a_call_in_a_loop_fails_at_its_first_times() -> None:
    found = explored("for (int i = 0; i < 5; i++)\nif (!SSL_SESSION_new()) break;\nsleep(1);")

    assert names(found) == [(2, "SSL_SESSION_new")] * TIMES
    assert [len(way.steps) for way in found.failing] == [2, 3]


def test_a_failure_inside_a_callback_is_a_way() -> None:
    found = explored(
        "static int on_new(SSL *ssl, SSL_SESSION *s) {\nif (!remember(s))\nreturn 0;\nreturn 1; }\n"
        f"{CTX}SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);\n"
        "SSL_CTX_sess_set_new_cb(ctx, on_new);\nSSL *ssl = SSL_new(ctx);\nSSL_connect(ssl);\n"
        "char buf[9];\nSSL_read(ssl, buf, 9);"
    )

    assert names(found) == [(2, "remember"), (2, "remember")]


def test_very_many_failures_are_not_all_tried_and_that_is_counted() -> None:
    lines = "\n".join("if (!SSL_SESSION_new()) sleep(1);" for _ in range(MOST_RUNS + 7))

    found = explored(lines)

    assert 0 < len(found.failing) < MOST_RUNS
    assert len(found.failing) + found.left_out == MOST_RUNS + 7


def test_the_text_stays_as_it_is() -> None:
    text = f"{CTX}if (!ctx) return 1;\nSSL_CTX_free(ctx);"

    assert {way.source for way in explored(text).failing} == {text}


def test_runs_of_much_work_are_not_tried_again_and_again() -> None:
    lines = "if (!SSL_SESSION_new()) sleep(1);\n" * 20

    found = explored(f"{lines}for (int i = 0; i < 40000; i++) ;")

    assert len(found.failing) + found.left_out == 20
    assert found.left_out > 15
