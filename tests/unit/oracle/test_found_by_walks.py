"""Short texts of what random walks once found wrong in the model: they must stay right."""

from __future__ import annotations

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.oracle.library import Libssl
from sslrefs.oracle.replay import replay

SERVED_SESSION = """\
// sslrefs: peer TLS 1.2
// sslrefs: peer without tickets
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *server = SSL_new(ctx);
SSL_accept(server);
SSL *client = SSL_new(ctx);
SSL_set_session(client, SSL_get_session(server));
SSL_connect(client);
SSL_session_reused(client);
"""

EXPIRED_IN_TLS_1_3 = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_SESSION_set_timeout(SSL_get_session(first), 1);
sleep(5);
SSL *second = SSL_new(ctx);
SSL_accept(second); /* sslrefs: peer resumes */
SSL_session_reused(second);
"""

SET_SESSION_AFTER_CTX = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_SESSION *s = SSL_SESSION_new();
SSL_CTX_free(ctx);
SSL_CTX_free(ctx);
SSL_CTX_free(ctx);
SSL_set_session(ssl, s);
"""

SHUTDOWN_AFTER_CTX = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_CTX_free(ctx);
SSL_CTX_free(ctx);
SSL_CTX_free(ctx);
SSL_shutdown(ssl);
"""


@pytest.mark.libssl
@pytest.mark.parametrize("text", [SERVED_SESSION, EXPIRED_IN_TLS_1_3])
def test_the_model_agrees(library: Libssl, text: str) -> None:
    timeline = run_text(text)

    steps = list(replay(timeline, library))

    assert [str(one) for step in steps for one in step.differences] == []
    assert len(steps) == len(timeline.steps)
    assert timeline.steps[-1].returned == 0


BROKEN_AFTER_SESSION = """\
// sslrefs: peer TLS 1.2
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION_free(SSL_get_session(ssl));
char buf[64];
SSL_read(ssl, buf, sizeof(buf)); /* sslrefs: peer breaks */
"""


@pytest.mark.parametrize("text", [SET_SESSION_AFTER_CTX, SHUTDOWN_AFTER_CTX, BROKEN_AFTER_SESSION])
def test_a_connection_whose_context_or_session_is_gone_is_undefined(text: str) -> None:
    """The real library may crash there, and did."""
    steps = run_text(text).steps

    assert [step.undefined is None for step in steps] == [True] * (len(steps) - 1) + [False]
