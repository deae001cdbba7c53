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
/* So does one whose server has no version at all: its highest is below its lowest. */
SSL_CTX_set_min_proto_version(ctx, 0);
SSL *g = SSL_new(ctx);
SSL_accept(g);
SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION);
SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
SSL *h = SSL_new(ctx);
SSL_CTX_set_min_proto_version(ctx, 0);
SSL *i = SSL_new(ctx);
SSL_accept(h); /* sslrefs: peer resumes */
SSL_accept(i); /* sslrefs: peer resumes */
