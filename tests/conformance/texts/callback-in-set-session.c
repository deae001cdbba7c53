/* What a remove callback sees while SSL_set_session replaces a session. */
// sslrefs: peer TLS 1.2
// sslrefs: peer without tickets
static void gone(SSL_CTX *ctx, SSL_SESSION *session)
{
    SSL_SESSION_up_ref(session);
    SSL_SESSION_free(session);
}
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL_CTX_sess_set_remove_cb(ctx, gone);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *other = SSL_SESSION_new();
SSL_SESSION_set_protocol_version(other, TLS1_2_VERSION);
SSL_set_session(ssl, other);
SSL_get_session(ssl);
