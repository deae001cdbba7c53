"""A new callback may free what it is offered, if it then says that it kept it."""

from __future__ import annotations

import pytest

from sslrefs.studio.run import run

BEFORE = """\
int on_new(SSL *ssl, SSL_SESSION *s) {
BODY
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
char buf[8];
SSL_connect(ssl);
SSL_read(ssl, buf, sizeof buf);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("SSL_SESSION_free(s); return 1;", []),
        ("SSL_SESSION *mine = s; SSL_SESSION_free(mine); return 1;", []),
        ("SSL_SESSION_up_ref(s); SSL_SESSION_free(s); SSL_SESSION_free(s); return 1;", []),
        ("return 0;", []),
        ("SSL_SESSION_free(s); return 0;", [("borrowed_free", 2)] * 2),
        ("SSL_SESSION_free(s); SSL_SESSION_free(s); return 1;", [("borrowed_free", 2)] * 2),
        ("return 1;", [("lost_pointer", 2)] * 2),
    ],
)
def test_the_answer_decides_whose_the_reference_was(
    body: str, found: list[tuple[str, int]]
) -> None:
    result = run(BEFORE.replace("BODY", body))

    assert [(finding.kind, finding.at_line) for finding in result.findings] == found


@pytest.mark.parametrize("body", ["SSL_SESSION_free(s); return 1;", "return 0;", "return 1;"])
def test_count_and_holders_agree_at_every_step(body: str) -> None:
    result = run(BEFORE.replace("BODY", body))

    for step in result.timeline.steps:
        for target in step.world.living():
            holders = result.ledger.account(target).holders(step.index)
            assert len(holders) == step.world.record(target).count, (step.index, target)
