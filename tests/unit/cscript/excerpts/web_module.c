/* A web server's module: the session comes out of a shared cache, encoded, and goes back into it. */
#include "ws_private.h"

WS_DECLARE_MODULE(tls)

static SSL_SESSION *
ws_tls_cache_retrieve(server_rec *s, const UCHAR *id, int idlen, ws_pool_t *p WS_UNUSED)
{
    unsigned char dest[1024];
    unsigned int destlen = sizeof(dest);
    const unsigned char *ptr;
    SSL_SESSION *sess;

    if (ws_cache_lookup(s->cache, s, id, idlen, dest, &destlen, p) != WS_SUCCESS) {
        return NULL;
    }
    ptr = dest;
    return d2i_SSL_SESSION(NULL, &ptr, destlen);
}

static BOOL
ws_tls_cache_store(server_rec *s, SSL_SESSION *sess)
{
    unsigned char encoded[1024], *ptr;
    unsigned int len = i2d_SSL_SESSION(sess, NULL);

    if (len > sizeof encoded) {
        return FALSE;
    }
    ptr = encoded;
    len = i2d_SSL_SESSION(sess, &ptr);
    return ws_cache_store(s->cache, encoded, (int)(ptr - encoded)) == WS_SUCCESS;
}

int ws_tls_cb_new(SSL *ssl, SSL_SESSION *session)
{
    conn_rec *conn = (conn_rec *)SSL_get_app_data(ssl);
    server_rec *s = conn->server;
    BOOL rc;

    SSL_set_timeout(session, 300);
    rc = ws_tls_cache_store(s, session);
    ws_log_conn(WS_MARK, rc == TRUE ? "stored" : "failed", conn);
    return 0;
}

void ws_tls_cb_remove(SSL_CTX *ctx, SSL_SESSION *session)
{
    server_rec *s;

    if (!(s = (server_rec *)SSL_CTX_get_app_data(ctx))) {
        return;
    }
    ws_cache_delete(s->cache, session);
    SSL_SESSION_free(session);
}
