SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
char buffer[64];
int closed = SSL_read(ssl, buffer, sizeof buffer); /* sslrefs: peer closes */
int both = SSL_get_shutdown(ssl);
SSL_set_shutdown(ssl, 0);
int again = SSL_read(ssl, buffer, sizeof buffer);
int mark = SSL_get_shutdown(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
