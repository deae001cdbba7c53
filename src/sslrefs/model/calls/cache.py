"""The session cache of a context: what enters, what leaves, who is told."""

from __future__ import annotations

from sslrefs.model.calls.row import row

__all__ = ["ROWS"]

ROWS = (
    row(
        "long SSL_CTX_set_session_cache_mode(SSL_CTX * ctx, long mode)",
        "SSL_CTX_set_session_cache_mode(3)",
        "sets which sessions the cache takes by itself; returns the old mode",
    ),
    row(
        "int SSL_CTX_add_session(SSL_CTX * ctx, SSL_SESSION * session)",
        "SSL_CTX_add_session(3)",
        "the cache takes a reference of its own; 0 if it has this session already",
        takes="session",
        cache="the session enters it; one with an equal id leaves silently",
    ),
    row(
        "int SSL_CTX_remove_session(SSL_CTX * ctx, SSL_SESSION * session?)",
        "SSL_CTX_add_session(3)",
        "the cache gives its reference back, yours stays yours; the session is spoiled",
        cache="the session leaves it and is shown to the remove callback",
    ),
    row(
        "void SSL_CTX_flush_sessions(SSL_CTX * ctx, long when)",
        "SSL_CTX_flush_sessions(3)",
        "the cache gives back what has expired before `when`; 0 means all",
        cache="what has expired leaves it, is spoiled and shown to the remove callback",
    ),
    row(
        "long SSL_CTX_sess_number(SSL_CTX * ctx)",
        "SSL_CTX_sess_number(3)",
        "how many sessions the cache links",
    ),
    row(
        "void SSL_CTX_sess_set_new_cb(SSL_CTX * ctx, callback new_cb?)",
        "SSL_CTX_sess_set_get_cb(3)",
        "the callback is offered one reference to each new session: 1 keeps it, 0 hands it back",
    ),
    row(
        "void SSL_CTX_sess_set_remove_cb(SSL_CTX * ctx, callback remove_cb?)",
        "SSL_CTX_sess_set_get_cb(3)",
        "the callback sees each session that leaves the cache, still alive; it is only lent",
    ),
    row(
        "long SSL_CTX_get_session_cache_mode(SSL_CTX * ctx)",
        "SSL_CTX_set_session_cache_mode(3)",
        "the mode in force",
    ),
    row(
        "void SSL_CTX_sess_set_get_cb(SSL_CTX * ctx, callback get_cb?)",
        "SSL_CTX_sess_set_get_cb(3)",
        "asked when the cache has no match: with copy 1 libssl counts up, with 0 it takes yours",
    ),
    row(
        "void SSL_CTX_flush_sessions_ex(SSL_CTX * ctx, time_t when)",
        "SSL_CTX_flush_sessions(3)",
        "as SSL_CTX_flush_sessions",
        cache="what has expired leaves it, is spoiled and shown to the remove callback",
        since="OpenSSL 3.4",
    ),
    row(
        "long SSL_CTX_sess_set_cache_size(SSL_CTX * ctx, long size)",
        "SSL_CTX_sess_set_cache_size(3)",
        "nothing leaves before the next add; 0 is no limit; returns the old size",
    ),
    row(
        "long SSL_CTX_sess_get_cache_size(SSL_CTX * ctx)",
        "SSL_CTX_sess_set_cache_size(3)",
        "the size in force",
    ),
    *(
        row(f"long SSL_CTX_sess_{name}(SSL_CTX * ctx)", "SSL_CTX_sess_number(3)", says)
        for name, says in (
            ("connect_good", "how many handshakes as client have ended well"),
            ("accept_good", "how many handshakes as server have ended well"),
            ("hits", "how many handshakes resumed a session"),
            ("cb_hits", "how many sessions the get callback found"),
            ("misses", "how many sessions that were asked for were not found"),
            ("timeouts", "how many sessions that were asked for had expired"),
            ("cache_full", "how many sessions left because the cache was full"),
        )
    ),
)
