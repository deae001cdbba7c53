/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
static SSL_SESSION *kept;
static int keep(SSL *ssl, SSL_SESSION *sess) { if (kept != NULL) return 0; kept = sess; return 1; }
static SSL_SESSION *find(SSL *ssl, const unsigned char *id, int len, int *copy) { *copy = 1; return kept; }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_new_cb(ctx, keep);
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_get_cb(ctx, find);
SSL *a = SSL_new(ctx);
SSL_accept(a);
SSL_shutdown(a);
SSL_free(a);
SSL_CTX_remove_session(ctx, kept);
SSL *b = SSL_new(ctx);
SSL_accept(b); /* sslrefs: peer resumes */
SSL_session_reused(b);
SSL_CTX_sess_cb_hits(ctx);
SSL_CTX_sess_hits(ctx);
SSL_shutdown(b);
SSL_free(b);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
