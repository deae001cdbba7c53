/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
SSL *alone = SSL_new(ctx);
SSL_accept(alone);
long none = SSL_CTX_sess_number(ctx);
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"shop", 4);
SSL *named = SSL_new(ctx);
SSL_accept(named);
long one = SSL_CTX_sess_number(ctx);
SSL_shutdown(alone);
SSL_free(alone);
SSL_shutdown(named);
SSL_free(named);
SSL_CTX_free(ctx);
