/* A VPN client: a reconnect uses the session of the main channel; errors go to one label. */
#include <openssl/ssl.h>
#define vpn_progress(v, l, ...) ((v)->progress((v), (l), __VA_ARGS__))

struct vpn_info {
	SSL_CTX *https_ctx;
	SSL *https_ssl;
	SSL_SESSION *resume;
	void (*progress)(struct vpn_info *v, int level, const char *fmt, ...);
	int reconnects;
};

static int __must_check open_https(struct vpn_info *vpn)
{
	SSL *ssl = NULL;
	int ret = -EINVAL;

	if (vpn->https_ssl)
		return 0;
	if (!vpn->https_ctx) {
		vpn->https_ctx = SSL_CTX_new(TLS_client_method());
		if (!vpn->https_ctx)
			goto out;
#if defined(SSL_OP_NO_COMPRESSION) && OPENSSL_VERSION_NUMBER < 0x40000000L
		SSL_CTX_set_options(vpn->https_ctx, SSL_OP_NO_COMPRESSION);
#endif
	}
	ssl = SSL_new(vpn->https_ctx);
	if (vpn->resume && !SSL_set_session(ssl, vpn->resume))
		goto out;
	if (SSL_connect(ssl) <= 0) {
		vpn_progress(vpn, 0, "SSL connection failure\n");
		goto out;
	}
	vpn->https_ssl = ssl;
	ret = 0;
 out:
	if (ret)
		SSL_SESSION_free(vpn->resume);
	return ret;
}

static void close_https(struct vpn_info *vpn, int final)
{
	if (vpn->https_ssl) {
		if (!final) {
			SSL_SESSION_free(vpn->resume);
			vpn->resume = SSL_get1_session(vpn->https_ssl);
		}
		SSL_shutdown(vpn->https_ssl);
		SSL_free(vpn->https_ssl);
		vpn->https_ssl = NULL;
	}
	if (final) {
		SSL_SESSION_free(vpn->resume);
		SSL_CTX_free(vpn->https_ctx);
		vpn->resume = NULL;
		vpn->https_ctx = NULL;
	}
}

static void quiet(struct vpn_info *v, int level, const char *fmt, ...)
{
}

int main(void)
{
	struct vpn_info vpn = { .progress = quiet };

	if (open_https(&vpn))
		return 1;
	close_https(&vpn, 0);
	vpn.reconnects++;
	if (open_https(&vpn))
		return 1;
	close_https(&vpn, 1);
	return 0;
}
