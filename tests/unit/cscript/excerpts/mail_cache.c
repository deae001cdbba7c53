/* A mail server's helpers that turn a session into a string and back for a session cache process. */
#include <sys_defs.h>

#ifdef USE_TLS
#include <openssl/ssl.h>
#endif

typedef struct VSTRING VSTRING;
#define STR(x)	vstring_str(x)
#define LEN(x)	VSTRING_LEN(x)

/* tls_session_passivate - passivate SSL_SESSION object */

VSTRING *tls_session_passivate(SSL_SESSION *session)
{
    const char *myname = "tls_session_passivate";
    int     estimate;
    int     actual_size;
    VSTRING *session_data;
    unsigned char *ptr;

    estimate = i2d_SSL_SESSION(session, (unsigned char **) 0);
    if (estimate <= 0) {
	msg_warn("%s: i2d_SSL_SESSION failed: unable to cache session", myname);
	return (0);
    }
    session_data = vstring_alloc(estimate);
    ptr = (unsigned char *) STR(session_data);
    actual_size = i2d_SSL_SESSION(session, &ptr);
    if (actual_size != estimate) {
	msg_warn("%s: i2d_SSL_SESSION failed: unable to cache session", myname);
	vstring_free(session_data);
	return (0);
    }
    return (session_data);
}

static int new_client_session_cb(SSL *ssl, SSL_SESSION *session)
{
    TLS_SESS_STATE *TLScontext;
    VSTRING *passivated;

    if ((TLScontext = SSL_get_ex_data(ssl, 0)) == 0)
	msg_panic("null TLScontext in new session callback");

    passivated = tls_session_passivate(session);
    if (passivated) {
	tls_mgr_update(TLScontext->cache_type, TLScontext->serverid,
		       STR(passivated), LEN(passivated));
	vstring_free(passivated);
    }
    SSL_SESSION_free(session);
    return (1);
}
