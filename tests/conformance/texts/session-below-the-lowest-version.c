/* A client does not offer a session of a version that it will not speak: a new one takes its place. */
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_set_min_proto_version(ssl, TLS1_3_VERSION);
SSL_clear(ssl);
SSL_connect(ssl);
SSL_SESSION_is_resumable(s);
SSL_free(ssl);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
