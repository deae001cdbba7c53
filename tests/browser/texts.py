"""C texts whose runs the browser tests show."""

from __future__ import annotations

__all__ = ["CALLBACK", "DELAYED"]

DELAYED = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *peek = SSL_get0_session(ssl);
SSL_SESSION_free(peek);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);
"""
"""One free too many at line 7 (step 6); it shows at the flush (step 9)."""

CALLBACK = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_SESSION *kept;
int on_new(SSL *ssl, SSL_SESSION *sess) {
    kept = sess;
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_free(ssl);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
"""
"""A clean run with a callback that keeps the session; its steps are 5 and 6."""
