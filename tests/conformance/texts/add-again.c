/* A session is added once more: does that make it the youngest in a cache that is full? */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_sess_set_cache_size(ctx, 3);
SSL_SESSION *a = SSL_SESSION_new();
SSL_SESSION *b = SSL_SESSION_new();
SSL_SESSION *c = SSL_SESSION_new();
SSL_SESSION *d = SSL_SESSION_new();
SSL_SESSION_set1_id(a, (const unsigned char *)"one", 3);
SSL_SESSION_set1_id(b, (const unsigned char *)"two", 3);
SSL_SESSION_set1_id(c, (const unsigned char *)"six", 3);
SSL_SESSION_set1_id(d, (const unsigned char *)"ten", 3);
SSL_CTX_add_session(ctx, a);
SSL_CTX_add_session(ctx, b);
SSL_CTX_add_session(ctx, a);
SSL_CTX_add_session(ctx, c);
SSL_CTX_add_session(ctx, d);
