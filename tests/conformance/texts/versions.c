/* No common version, on either side, and flags that a handshake takes back. */
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_BOTH);
SSL *first = SSL_new(ctx);
SSL_connect(first);
SSL_clear(first);
SSL_set_shutdown(first, SSL_SENT_SHUTDOWN);
SSL_connect(first);
SSL_clear(first);
SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
SSL *client = SSL_new(ctx);
SSL_connect(client);
SSL *server = SSL_new(ctx);
SSL_accept(server);
SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION);
SSL *nothing = SSL_new(ctx);
SSL_connect(nothing);
SSL_get_session(nothing);
SSL *neither = SSL_new(ctx);
SSL_accept(neither);
char buf[64];
SSL_CTX *high = SSL_CTX_new(TLS_method());
SSL_CTX_set_min_proto_version(high, TLS1_3_VERSION);
SSL *data = SSL_new(high);
SSL_set_connect_state(data);
SSL_read(data, buf, sizeof(buf));
SSL_get_shutdown(data);
