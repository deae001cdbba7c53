/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_timeout(ctx, 100);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
sleep(50);
SSL *two = SSL_new(ctx);
SSL_accept(two);
SSL_shutdown(two);
SSL_free(two);
sleep(50);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_sess_number(ctx);
sleep(1);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_sess_number(ctx);
SSL_CTX_free(ctx);
