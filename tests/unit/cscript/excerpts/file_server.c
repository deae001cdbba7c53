/* A file server's data connection must resume the session of its control connection. */
static SSL *ctrl_ssl, *data_ssl;
static SSL_CTX *tls_ctx = NULL;

static int tls_ctrl_accept(void) {
  ctrl_ssl = SSL_new(tls_ctx);
  if (ctrl_ssl == NULL)
    return -1;
 retry:
  switch (SSL_get_error(ctrl_ssl, SSL_accept(ctrl_ssl))) {
  case SSL_ERROR_NONE:
    break;
  case SSL_ERROR_WANT_READ:
  case SSL_ERROR_WANT_WRITE:
    goto retry;
  default:
    SSL_free(ctrl_ssl);
    ctrl_ssl = NULL;
    return -2;
  }
  return 0;
}

static int tls_data_accept(void) {
  SSL_SESSION *ctrl_sess, *data_sess;
  int reused;

  data_ssl = SSL_new(tls_ctx);
  if (SSL_accept(data_ssl) != 1)
    return -1;
  reused = SSL_session_reused(data_ssl);
  ctrl_sess = SSL_get_session(ctrl_ssl);
  data_sess = SSL_get_session(data_ssl);
  if (reused != 1 || ctrl_sess != data_sess)
    pr_log("client did not reuse the session of its control connection");
  SSL_SESSION_free(data_sess);
  return 0;
}

static void tls_end(SSL **ssl) {
  SSL_shutdown(*ssl);
  SSL_free(*ssl);
  *ssl = NULL;
}

int main(int argc, char *argv[]) {
  SSL_library_init();
  tls_ctx = SSL_CTX_new(SSLv23_server_method());
  SSL_CTX_set_options(tls_ctx, SSL_OP_NO_TICKET);
  if (tls_ctrl_accept() < 0) return 1;
  if (tls_data_accept() < 0) return 1;
  tls_end(&data_ssl);
  tls_end(&ctrl_ssl);
  SSL_CTX_free(tls_ctx);
  return 0;
}
