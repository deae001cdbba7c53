/* The first SSL_write or SSL_read shakes hands; a side that was chosen stays after SSL_clear. */
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_BOTH);
char buf[64];
SSL *none = SSL_new(ctx);
SSL_read(none, buf, sizeof(buf));
SSL_write(none, "hello", 5);
SSL *server = SSL_new(ctx);
SSL_set_accept_state(server);
SSL_write(server, "hello", 5);
SSL_get_session(server);
SSL_CTX_sess_accept_good(ctx);
SSL_shutdown(server);
SSL_clear(server);
SSL_connect(server);
SSL_CTX_sess_accept_good(ctx);
SSL_CTX_sess_connect_good(ctx);
SSL *client = SSL_new(ctx);
SSL_set_connect_state(client);
SSL_read(client, buf, sizeof(buf));
SSL_CTX_sess_connect_good(ctx);
SSL_CTX_sess_number(ctx);
SSL *closed = SSL_new(ctx);
SSL_set_connect_state(closed);
SSL_set_shutdown(closed, SSL_SENT_SHUTDOWN);
SSL_write(closed, "hello", 5);
SSL_is_init_finished(closed);
