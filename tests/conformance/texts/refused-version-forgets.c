/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *a = SSL_new(ctx);
SSL *d = SSL_new(ctx);
SSL_accept(d);
SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
SSL *e = SSL_new(ctx);
SSL_accept(e); /* sslrefs: peer resumes */
SSL_accept(a); /* sslrefs: peer resumes */
