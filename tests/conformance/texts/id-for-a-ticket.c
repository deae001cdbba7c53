/* TLS 1.3: a server that keeps sessions knows its client by an id; one that gives tickets cannot read it. */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *gives = SSL_new(ctx);
SSL *keeps = SSL_new(ctx);
SSL_set_options(keeps, SSL_OP_NO_TICKET);
SSL_accept(keeps);
SSL_accept(gives); /* sslrefs: peer resumes */
SSL_session_reused(gives);
SSL_CTX_sess_misses(ctx);
SSL_shutdown(gives);
SSL_shutdown(keeps);
SSL_free(gives);
SSL_free(keeps);
SSL_CTX_free(ctx);
