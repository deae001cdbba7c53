/* A context whose method serves one side only: the other side's handshake does nothing and returns 0. */
const SSL_METHOD *for_clients = TLS_client_method();
const SSL_METHOD *for_servers = TLS_server_method();
SSL_CTX *both = SSL_CTX_new(TLS_method());
SSL_CTX *clients = SSL_CTX_new(for_clients);
SSL_CTX *servers = SSL_CTX_new(for_servers);
SSL *a = SSL_new(clients);
SSL_accept(a);
SSL_connect(a);
SSL_is_init_finished(a);
SSL_set_connect_state(a);
SSL_do_handshake(a);
SSL *b = SSL_new(servers);
SSL_connect(b);
SSL_set_accept_state(b);
SSL_accept(b);
/* Another context brings its method along only with a session, even with none. */
SSL *moved = SSL_new(clients);
SSL_set_accept_state(moved);
SSL_set_SSL_CTX(moved, both);
SSL_do_handshake(moved);
SSL_set_session(moved, NULL);
SSL_do_handshake(moved);
/* SSL_clear takes the context's method, but the chosen side stays what it was. */
SSL *cleared = SSL_new(both);
SSL *other = SSL_new(clients);
SSL_copy_session_id(cleared, other);
SSL_accept(cleared);
SSL_clear(cleared);
SSL_accept(cleared);
/* A duplicate has the method of what it was made from, and chooses the side anew. */
SSL *twin = SSL_dup(other);
SSL_accept(twin);
/* A connection that copies from itself takes the new context's method too. */
SSL *own = SSL_new(servers);
SSL_connect(own);
SSL_set_SSL_CTX(own, both);
SSL_copy_session_id(own, own);
SSL_connect(own);
SSL_free(a);
SSL_free(b);
SSL_free(moved);
SSL_free(cleared);
SSL_free(other);
SSL_free(twin);
SSL_free(own);
SSL_CTX_free(both);
SSL_CTX_free(clients);
SSL_CTX_free(servers);
