/* A proxy that keeps the upstream's session per peer, with types and helpers of its own. */
#include <openssl/ssl.h>
#include "px_core.h"

#define PX_OK     0
#define PX_ERROR  -1
#define px_free_session  SSL_SESSION_free

typedef struct {
    SSL        *connection;
    SSL_CTX    *session_ctx;
    px_int_t    last;
    unsigned    handshaked:1;
} px_ssl_t;

typedef struct px_connection_s px_connection_t;
struct px_connection_s {
    void      *data;
    px_ssl_t  *ssl;
    px_log_t  *log;
    px_pool_t *pool;
};

typedef struct {
    SSL_CTX     *ctx;
    SSL_SESSION *session;
} px_peer_t;

static int px_index = -1;

static int
px_new_session(SSL *ssl, SSL_SESSION *sess)
{
    px_connection_t  *c;

    c = SSL_get_ex_data(ssl, px_index);
    if (c == NULL) {
        return 0;
    }
    px_peer_t *peer = (px_peer_t *) c->data;
    if (peer->session) {
        px_free_session(peer->session);
    }
    peer->session = sess;
    return 1;
}

static px_int_t
px_create_connection(SSL_CTX *ctx, px_connection_t *c)
{
    px_ssl_t *sc;

    sc = px_pcalloc(c->pool, sizeof(px_ssl_t));
    if (sc == NULL) {
        return PX_ERROR;
    }
    sc->session_ctx = ctx;
    sc->connection = SSL_new(ctx);
    if (sc->connection == NULL) {
        px_log_error(PX_LOG_ALERT, c->log, 0, "SSL_new() failed");
        return PX_ERROR;
    }
    if (SSL_set_ex_data(sc->connection, px_index, c) == 0) {
        return PX_ERROR;
    }
    c->ssl = sc;
    return PX_OK;
}

int main(int argc, char *argv[])
{
    px_peer_t peer = { 0 };
    px_connection_t *c;
    char buf[4096];

    if (argc < 2) {
        return 2;
    }
    px_index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    peer.ctx = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_session_cache_mode(peer.ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(peer.ctx, px_new_session);
    c = calloc(1, sizeof(*c));
    c->data = &peer;
    for (int i = 0; i < 2; ++i) {
        if (px_create_connection(peer.ctx, c) != PX_OK) {
            goto failed;
        }
        if (peer.session && SSL_set_session(c->ssl->connection, peer.session) != 1)
            goto failed;
        if (SSL_connect(c->ssl->connection) != 1) {
            int err = SSL_get_error(c->ssl->connection, -1);
            switch (err) {
            case SSL_ERROR_WANT_READ:
            case SSL_ERROR_WANT_WRITE:
                continue;
            default:
                ERR_print_errors_fp(stderr);
                goto failed;
            }
        }
        while (SSL_read(c->ssl->connection, buf, sizeof buf) > 0) {
            px_send_downstream(c, buf);
        }
        SSL_shutdown(c->ssl->connection);
        SSL_free(c->ssl->connection);
    }
    px_free_session(peer.session);
    SSL_CTX_free(peer.ctx);
    free(c);
    return 0;
failed:
    SSL_CTX_free(peer.ctx);
    return 1;
}
