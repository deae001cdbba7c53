/*
 * What a handshake needs of the world is asked of the scripted peer, which is
 * defined under the text. A direction at the end of a line of the text, such as
 * "sslrefs: fails", is looked up by the number of that line.
 */
enum {
    SSLREFS_FAILS = 1,   /* the handshakes of this line fail */
    SSLREFS_RESUMES = 2, /* the client comes back with its latest session */
    SSLREFS_CLOSES = 4,  /* SSL_read meets a close_notify */
    SSLREFS_BREAKS = 8,  /* SSL_read meets a broken record */
    SSLREFS_ONCE = 16    /* in this loop the peer says one thing, then closes */
};
enum { SSLREFS_NO_SIDE, SSLREFS_CLIENT, SSLREFS_SERVER };
SSL_CTX *sslrefs_ctx_new(const SSL_METHOD *method);
int sslrefs_handshake(SSL *ssl, int (*shake)(SSL *), int directions);
int sslrefs_read(SSL *ssl, void *buffer, int size, int directions);
int sslrefs_write(SSL *ssl, const void *data, int size, int directions);
int sslrefs_counted(int answer, size_t *count);
void sslrefs_choose(SSL *ssl, int role);
void sslrefs_ask_peer(SSL_CTX *ctx, int mode);
void sslrefs_ask_peer_of(SSL *ssl, int mode);
int sslrefs_granted(void);
int sslrefs_at(int line);
void sslrefs_leave(void);

#define SSL_CTX_new(method) sslrefs_ctx_new(method)
#define SSL_connect(ssl) sslrefs_handshake((ssl), (SSL_connect), sslrefs_at(__LINE__))
#define SSL_accept(ssl) sslrefs_handshake((ssl), (SSL_accept), sslrefs_at(__LINE__))
#define SSL_do_handshake(ssl) sslrefs_handshake((ssl), (SSL_do_handshake), sslrefs_at(__LINE__))
#define SSL_read(ssl, buffer, size) sslrefs_read((ssl), (buffer), (size), sslrefs_at(__LINE__))
#define SSL_write(ssl, data, size) sslrefs_write((ssl), (data), (size), sslrefs_at(__LINE__))
#define SSL_read_ex(ssl, buffer, size, count) \
    sslrefs_counted(sslrefs_read((ssl), (buffer), (int)(size), sslrefs_at(__LINE__)), (count))
#define SSL_write_ex(ssl, data, size, count) \
    sslrefs_counted(sslrefs_write((ssl), (data), (int)(size), sslrefs_at(__LINE__)), (count))
#define SSL_set_connect_state(ssl) sslrefs_choose((ssl), SSLREFS_CLIENT)
#define SSL_set_accept_state(ssl) sslrefs_choose((ssl), SSLREFS_SERVER)

/* No file is read, and no certificate decides a handshake: the peer brings one for both sides. */
#define SSL_CTX_use_certificate_file(ctx, file, type) sslrefs_granted()
#define SSL_CTX_use_certificate_chain_file(ctx, file) sslrefs_granted()
#define SSL_CTX_use_PrivateKey_file(ctx, file, type) sslrefs_granted()
#define SSL_CTX_load_verify_locations(ctx, file, path) sslrefs_granted()
#define SSL_CTX_set_verify(ctx, mode, callback) sslrefs_ask_peer((ctx), (mode))
#define SSL_set_verify(ssl, mode, callback) sslrefs_ask_peer_of((ssl), (mode))
/* Nor is there a socket. */
#define SSL_set_fd(ssl, fd) sslrefs_granted()
#define SSL_set_rfd(ssl, fd) sslrefs_granted()
#define SSL_set_wfd(ssl, fd) sslrefs_granted()
