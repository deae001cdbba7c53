/* A client that came back by id gets a ticket if this connection gives one: next time it brings that. */
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"one", 3);
SSL *early = SSL_new(ctx);
SSL *later = SSL_new(ctx);
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL *ids = SSL_new(ctx);
SSL_accept(ids);
SSL_accept(early); /* sslrefs: peer resumes */
int by_id = SSL_session_reused(early);
SSL_accept(later); /* sslrefs: peer resumes */
int by_ticket = SSL_session_reused(later);
SSL_SESSION *first = SSL_get_session(early);
SSL_SESSION *second = SSL_get_session(later);
SSL_shutdown(ids);
SSL_shutdown(early);
SSL_shutdown(later);
SSL_free(ids);
SSL_free(early);
SSL_free(later);
SSL_CTX_free(ctx);
