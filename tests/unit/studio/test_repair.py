"""A repair is offered only if the repaired text was run and found clean."""

from __future__ import annotations

import pytest

from sslrefs.audit.findings import judge
from sslrefs.cscript.interpreter import run_text
from sslrefs.studio.edit import Edit
from sslrefs.studio.repair import suggest


def repair(source: str) -> Edit | None:
    timeline = run_text(source)
    return suggest(timeline, judge(timeline))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\nSSL_SESSION_free(s);",
            "delete line 3",
        ),
        (
            "SSL_SESSION *s = SSL_SESSION_new();",
            "insert after line 1: SSL_SESSION_free(s);",
        ),
        (
            "SSL_CTX *c = SSL_CTX_new(TLS_method());\nc = SSL_CTX_new(TLS_method());\n"
            "SSL_CTX_free(c);",
            "insert after line 1: SSL_CTX_free(c);",
        ),
    ],
)
def test_one_line_mends_it(source: str, says: str) -> None:
    found = repair(source)

    assert found is not None
    assert found.says == says
    assert judge(run_text(found.applied(source))) == ()


def test_nothing_is_offered_for_a_clean_run_or_for_two_bugs() -> None:
    two = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION *t = SSL_SESSION_new();"

    assert repair("SSL_free(NULL);") is None
    assert repair(two) is None
