"""Contexts and their settings; the methods and the clock."""

from __future__ import annotations

from sslrefs.model.calls.row import row

__all__ = ["ROWS"]

ROWS = (
    row("time_t time(void * where?)", "time(3)", "the virtual clock, which only sleep moves"),
    row("unsigned int sleep(unsigned int seconds)", "sleep(3)", "moves the virtual clock, at once"),
    row("const void * TLS_client_method()", "SSL_CTX_new(3)", "names the client's side"),
    row("const void * TLS_server_method()", "SSL_CTX_new(3)", "names the server's side"),
    row("const void * TLS_method()", "SSL_CTX_new(3)", "names both sides"),
    row(
        "SSL_CTX * SSL_CTX_new(void * method)",
        "SSL_CTX_new(3)",
        "makes a context with count 1, yours to free",
        gives="own",
    ),
    row(
        "int SSL_CTX_up_ref(SSL_CTX * ctx)",
        "SSL_CTX_new(3)",
        "counts one reference more, yours to give back",
        takes="ctx",
    ),
    row(
        "void SSL_CTX_free(SSL_CTX * ctx?)",
        "SSL_CTX_free(3)",
        "gives your reference back; at 0 it flushes the cache, then the memory goes",
        gives_back="ctx",
        cache="at 0 every session leaves it, is spoiled and shown to the remove callback",
    ),
    row(
        "int SSL_CTX_set_max_proto_version(SSL_CTX * ctx, int version)",
        "SSL_CTX_set_min_proto_version(3)",
        "the highest TLS version of connections made later",
    ),
    row(
        "unsigned long SSL_CTX_set_options(SSL_CTX * ctx, unsigned long options)",
        "SSL_CTX_set_options(3)",
        "of the options SSL_OP_NO_TICKET decides whether a server keeps sessions",
    ),
    row(
        "int SSL_CTX_set_session_id_context(SSL_CTX * ctx, const unsigned char * sid_ctx,"
        " unsigned int length)",
        "SSL_CTX_set_session_id_context(3)",
        "sessions are reused only within the same session id context",
    ),
    row(
        "int SSL_CTX_use_certificate_file(SSL_CTX * ctx, const char * file, int type)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    row(
        "int SSL_CTX_use_certificate_chain_file(SSL_CTX * ctx, const char * file)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    row(
        "int SSL_CTX_use_PrivateKey_file(SSL_CTX * ctx, const char * file, int type)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    row(
        "int SSL_CTX_check_private_key(SSL_CTX * ctx)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects",
    ),
    row(
        "int SSL_CTX_set_min_proto_version(SSL_CTX * ctx, int version)",
        "SSL_CTX_set_min_proto_version(3)",
        "the lowest TLS version of connections made later",
    ),
    row(
        "void SSL_CTX_set_verify(SSL_CTX * ctx, int mode, callback verify?)",
        "SSL_CTX_set_verify(3)",
        "a server that verifies its peer caches nothing without a session id context",
    ),
    row(
        "int SSL_CTX_set_num_tickets(SSL_CTX * ctx, size_t number)",
        "SSL_CTX_set_num_tickets(3)",
        "how many tickets a TLS 1.3 server sends; each has a session of its own",
    ),
    row(
        "long SSL_CTX_set_timeout(SSL_CTX * ctx, long seconds)",
        "SSL_CTX_set_timeout(3)",
        "the lifetime of sessions made later; returns the old one",
    ),
    row(
        "long SSL_CTX_get_timeout(SSL_CTX * ctx)", "SSL_CTX_set_timeout(3)", "the lifetime in force"
    ),
    row(
        "void SSL_CTX_set_quiet_shutdown(SSL_CTX * ctx, int mode)",
        "SSL_CTX_set_quiet_shutdown(3)",
        "for connections made later; SSL_shutdown must still be called",
    ),
)
