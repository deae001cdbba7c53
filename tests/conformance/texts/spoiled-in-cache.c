/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *a = SSL_new(ctx);
SSL_accept(a);
SSL_SESSION *kept = SSL_get1_session(a);
SSL_shutdown(a);
SSL_free(a);
SSL_CTX_remove_session(ctx, kept);
SSL_CTX_add_session(ctx, kept);
SSL *b = SSL_new(ctx);
SSL_accept(b); /* sslrefs: peer resumes */
SSL_session_reused(b);
SSL_CTX_sess_hits(ctx);
SSL_CTX_sess_number(ctx);
SSL_CTX_remove_session(ctx, kept);
SSL_CTX_sess_number(ctx);
SSL_shutdown(b);
SSL_free(b);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
