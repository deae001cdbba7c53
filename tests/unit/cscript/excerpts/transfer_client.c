/* A transfer library's backend: sessions go into a cache of its own from the new callback. */
#include "xfer_setup.h"

#ifdef LIBRESSL_VERSION_NUMBER
#define HAVE_NO_TLS13_TICKETS
#endif

struct ssl_backend_data {
  SSL_CTX *ssl_ctx;
  SSL *ssl;
  X509 *server_cert;
  BIT(reused);
};

static void xfer_session_free(void *sessionid, size_t idsize)
{
  (void)idsize;
  SSL_SESSION_free(sessionid);
}

static CURLcode add_session(struct xfer_filter *cf, struct xfer_easy *data, SSL_SESSION *session)
{
  bool isproxy = FALSE;
  bool added = FALSE;
  void *old_session = NULL;
  CURLcode result = CURLE_OK;

  if(!cf || !data)
    goto out;

  xfer_sessionid_lock(data);
  if(xfer_getsessionid(cf, data, isproxy, &old_session, NULL))
    old_session = NULL;
  if(old_session && (old_session != session)) {
    infof(data, "old SSL session ID is stale, removing");
    xfer_delsessionid(data, old_session);
    old_session = NULL;
  }
  if(!old_session) {
    result = xfer_addsessionid(cf, data, isproxy, session, 0, xfer_session_free, &added);
    if(added)
      infof(data, "SSL session cached");
  }
  xfer_sessionid_unlock(data);

out:
  if(!added)
    xfer_session_free(session, 0);
  return result;
}

/* The "new session" callback: returning 1 keeps the reference. */
static int xfer_new_session_cb(SSL *ssl, SSL_SESSION *ssl_sessionid)
{
  struct xfer_filter *cf = (struct xfer_filter *)SSL_get_app_data(ssl);
  struct xfer_easy *data = cf ? CF_DATA_CURRENT(cf) : NULL;

  add_session(cf, data, ssl_sessionid);
  return 1;
}
