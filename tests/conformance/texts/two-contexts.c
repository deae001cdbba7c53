/* A connection that moved to another context: which of the two counts, and which caches? */
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *first = SSL_CTX_new(TLS_method());
SSL_CTX *second = SSL_CTX_new(TLS_method());
SSL *server = SSL_new(first);
SSL_set_SSL_CTX(server, second);
SSL_accept(server);
SSL_CTX_sess_accept_good(first);
SSL_CTX_sess_accept_good(second);
SSL_CTX_sess_number(first);
SSL_CTX_sess_number(second);
SSL *client = SSL_new(first);
SSL_set_SSL_CTX(client, second);
SSL_connect(client);
SSL_CTX_sess_connect_good(first);
SSL_CTX_sess_connect_good(second);
SSL_set_SSL_CTX(client, NULL);
