/* A load balancer: the session of a server is kept encoded per thread; the client hands it in again. */
#include <haproxy/ssl_sock.h>

DECLARE_STATIC_POOL(ssl_sock_ctx_pool, "ssl_sock_ctx", sizeof(struct ssl_sock_ctx));

struct reused_sess {
	unsigned char *ptr;
	int size;
	int allocated_size;
};

struct server {
	struct {
		SSL_CTX *ctx;
		struct reused_sess reused_sess[4];
	} ssl_ctx;
	int options;
};

static THREAD_LOCAL int tid = 0;

/* SSL callback used when a new session is created while connecting to a server */
static int ssl_sess_new_srv_cb(SSL *ssl, SSL_SESSION *sess)
{
	struct connection *conn = SSL_get_ex_data(ssl, ssl_app_data_index);
	struct server *s;
	int len;
	unsigned char *ptr;

	s = __objt_server(conn->target);

	if (!(s->options & SRV_SSL_O_NO_REUSE)) {
		len = i2d_SSL_SESSION(sess, NULL);
		if (s->ssl_ctx.reused_sess[tid].ptr && s->ssl_ctx.reused_sess[tid].allocated_size >= len) {
			ptr = s->ssl_ctx.reused_sess[tid].ptr;
		} else {
			ha_free(&s->ssl_ctx.reused_sess[tid].ptr);
			ptr = s->ssl_ctx.reused_sess[tid].ptr = malloc(len);
			s->ssl_ctx.reused_sess[tid].allocated_size = len;
		}
		if (s->ssl_ctx.reused_sess[tid].ptr)
			s->ssl_ctx.reused_sess[tid].size = i2d_SSL_SESSION(sess, &ptr);
	}
	return 0;
}

static inline int __attribute__((unused)) ssl_sock_reuse(struct server *srv, SSL *ssl)
{
	const unsigned char *ptr = srv->ssl_ctx.reused_sess[tid].ptr;
	SSL_SESSION *sess;

	if (unlikely(!ptr))
		return 0;
	sess = d2i_SSL_SESSION(NULL, &ptr, srv->ssl_ctx.reused_sess[tid].size);
	if (sess && !SSL_set_session(ssl, sess)) {
		SSL_SESSION_free(sess);
		sess = NULL;
	}
	return sess != NULL;
}
