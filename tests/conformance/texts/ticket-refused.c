/* A server that takes no tickets looks for the id that the client sends beside its ticket. */
// sslrefs: peer TLS 1.2
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL *a = SSL_new(ctx);
SSL_accept(a);
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *b = SSL_new(ctx);
SSL_accept(b); /* sslrefs: peer resumes */
SSL_CTX_sess_misses(ctx);
SSL_CTX *both = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(both, (const unsigned char *)"two", 3);
SSL *gives = SSL_new(both);
SSL_accept(gives);
SSL *takes = SSL_new(both);
SSL_accept(takes); /* sslrefs: peer resumes */
SSL_CTX_add_session(both, SSL_get_session(takes));
SSL_CTX_set_options(both, SSL_OP_NO_TICKET);
SSL *looks = SSL_new(both);
SSL_accept(looks); /* sslrefs: peer resumes */
SSL_session_reused(looks);
SSL_get_session(looks);
