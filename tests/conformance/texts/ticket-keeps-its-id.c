/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_SESSION *kept = SSL_get1_session(first);
SSL_CTX_add_session(ctx, kept);
SSL *second = SSL_new(ctx);
SSL_set_num_tickets(second, 0);
SSL_accept(second); /* sslrefs: peer resumes */
int hit = SSL_session_reused(second);
SSL_SESSION *same = SSL_get1_session(second);
int added = SSL_CTX_add_session(ctx, same);
long number = SSL_CTX_sess_number(ctx);
SSL_free(second);
SSL_CTX_add_session(ctx, kept);
SSL *third = SSL_new(ctx);
SSL_accept(third); /* sslrefs: peer resumes */
SSL_free(third);
long left = SSL_CTX_sess_number(ctx);
SSL_SESSION_free(same);
SSL_SESSION_free(kept);
SSL_shutdown(first);
SSL_free(first);
SSL_CTX_free(ctx);
