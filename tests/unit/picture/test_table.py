from __future__ import annotations

from sslrefs.audit.ledger import keep_ledger
from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import ObjectId
from sslrefs.picture.follow import Follower
from sslrefs.picture.table import Row
from sslrefs.studio.run import run

CTX, SSL, SESSION = ObjectId("ctx", 1), ObjectId("ssl", 1), ObjectId("session", 1)


def test_a_step_has_the_rows_that_changed_and_no_other() -> None:
    rows = run(
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\nSSL *ssl = SSL_new(ctx);\nint n = 1;\n"
        "SSL_CTX_free(ctx);\nSSL_free(ssl);\n"
    ).rows

    assert rows == [
        [Row(CTX, "1", "ctx", "", "alive")],
        [
            Row(CTX, "1 → 3", "ssl#1.ctx, ssl#1.session_ctx, ctx", "", "alive"),
            Row(SSL, "1", "ssl", "", "alive"),
        ],
        [],
        [Row(CTX, "3 → 2", "ssl#1.ctx, ssl#1.session_ctx", "ctx (lent)", "alive")],
        [
            Row(CTX, "2 → 0", "", "ctx (dangling)", "gone"),
            Row(SSL, "1 → 0", "", "ssl (dangling)", "gone"),
        ],
    ]


def test_a_count_that_is_not_its_holders_says_so() -> None:
    rows = run(
        "/* sslrefs: peer TLS 1.2 */\nSSL_CTX *ctx = SSL_CTX_new(TLS_server_method());\n"
        "SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);\nSSL *ssl = SSL_new(ctx);\nSSL_accept(ssl);\n"
        "SSL_SESSION *s = SSL_get_session(ssl);\nSSL_SESSION_free(s);\n"
    ).rows

    assert rows[-1] == [
        Row(SESSION, "2 → 1", "ssl#1.session, ctx#1.cache", "s (lent)", "count 1 ≠ holders 2")
    ]


def test_of_very_many_holders_the_others_are_counted() -> None:
    text = "SSL_SESSION *s = SSL_SESSION_new();\n" + "SSL_SESSION_up_ref(s);\n" * 14

    assert run(text).rows[-1] == [
        Row(SESSION, "14 → 15", ", ".join(["s"] * 12) + ", +3 more", "", "not resumable")
    ]


def test_who_went_is_not_kept_among_the_holders() -> None:
    loop = "SSL *a = SSL_new(c); SSL_free(a);"
    timeline = run_text(
        f"SSL_CTX *c = SSL_CTX_new(TLS_method());\nfor (int i = 0; i < 50; i++) {{ {loop} }}"
    )
    follower = Follower()

    for index in follower.read(timeline, keep_ledger(timeline)):
        follower.advance(index)

    assert dict(follower.held[ObjectId("ctx", 1)]) == {"c": 1}
