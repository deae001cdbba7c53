/* A broken record spoils the session of the connection, but not after SSL_shutdown. */
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
char buf[64];
SSL *open = SSL_new(ctx);
SSL_accept(open);
SSL_read(open, buf, sizeof(buf)); /* sslrefs: peer breaks */
SSL *closed = SSL_new(ctx);
SSL_accept(closed);
SSL_shutdown(closed);
SSL_read(closed, buf, sizeof(buf)); /* sslrefs: peer breaks */
SSL_CTX_sess_number(ctx);
SSL *left = SSL_new(ctx);
SSL_accept(left);
SSL_read(left, buf, sizeof(buf)); /* sslrefs: peer closes */
SSL_set_shutdown(left, 0);
SSL_read(left, buf, sizeof(buf));
SSL_read(left, buf, sizeof(buf)); /* sslrefs: peer breaks */
SSL *again = SSL_new(ctx);
SSL_accept(again);
SSL_set_shutdown(again, SSL_RECEIVED_SHUTDOWN);
SSL_read(again, buf, sizeof(buf)); /* sslrefs: peer breaks */
SSL_set_shutdown(again, 0);
SSL_read(again, buf, sizeof(buf));
