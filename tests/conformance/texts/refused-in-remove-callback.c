/* sslrefs: peer without tickets */
static SSL_SESSION *kept;
static void take_one(SSL_CTX *c, SSL_SESSION *gone) { SSL_SESSION_up_ref(gone); kept = gone; }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_shutdown(first);
SSL_free(first);
SSL_CTX_sess_set_remove_cb(ctx, take_one);
SSL *second = SSL_new(ctx);
SSL_set_verify(second, SSL_VERIFY_PEER, NULL);
int refused = SSL_accept(second); /* sslrefs: peer resumes */
SSL_SESSION *none = SSL_get_session(second);
SSL_SESSION_free(kept);
SSL_free(second);
SSL_CTX_free(ctx);
