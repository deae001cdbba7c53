"""Ex-data and their free callbacks, as measured on libssl."""

from __future__ import annotations

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.studio.run import run

DROP = """\
static void drop(void *parent, void *ptr, CRYPTO_EX_DATA *ad, int idx, long argl, void *argp) {
  SSL_SESSION_free(ptr);
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
"""


def kinds(source: str) -> list[str]:
    return [finding.kind for finding in run(source).findings]


@pytest.mark.parametrize(
    "text",
    [
        "int i = SSL_get_ex_new_index(0, NULL, NULL, NULL, drop);\nSSL *ssl = SSL_new(ctx);\n"
        "SSL_set_ex_data(ssl, i, SSL_SESSION_new());\nSSL_free(ssl);\nSSL_CTX_free(ctx);",
        "int i = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, drop);\n"
        "SSL_CTX_set_ex_data(ctx, i, SSL_SESSION_new());\nSSL_CTX_free(ctx);",
        "int i = SSL_SESSION_get_ex_new_index(0, NULL, NULL, NULL, drop);\n"
        "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_set_ex_data(s, i, SSL_SESSION_new());\n"
        "SSL_SESSION_free(s);\nSSL_CTX_free(ctx);",
    ],
)
def test_a_free_callback_gives_back_what_its_object_carried(text: str) -> None:
    assert kinds(DROP + text) == []
    assert kinds(DROP + text.replace("drop", "NULL")) == ["lost_pointer"]


def test_it_runs_once_for_every_object_also_where_nothing_is_stored() -> None:
    timeline = run_text(
        f"{DROP}SSL_get_ex_new_index(0, NULL, NULL, NULL, drop);\nSSL *a = SSL_new(ctx);\n"
        "SSL *b = SSL_new(ctx);\nSSL_free(a); SSL_up_ref(b); SSL_free(b);\nSSL_free(b);"
    )

    ran = [step for step in timeline.steps if step.function == "drop"]
    assert len(ran) == 2


def test_each_kind_counts_its_own_indexes() -> None:
    timeline = run_text(
        "SSL_get_ex_new_index(0, 0, 0, 0, 0);\nSSL_CTX_get_ex_new_index(0, 0, 0, 0, 0);\n"
        "SSL_get_ex_new_index(0, 0, 0, 0, 0);\nSSL_SESSION_get_ex_new_index(0, 0, 0, 0, 0);"
    )

    assert [step.returned for step in timeline.steps] == [1, 1, 2, 1]


def test_the_callback_learns_index_and_arguments() -> None:
    timeline = run_text(
        "void f(void *p, void *d, CRYPTO_EX_DATA *a, int i, long l, void *v) {\n"
        "if (i == 1 && l == 7 && d == NULL) sleep(1); }\n"
        "SSL_SESSION_get_ex_new_index(7, NULL, NULL, NULL, f);\n"
        "SSL_SESSION_free(SSL_SESSION_new());"
    )

    assert [step.calls for step in timeline.steps if step.depth] == [("sleep",)]


def test_a_copy_of_a_session_has_the_same_pointers_and_the_second_free_is_found() -> None:
    text = (
        f"{DROP}int i = SSL_SESSION_get_ex_new_index(0, NULL, NULL, NULL, drop);\n"
        "SSL_SESSION *s = SSL_SESSION_new(), *t;\nSSL_SESSION_set_ex_data(s, i, SSL_SESSION_new());\n"
        "t = SSL_SESSION_dup(s);\nSSL_SESSION_free(s);\nSSL_SESSION_free(t);\nSSL_CTX_free(ctx);"
    )

    assert kinds(text) in (["double_free"], ["use_after_free"], ["borrowed_free"])


def test_callbacks_that_are_not_run_are_told() -> None:
    timeline = run_text(
        "int d(void) { return 1; }\nSSL_get_ex_new_index(0, NULL, d, d, SSL_SESSION_free);"
    )

    assert [note.text for note in timeline.notes] == [
        "the dup callback d is not run here",
        "the free callback SSL_SESSION_free is not defined here: it is not run",
        "the new callback d is not run here",
    ]
