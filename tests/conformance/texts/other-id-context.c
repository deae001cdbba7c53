/* A client whose session has another id context than it has: the handshake fails, yet counts as resumed. */
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL *other = SSL_new(ctx);
SSL_set_session_id_context(other, (const unsigned char *)"two", 3);
SSL_set_session(other, s);
SSL_connect(other);
SSL_session_reused(other);
SSL_SESSION_is_resumable(s);
SSL_free(other);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
