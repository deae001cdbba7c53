/* A server that sends no new ticket: the client comes back with the one it has. */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_CTX_set_num_tickets(ctx, 0);
SSL *second = SSL_new(ctx);
SSL *third = SSL_new(ctx);
SSL_accept(second); /* sslrefs: peer resumes */
SSL_accept(third); /* sslrefs: peer resumes */
SSL_session_reused(third);
SSL_SESSION_is_resumable(SSL_get_session(third));
