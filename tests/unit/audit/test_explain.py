from __future__ import annotations

import pytest

from sslrefs.audit.books import listed
from sslrefs.audit.explain import as_code
from sslrefs.audit.findings import Finding
from sslrefs.studio.run import run


def only(source: str) -> Finding:
    (finding,) = run(source).findings
    return finding


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("s", "s"),
        ("remember:last", "last"),
        ("deep(3):s", "s"),
        ("s'2", "s"),
        ("f:s'3", "s"),
        ("c.ssl", "c.ssl"),
        ("pool[2]", "pool[2]"),
    ],
)
def test_a_place_in_code_is_the_name_the_program_uses(place: str, code: str) -> None:
    assert as_code(place) == code


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_people_do(words: list[str], text: str) -> None:
    assert listed(words) == text


def test_a_leak_in_a_static_variable_is_mended_by_code_that_is_c() -> None:
    finding = only(
        "static void keep(void) { static SSL_SESSION *last; last = SSL_SESSION_new(); }\nkeep();"
    )

    assert finding.fix == "Add SSL_SESSION_free(last); after its last use."
    assert "at the end keep:last still holds it" in finding.message


def test_an_overwritten_pointer_names_both_lines() -> None:
    finding = only("SSL_SESSION *s = SSL_SESSION_new();\ns = NULL;")

    assert finding.message == (
        "Line 2 overwrites s, the last variable with it: the reference to session#1 taken at"
        " line 1 can never be given back."
    )
    assert finding.fix == "Call SSL_SESSION_free(s) before line 2."
    assert [(site.what, site.line) for site in finding.sites] == [("taken", 1), ("lost", 2)]


def test_a_lent_pointer_that_is_freed_names_who_counts_on_it() -> None:
    finding = only(
        "/* sslrefs: peer TLS 1.2 */\nSSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\n"
        "SSL *ssl = SSL_new(ctx);\nSSL_connect(ssl);\nSSL_SESSION *s = SSL_get_session(ssl);\n"
        "SSL_SESSION_free(s);\nSSL_free(ssl);\nSSL_CTX_free(ctx);\n"
    )

    assert finding.kind == "borrowed_free"
    assert finding.message == (
        "Line 6 gives back a reference to session#1 that the program never took:"
        " s was only lent at line 5. Still counting on it: ssl#1.session."
    )
    assert [(site.what, site.line) for site in finding.sites] == [("lent", 5), ("freed", 6)]


def test_a_pointer_used_after_its_owner_went_says_where_to_take_a_reference() -> None:
    finding = only(
        "/* sslrefs: peer TLS 1.2 */\nSSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\n"
        "SSL *ssl = SSL_new(ctx);\nSSL_connect(ssl);\nSSL_SESSION *s = SSL_get_session(ssl);\n"
        "SSL_shutdown(ssl);\nSSL_free(ssl);\nSSL_SESSION_up_ref(s);\nSSL_CTX_free(ctx);\n"
    )

    assert (finding.kind, finding.wrong_line, finding.shows_line) == ("use_after_free", 5, 8)
    assert finding.fix.startswith("Take a reference at line 5 with SSL_get1_session")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "SSL_SESSION *s;\nSSL_SESSION_free(s);",
            "Line 2: SSL_SESSION_free uses a variable that was never given a value (session).",
        ),
        ("SSL_up_ref(NULL);", "Line 1: SSL_up_ref follows a NULL pointer (ssl)."),
    ],
)
def test_a_bad_pointer_is_said_once(source: str, message: str) -> None:
    finding = only(source)

    assert finding.kind == "bad_pointer"
    assert finding.message == message
    assert finding.consequences == ()
    assert finding.shows_line == finding.wrong_line


def test_a_copy_of_a_spoiled_session_was_not_taken_too_early() -> None:
    finding = only("""/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *old = SSL_new(ctx);
SSL_connect(old);
SSL_SESSION *s = SSL_get1_session(old);
SSL_free(old);
SSL_SESSION *copy = SSL_SESSION_dup(s);
SSL_SESSION_free(s);
SSL *ssl = SSL_new(ctx);
SSL_set_session(ssl, copy);
SSL_SESSION_free(copy);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""")

    assert (finding.kind, finding.wrong_line, finding.cause) == (
        "not_resumable",
        7,
        "copied too late",
    )
    assert "is a copy of one that was not resumable any more" in finding.message


@pytest.mark.parametrize(
    ("spoils", "says_shutdown"),
    [
        ("SSL_CTX_flush_sessions(ctx, 0);", False),
        ("SSL_CTX_remove_session(ctx, s);", False),
        ("SSL_set_session(old, NULL);", True),
        ("SSL_free(old);", True),
    ],
)
def test_shutdown_is_advised_only_where_it_would_have_helped(
    spoils: str, *, says_shutdown: bool
) -> None:
    finding = only(f"""/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL *old = SSL_new(ctx);
SSL_connect(old);
SSL_SESSION *s = SSL_get1_session(old);
{spoils}
SSL *ssl = SSL_new(ctx);
SSL_set_session(ssl, s);
SSL_SESSION_free(s);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
{"" if "free" in spoils else "SSL_shutdown(old); SSL_free(old);"}
SSL_CTX_free(ctx);
""")

    assert (finding.kind, finding.wrong_line) == ("not_resumable", 7)
    assert ("SSL_shutdown" in finding.fix) is says_shutdown
    assert "SSL_SESSION_dup" in finding.fix


def test_of_very_many_holders_the_first_are_named_and_the_others_counted() -> None:
    result = run(
        "SSL_CTX *c = SSL_CTX_new(TLS_method());\n"
        "for (int i = 0; i < 500; i++) { SSL *a = SSL_new(c); SSL_CTX_free(c); }"
    )

    surpluses = [bug for bug in result.findings if bug.kind == "over_release"]
    assert len(surpluses) == 499
    assert surpluses[-1].message.endswith(
        "Still counting on it: ssl#1.ctx, ssl#1.session_ctx, ssl#2.ctx, ssl#2.session_ctx, "
        "ssl#3.ctx, ssl#3.session_ctx and 994 more."
    )
