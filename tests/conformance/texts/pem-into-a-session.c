/* PEM_read_bio_SSL_SESSION fills the session it is led to, as d2i_SSL_SESSION does: no new reference. */
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *kept = SSL_get1_session(ssl);
BIO *memory = BIO_new(BIO_s_mem());
PEM_write_bio_SSL_SESSION(memory, kept);
PEM_write_bio_SSL_SESSION(memory, kept);
SSL_SESSION *filled = SSL_SESSION_new();
SSL_SESSION *same = PEM_read_bio_SSL_SESSION(memory, &filled, NULL, NULL);
SSL_SESSION *made = NULL;
SSL_SESSION *also = PEM_read_bio_SSL_SESSION(memory, &made, NULL, NULL);
SSL_SESSION *none = PEM_read_bio_SSL_SESSION(memory, &filled, NULL, NULL);
SSL_SESSION_is_resumable(filled);
BIO_free(memory);
SSL_SESSION_free(filled);
SSL_SESSION_free(made);
SSL_SESSION_free(kept);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
