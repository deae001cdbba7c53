/* A test tool that reconnects with the session it got, or one from a file. */
#include <openssl/ssl.h>
#include <openssl/err.h>
#include "apps.h"

static char *sess_out = NULL;
static BIO *bio_err, *bio_c_out;

static int new_session_cb(SSL *s, SSL_SESSION *sess)
{
    if (sess_out != NULL) {
        BIO *stmp = BIO_new(BIO_s_mem());

        if (stmp == NULL) {
            BIO_printf(bio_err, "Error writing session file %s\n", sess_out);
        } else {
            PEM_write_bio_SSL_SESSION(stmp, sess);
            BIO_free(stmp);
        }
    }
    return 0;
}

int s_client_main(int argc, char **argv)
{
    SSL *con = NULL;
    SSL_CTX *ctx = NULL;
    SSL_SESSION *sess = NULL;
    int reconnect = 1, ret = 1, i;
    char *sess_in = NULL, cbuf[128];

    ctx = SSL_CTX_new(TLS_client_method());
    if (ctx == NULL) {
        ERR_print_errors(bio_err);
        goto end;
    }
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT
                                   | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(ctx, new_session_cb);

    con = SSL_new(ctx);
    if (con == NULL)
        goto end;

    if (sess_in != NULL) {
        BIO *stmp = BIO_new_file(sess_in, "r");
        if (stmp == NULL)
            goto end;
        sess = PEM_read_bio_SSL_SESSION(stmp, NULL, 0, NULL);
        BIO_free(stmp);
        if (sess == NULL)
            goto end;
        if (!SSL_set_session(con, sess)) {
            BIO_printf(bio_err, "Can't set session\n");
            goto end;
        }
        /* By default the SSL_set_session() takes a reference of its own. */
        SSL_SESSION_free(sess);
    }

 re_start:
    for (;;) {
        i = SSL_connect(con);
        if (i > 0)
            break;
        goto shut;
    }
    i = SSL_read(con, cbuf, sizeof(cbuf));
    if (i > 0)
        BIO_write(bio_c_out, cbuf, i);
    if (reconnect) {
        reconnect--;
        sess = SSL_get1_session(con);
        SSL_shutdown(con);
        SSL_free(con);
        con = SSL_new(ctx);
        SSL_set_session(con, sess);
        SSL_SESSION_free(sess);
        goto re_start;
    }
    ret = 0;
 shut:
    SSL_shutdown(con);
 end:
    SSL_free(con);
    SSL_CTX_free(ctx);
    return ret;
}
