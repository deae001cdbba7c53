/* A client whose cache of sessions is an array in a struct, reached through helpers. */
#include "client_setup.h"

struct backend {
  SSL_CTX *ctx;
  SSL     *handle;
  char    *cert;
};
struct saved {
  char *host;
  void *session;
  size_t size;
};
struct easy {
  struct { struct saved entry[2]; long age; } state;
  struct backend *backend;
};
#define CHECK(x) do { } while(0)
#if 0
this is not C at all
#endif

static void drop(void *session, size_t size)
{
  (void)size;
  SSL_SESSION_free(session);
}

static bool is_missing(struct easy *data, void **session)
{
  if(!data->state.entry[0].session)
    return TRUE;
  *session = data->state.entry[0].session;
  return FALSE;
}

static int on_new(SSL *ssl, SSL_SESSION *offered)
{
  struct easy *data = (struct easy *)SSL_get_app_data(ssl);
  int res = 0;
  if(!data)
    return 0;
  {
    void *old = NULL;
    bool known = !is_missing(data, &old);
    if(known && (old != offered)) {
      infof(data, "old session is stale, removing");
      drop(old, 0);
      known = FALSE;
    }
    if(!known) {
      data->state.entry[0].session = offered;
      data->state.entry[0].size = 0;
      res = 1;
    }
  }
  return res;
}

static CLcode setup(struct easy *data)
{
  CLcode result = CL_OK;
  struct backend *backend = data->backend;
  void *session = NULL;

  CHECK(backend);
  if(backend->ctx)
    SSL_CTX_free(backend->ctx);
  backend->ctx = SSL_CTX_new(TLS_client_method());
  if(!backend->ctx) {
    failf(data, "no context: %s", last_error(errbuf, sizeof(errbuf)));
    return CL_OUT_OF_MEMORY;
  }
  SSL_CTX_set_session_cache_mode(backend->ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(backend->ctx, on_new);
  if(backend->handle)
    SSL_free(backend->handle);
  backend->handle = SSL_new(backend->ctx);
  SSL_set_app_data(backend->handle, data);
  SSL_set_connect_state(backend->handle);
  if(!is_missing(data, &session)) {
    if(!SSL_set_session(backend->handle, session)) {
      return CL_CONNECT_ERROR;
    }
  }
  return result;
}

int main(void)
{
  static struct backend be;
  struct easy easy = { .backend = &be };
  int round = 0;
  do {
    if(setup(&easy)) break;
    int rc = SSL_connect(be.handle);
    if(rc != 1) break;
    char buf[256];
    while((rc = SSL_read(be.handle, buf, sizeof buf)) > 0) { }
    SSL_shutdown(be.handle);
  } while(++round < 2);
  SSL_free(be.handle);
  be.handle = NULL;
  SSL_CTX_free(be.ctx);
  drop(easy.state.entry[0].session, 0);
  return 0;
}
