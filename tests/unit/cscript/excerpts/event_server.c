/* An event-driven server's upstream: the session of the last connection is kept per peer. */
#include <openssl/ssl.h>
#include "ev_event_openssl.h"

#if (OPENSSL_VERSION_NUMBER >= 0x10100003L && !defined LIBRESSL_VERSION_NUMBER)
#define ev_ssl_version()  OpenSSL_version(OPENSSL_VERSION)
#else
#define ev_ssl_version()  SSLeay_version(SSLEAY_VERSION)
#endif

typedef struct {
    ev_peer_t        *peer;
    SSL_SESSION      *ssl_session;
    ev_atomic_t       lock;
    unsigned          cached:1;
} ev_rr_peer_t;

typedef struct {
    ev_rr_peer_t     *current;
    ev_uint_t         tries;
} ev_rr_peer_data_t;

ev_int_t
ev_upstream_set_round_robin_peer_session(ev_peer_connection_t *pc, void *data)
{
    ev_rr_peer_data_t  *rrp = data;

    ev_int_t            rc;
    SSL_SESSION        *ssl_session;
    ev_rr_peer_t       *peer;

    peer = rrp->current;

    ssl_session = peer->ssl_session;

    rc = ev_ssl_set_session(pc->connection, ssl_session);

    ev_log_debug1(EV_LOG_DEBUG_EVENT, pc->log, 0,
                  "set session: %p", ssl_session);

    return rc;
}

void
ev_upstream_save_round_robin_peer_session(SSL *ssl, void *data)
{
    ev_rr_peer_data_t  *rrp = data;

    SSL_SESSION        *old_ssl_session, *ssl_session;
    ev_rr_peer_t       *peer;

    ssl_session = SSL_get1_session(ssl);

    if (ssl_session == NULL) {
        return;
    }

    peer = rrp->current;

    old_ssl_session = peer->ssl_session;
    peer->ssl_session = ssl_session;

    if (old_ssl_session) {
        ev_log_debug1(EV_LOG_DEBUG_EVENT, EV_LOG, 0, "old session: %p", old_ssl_session);
        SSL_SESSION_free(old_ssl_session);
    }
}
