/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *lent = SSL_get_session(ssl);
SSL_SESSION *own = SSL_SESSION_new();
SSL_SESSION_set1_id(own, (const unsigned char *)"own", 3);
SSL_CTX_add_session(ctx, own);
SSL_SESSION_free(lent);
SSL_SESSION_free(lent);
sleep(300);
long made = SSL_SESSION_get_time(own);
