/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *client = SSL_new(ctx);
SSL_is_init_finished(client);
SSL_set_connect_state(client);
SSL_do_handshake(client);
SSL_is_init_finished(client);
SSL_write(client, "hello", 5);
SSL_get_shutdown(client);
SSL_shutdown(client);
SSL_get_shutdown(client);
SSL *server = SSL_new(ctx);
SSL_set_accept_state(server);
SSL_do_handshake(server);
SSL_shutdown(server);
SSL_free(server);
SSL_free(client);
SSL_CTX_free(ctx);
