/* A mail transport: each connection has its context; a session may be resumed for the next message. */
#include "exim_tls.h"

#define EXIM_CLIENT_HAS_RESUME
#ifdef EXIM_CLIENT_HAS_RESUME
# define tls_resume  1
#endif

typedef struct {
  uschar *      certificate;
  SSL_CTX *     lib_ctx;
  SSL *         lib_ssl;
  SSL_SESSION * saved;
  BOOL          plaintext:1, resumed:1;
} tls_client_ctx;

static tls_client_ctx client_static_ctx;
static int tls_exdata_idx = -1;

static int
tls_save_session_cb(SSL * ssl, SSL_SESSION * ss)
{
tls_client_ctx * cbinfo = SSL_get_ex_data(ssl, tls_exdata_idx);

DEBUG(D_tls) debug_printf("tls_save_session_cb\n");
if (!cbinfo || !tls_resume) return 0;
if (SSL_SESSION_is_resumable(ss))
  {
  if (cbinfo->saved) SSL_SESSION_free(cbinfo->saved);
  cbinfo->saved = ss;
  return 1;
  }
return 0;
}

static BOOL
tls_client_start(tls_client_ctx * ctx, int fd, uschar ** errstr)
{
int rc;

if (!(ctx->lib_ctx = SSL_CTX_new(TLS_client_method())))
  return tls_error(US"SSL_CTX_new", errstr);
SSL_CTX_set_session_cache_mode(ctx->lib_ctx,
  SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR);
SSL_CTX_sess_set_new_cb(ctx->lib_ctx, tls_save_session_cb);

if (!(ctx->lib_ssl = SSL_new(ctx->lib_ctx)))
  return FALSE;
SSL_set_ex_data(ctx->lib_ssl, tls_exdata_idx, ctx);
if (ctx->saved && SSL_set_session(ctx->lib_ssl, ctx->saved) != 1)
  return FALSE;
ALARM(30);
rc = SSL_connect(ctx->lib_ssl);
ALARM_CLR(0);
return rc > 0;
}

static void
tls_close(tls_client_ctx * ctx)
{
SSL_shutdown(ctx->lib_ssl);
SSL_free(ctx->lib_ssl);
SSL_CTX_free(ctx->lib_ctx);
ctx->lib_ssl = NULL; ctx->lib_ctx = NULL;
}

int
smtp_deliver(int fd)
{
uschar * errstr, buf[64];

tls_exdata_idx = SSL_get_ex_new_index(0, US"tls_client_ctx", NULL, NULL, NULL);
if (!tls_client_start(&client_static_ctx, fd, &errstr)) return DEFER;
SSL_read(client_static_ctx.lib_ssl, buf, sizeof(buf));
tls_close(&client_static_ctx);
if (!tls_client_start(&client_static_ctx, fd, &errstr)) return DEFER;
SSL_read(client_static_ctx.lib_ssl, buf, sizeof(buf));
tls_close(&client_static_ctx);
SSL_SESSION_free(client_static_ctx.saved);
client_static_ctx.saved = NULL;
return OK;
}
