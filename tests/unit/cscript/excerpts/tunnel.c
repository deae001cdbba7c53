/* A tunnel's client side: it remembers the session per service, under a lock. */
#include "prototypes.h"

typedef struct service_options {
    char *servname;
    SSL_CTX *ctx;
    SSL_SESSION *session;
    int timeout;
    struct {
        unsigned client:1;
        unsigned delayed_lookup:1;
    } option;
} SERVICE_OPTIONS;

typedef struct {
    SERVICE_OPTIONS *opt;
    SSL *ssl;
    s_poll_set *fds;
    int fd;
} CLI;

#ifndef OPENSSL_NO_TLSEXT
NOEXPORT void set_sni(CLI *c) {
    if(!SSL_set_tlsext_host_name(c->ssl, c->opt->servname))
        sslerror("SSL_set_tlsext_host_name");
}
#endif

NOEXPORT void print_session_id(SSL_SESSION *sess);

NOEXPORT void session_cache_save(CLI *c, SSL_SESSION *sess) {
    SSL_SESSION *old;

#if OPENSSL_VERSION_NUMBER>=0x10100000L
    SSL_SESSION_up_ref(sess);
#endif
    CRYPTO_THREAD_write_lock(stunnel_locks[LOCK_SESSION]);
    old=c->opt->session;
    c->opt->session=sess;
    CRYPTO_THREAD_unlock(stunnel_locks[LOCK_SESSION]);
    if(old)
        SSL_SESSION_free(old);
}

int ssl_start(CLI *c) {
    int err;

    c->ssl=SSL_new(c->opt->ctx);
    if(!c->ssl) {
        sslerror("SSL_new");
        throw_exception(c, 1);
    }
    if(c->opt->option.client) {
        if(c->opt->session)
            SSL_set_session(c->ssl, c->opt->session);
        set_sni(c);
        SSL_set_connect_state(c->ssl);
    }
    while((err=SSL_connect(c->ssl))!=1) {
        if(SSL_get_error(c->ssl, err)!=SSL_ERROR_WANT_READ)
            return -1;
        s_poll_wait(c->fds, c->opt->timeout, 0);
    }
    session_cache_save(c, SSL_get0_session(c->ssl));
    return 0;
}

int main(void) {
    static SERVICE_OPTIONS service;
    CLI c={.opt=&service, .fd=-1};
    int i;

    service.ctx=SSL_CTX_new(TLS_client_method());
    service.option.client=1;
    for(i=0; i<2; ++i) {
        if(ssl_start(&c)<0)
            break;
        SSL_shutdown(c.ssl);
        SSL_free(c.ssl);
        c.ssl=NULL;
    }
    if(service.session)
        SSL_SESSION_free(service.session);
    SSL_CTX_free(service.ctx);
    return 0;
}
