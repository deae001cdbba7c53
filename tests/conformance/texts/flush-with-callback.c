/* What a remove callback sees of the sessions that the same flush took out before. */
static void gone(SSL_CTX *ctx, SSL_SESSION *session)
{
    SSL_SESSION_up_ref(session);
    SSL_SESSION_free(session);
}
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_sess_set_remove_cb(ctx, gone);
SSL_SESSION *a = SSL_SESSION_new();
SSL_SESSION *b = SSL_SESSION_new();
SSL_SESSION_set1_id(a, (const unsigned char *)"one", 3);
SSL_SESSION_set1_id(b, (const unsigned char *)"two", 3);
SSL_CTX_add_session(ctx, a);
SSL_CTX_add_session(ctx, b);
SSL_CTX_flush_sessions(ctx, 0);
SSL_SESSION_free(a);
SSL_SESSION_free(b);
SSL_CTX_free(ctx);
