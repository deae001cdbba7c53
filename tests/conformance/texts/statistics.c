/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
static SSL_SESSION *kept;
static int keep(SSL *ssl, SSL_SESSION *sess) { if (kept != NULL) return 0; kept = sess; return 1; }
static SSL_SESSION *find(SSL *ssl, const unsigned char *id, int len, int *copy) { *copy = 1; return kept; }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_cache_size(ctx, 2);
SSL_CTX_sess_set_new_cb(ctx, keep);
SSL *a = SSL_new(ctx);
SSL_accept(a);
SSL_shutdown(a);
SSL_free(a);
SSL_CTX_sess_accept_good(ctx);
SSL_CTX_sess_connect_good(ctx);
SSL *b = SSL_new(ctx);
SSL_accept(b); /* sslrefs: peer resumes */
SSL_shutdown(b);
SSL_free(b);
SSL_CTX_sess_hits(ctx);
SSL_CTX_sess_misses(ctx);
SSL_SESSION_set_timeout(kept, 1);
sleep(5);
SSL *c = SSL_new(ctx);
SSL_accept(c); /* sslrefs: peer resumes */
SSL_CTX_sess_timeouts(ctx);
SSL_shutdown(c);
SSL_free(c);
SSL_CTX_sess_cache_full(ctx);
SSL_CTX_sess_set_get_cb(ctx, find);
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
SSL *d = SSL_new(ctx);
SSL_accept(d); /* sslrefs: peer resumes */
SSL_CTX_sess_cb_hits(ctx);
SSL_CTX_sess_hits(ctx);
SSL_CTX_sess_accept_good(ctx);
SSL_shutdown(d);
SSL_free(d);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
