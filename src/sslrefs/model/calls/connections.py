"""Connections: handshakes, sessions, traffic and shutdown."""

from __future__ import annotations

from sslrefs.model.calls.row import row

__all__ = ["ROWS"]

ROWS = (
    row(
        "SSL * SSL_new(SSL_CTX * ctx)",
        "SSL_new(3)",
        "makes a connection with count 1, yours to free; it takes two references to its context",
        gives="own",
        takes="ctx",
    ),
    row(
        "int SSL_up_ref(SSL * ssl)",
        "SSL_new(3)",
        "counts one reference more, yours to give back",
        takes="ssl",
    ),
    row(
        "void SSL_free(SSL * ssl?)",
        "SSL_free(3)",
        "gives your reference back; at 0 the connection gives back its session and its context",
        gives_back="ssl",
        cache="without SSL_shutdown the session leaves it and is spoiled",
    ),
    row(
        "int SSL_shutdown(SSL * ssl)",
        "SSL_shutdown(3)",
        "sends close_notify; after it SSL_free spares the session",
    ),
    row(
        "int SSL_connect(SSL * ssl)",
        "SSL_connect(3)",
        "shakes hands as client; the connection holds the session",
        cache="a new session enters it if the mode has the client's bit",
    ),
    row(
        "int SSL_accept(SSL * ssl)",
        "SSL_accept(3)",
        "shakes hands as server; the connection holds the session",
        cache="a new session with an id enters it if the mode has the server's bit",
    ),
    row(
        "SSL_SESSION * SSL_get_session(SSL * ssl)",
        "SSL_get_session(3)",
        "lends the connection's session: no count, do not free it",
        gives="lent",
    ),
    row(
        "SSL_SESSION * SSL_get0_session(SSL * ssl)",
        "SSL_get_session(3)",
        "lends the connection's session: no count, do not free it",
        gives="lent",
    ),
    row(
        "SSL_SESSION * SSL_get1_session(SSL * ssl)",
        "SSL_get_session(3)",
        "gives the connection's session with one reference for you to free",
        gives="own",
    ),
    row(
        "int SSL_set_session(SSL * ssl, SSL_SESSION * session?)",
        "SSL_set_session(3)",
        "the connection takes a reference of its own and gives its former session back",
        takes="session",
        cache="on a connection without SSL_shutdown the former session leaves it and is spoiled",
    ),
    row(
        "SSL * SSL_dup(SSL * ssl)",
        "SSL_dup(3)",
        "before the handshake a new connection, afterwards SSL_up_ref in disguise; yours to free",
        gives="own",
    ),
    row(
        "int SSL_clear(SSL * ssl)",
        "SSL_clear(3)",
        "makes ready for a new handshake; after an unclean end the session is given back",
        cache="after an unclean end the session leaves it and is spoiled",
    ),
    row(
        "SSL_CTX * SSL_get_SSL_CTX(SSL * ssl)",
        "SSL_get_SSL_CTX(3)",
        "lends the context in use: no count, do not free it",
        gives="lent",
    ),
    row(
        "SSL_CTX * SSL_set_SSL_CTX(SSL * ssl, SSL_CTX * ctx?)",
        "SSL_set_SSL_CTX(3)",
        "moves one of the connection's two references; sessions stay in the first context's cache",
        gives="lent",
        takes="ctx",
    ),
    row("void SSL_set_connect_state(SSL * ssl)", "SSL_set_connect_state(3)", "client next"),
    row("void SSL_set_accept_state(SSL * ssl)", "SSL_set_connect_state(3)", "server next"),
    row(
        "int SSL_do_handshake(SSL * ssl)",
        "SSL_do_handshake(3)",
        "shakes hands on the side set before; the connection holds the session",
        cache="as SSL_connect or SSL_accept",
    ),
    row("int SSL_is_init_finished(SSL * ssl)", "SSL_get_state(3)", "1 after a handshake"),
    row(
        "int SSL_read(SSL * ssl, void * buffer, int size)",
        "SSL_read(3)",
        "in TLS 1.3 takes in tickets: each makes a new session, the former one is given back",
        cache="a ticket's session enters it if the mode has the client's bit",
    ),
    row("int SSL_write(SSL * ssl, void * data, int size)", "SSL_write(3)", "counts nothing"),
    row(
        "int SSL_read_ex(SSL * ssl, void * buffer, size_t size, size_t * readbytes)",
        "SSL_read(3)",
        "in TLS 1.3 takes in tickets: each makes a new session, the former one is given back",
        cache="a ticket's session enters it if the mode has the client's bit",
    ),
    row(
        "int SSL_write_ex(SSL * ssl, void * data, size_t size, size_t * written)",
        "SSL_write(3)",
        "counts nothing",
    ),
    row(
        "unsigned long SSL_set_options(SSL * ssl, unsigned long options)",
        "SSL_CTX_set_options(3)",
        "of the options SSL_OP_NO_TICKET decides whether a server keeps sessions",
    ),
    row(
        "int SSL_set_num_tickets(SSL * ssl, size_t number)",
        "SSL_CTX_set_num_tickets(3)",
        "how many tickets a TLS 1.3 server sends; each has a session of its own",
    ),
    row(
        "void SSL_set_verify(SSL * ssl, int mode, callback verify?)",
        "SSL_CTX_set_verify(3)",
        "a server that verifies its peer caches nothing without a session id context",
    ),
    row(
        "int SSL_set_session_id_context("
        "SSL * ssl, const unsigned char * sid_ctx, unsigned int length)",
        "SSL_CTX_set_session_id_context(3)",
        "sessions are reused only within the same session id context",
    ),
    row(
        "int SSL_set_min_proto_version(SSL * ssl, int version)",
        "SSL_CTX_set_min_proto_version(3)",
        "the lowest TLS version of the next handshake",
    ),
    row(
        "int SSL_set_max_proto_version(SSL * ssl, int version)",
        "SSL_CTX_set_min_proto_version(3)",
        "the highest TLS version of the next handshake",
    ),
    row(
        "void SSL_set_shutdown(SSL * ssl, int mode)",
        "SSL_set_shutdown(3)",
        "SSL_SENT_SHUTDOWN spares the session as SSL_shutdown does; RECEIVED does not",
    ),
    row("int SSL_get_shutdown(SSL * ssl)", "SSL_set_shutdown(3)", "the flags in force"),
    row(
        "void SSL_set_quiet_shutdown(SSL * ssl, int mode)",
        "SSL_CTX_set_quiet_shutdown(3)",
        "alone it spares nothing; SSL_shutdown must still be called",
    ),
    row(
        "int SSL_copy_session_id(SSL * to, SSL * from)",
        "SSL_copy_session_id(3)",
        "`to` takes a reference of its own to the session of `from`",
    ),
    row("int SSL_session_reused(SSL * ssl)", "SSL_session_reused(3)", "1 when it was resumed"),
)
