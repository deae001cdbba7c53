/* TLS 1.3: a verifying server without session id context takes the offered session out of its cache. */
/* sslrefs: peer TLS 1.3 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_SESSION *kept = SSL_get1_session(first);
SSL_shutdown(first);
SSL_free(first);
SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
SSL *second = SSL_new(ctx);
SSL_accept(second); /* sslrefs: peer resumes */
SSL_SESSION_is_resumable(kept);
SSL_CTX_sess_number(ctx);
SSL_free(second);
SSL_CTX_free(ctx);
SSL_SESSION_free(kept);
