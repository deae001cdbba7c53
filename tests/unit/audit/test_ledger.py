"""The ledger's rules: who is shown as a holder, and which free was the wrong one."""

from __future__ import annotations

import pytest

from sslrefs.audit.answers import who_freed, why_alive
from sslrefs.audit.findings import Finding, judge
from sslrefs.audit.ledger import keep_ledger
from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import ObjectId

SESSION = ObjectId("session", 1)


def holders(source: str, step: int) -> tuple[str, ...]:
    timeline = run_text(source)
    return keep_ledger(timeline).holders(SESSION, step)


def findings(source: str) -> tuple[Finding, ...]:
    return judge(run_text(source))


def test_up_ref_is_shown_at_its_argument_until_a_copy_moves_the_newest() -> None:
    source = "SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION_up_ref(s); SSL_SESSION *t = s;"

    assert holders(source, 0) == ("s",)
    assert holders(source, 1) == ("s", "s")
    assert holders(source, 2) == ("s", "t")


def test_a_copy_of_a_single_reference_moves_nothing() -> None:
    assert holders("SSL_SESSION *s = SSL_SESSION_new(); SSL_SESSION *t = s;", 1) == ("s",)


def test_two_references_freed_through_one_name_are_fine() -> None:
    source = """SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_up_ref(s);
SSL_SESSION *t = s;
SSL_SESSION_free(s);
SSL_SESSION_free(s);"""

    assert findings(source) == ()


def test_a_free_that_used_up_anothers_reference_is_wrong_once_the_owner_comes() -> None:
    source = """SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX *same = SSL_get_SSL_CTX(ssl);
SSL_CTX_free(same);
SSL_free(ssl);
SSL_CTX_free(ctx);"""

    (found,) = findings(source)

    assert (found.kind, found.wrong_line, found.shows_line) == ("borrowed_free", 4, 6)


def test_the_honest_owner_between_a_thief_and_another_owner_is_not_blamed() -> None:
    source = """SSL_CTX *a = SSL_CTX_new(TLS_method());
SSL_CTX_up_ref(a);
SSL_CTX *b = a;
SSL *ssl = SSL_new(a);
SSL_CTX *lent = SSL_get_SSL_CTX(ssl);
SSL_CTX_free(lent);
SSL_CTX_free(a);
SSL_free(ssl);
SSL_CTX_free(b);"""

    (found,) = findings(source)

    assert (found.kind, found.wrong_line) == ("borrowed_free", 6)


@pytest.mark.parametrize(
    ("source", "kind", "cause"),
    [
        ("SSL_SESSION *s = SSL_SESSION_new(); s = NULL;", "lost_pointer", "overwritten"),
        ("{ SSL_SESSION *s = SSL_SESSION_new(); }", "lost_pointer", "out of scope"),
        ("SSL_SESSION_new();", "lost_pointer", "never stored"),
        (
            "struct c { SSL_SESSION *s; };\nstruct c *c = malloc(sizeof *c);"
            "c->s = SSL_SESSION_new(); free(c);",
            "lost_pointer",
            "struct freed",
        ),
        ("SSL_SESSION *s = SSL_SESSION_new();", "leak", None),
    ],
)
def test_every_way_to_lose_a_reference_has_its_name(
    source: str, kind: str, cause: str | None
) -> None:
    (found,) = findings(source)

    assert (found.kind, found.cause) == (kind, cause)


def test_a_function_hands_its_reference_to_the_callers_variable() -> None:
    source = """SSL_SESSION *make(void) { SSL_SESSION *s = SSL_SESSION_new(); return s; }
SSL_SESSION *mine = make();
SSL_SESSION_free(mine);"""

    assert findings(source) == ()


def test_null_followed_is_no_clean_run() -> None:
    (found,) = findings("SSL_SESSION *s = NULL;\nSSL_SESSION_up_ref(s);")

    assert (found.kind, found.wrong_line) == ("bad_pointer", 2)


def test_why_alive_and_who_freed_name_the_lines() -> None:
    timeline = run_text("SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);")
    ledger = keep_ledger(timeline)

    assert [(r.holder, r.line) for r in why_alive(timeline, ledger, SESSION, 0).reasons] == [
        ("s", 1)
    ]
    assert who_freed(timeline, ledger, SESSION).says == (
        "line 2 ended session#1: SSL_SESSION_free(s);"
    )


def test_what_a_callback_kept_is_lost_when_its_next_run_overwrites_it() -> None:
    source = """static SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) { kept = s; return 1; }
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
char buf[16];
SSL_read(ssl, buf, sizeof buf);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
"""
    (finding,) = findings(source)

    assert (finding.kind, str(finding.object), finding.cause) == (
        "lost_pointer",
        "session#2",
        "overwritten",
    )
