"""Texts that walk the calls no lesson needs, each once: nine families of calls."""

from __future__ import annotations

from sslrefs.lessons.catalogue.settings import OWN_SETTINGS, SETTINGS
from sslrefs.lessons.scenario import Expected, Scenario, Tally

__all__ = [
    "BOTH_SIDES",
    "CONNECTIONS",
    "FIELDS",
    "NEWER_FLUSH",
    "OWN_SETTINGS",
    "SETTINGS",
    "STATISTICS",
    "TIME",
    "WALKS",
    "WRITTEN",
]

TIME = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_timeout(ctx, 60);
SSL_CTX_get_timeout(ctx);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_SESSION_get_timeout(s);
SSL_SESSION_get_time(s);
sleep(61);
SSL_SESSION_set_timeout(s, 90);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_sess_number(ctx);
SSL_SESSION_set_time(s, 1000000000);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_sess_number(ctx);
SSL_SESSION_free(s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(7, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(16, "session#1", 2, ("ssl#1.session", "s")),
            Tally(18, "session#1", 1, ("ssl#1.session",)),
            Tally(20, "session#1", 0),
        )
    ),
)

NEWER_FLUSH = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_set1_id(s, (const unsigned char *)"one", 3);
SSL_CTX_add_session(ctx, s);
SSL_CTX_flush_sessions_ex(ctx, 0);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(2, "session#1", 1, ("s",)),
            Tally(4, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(5, "session#1", 1, ("s",)),
            Tally(6, "session#1", 0),
        )
    ),
)

STATISTICS = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) {
    if (kept != NULL) return 0;
    kept = s;
    return 1;
}
SSL_SESSION *on_get(SSL *ssl, const unsigned char *id, int length, int *copy) { return kept; }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_cache_size(ctx, 1);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_shutdown(first);
SSL_free(first);
SSL_CTX_sess_accept_good(ctx);
SSL_CTX_sess_connect_good(ctx);
SSL *second = SSL_new(ctx);
SSL_accept(second); /* sslrefs: peer resumes */
SSL_session_reused(second);
SSL_shutdown(second);
SSL_free(second);
SSL_CTX_sess_hits(ctx);
SSL_CTX_sess_misses(ctx);
SSL_CTX_sess_timeouts(ctx);
SSL_CTX_sess_cache_full(ctx);
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
SSL_CTX_sess_set_get_cb(ctx, on_get);
SSL *third = SSL_new(ctx);
SSL_accept(third); /* sslrefs: peer resumes */
SSL_CTX_sess_cb_hits(ctx);
SSL_shutdown(third);
SSL_free(third);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "ctx#1.new_cb")),
            Tally(14, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "kept")),
            Tally(16, "session#1", 2, ("ctx#1.cache", "kept")),
            Tally(20, "session#1", 3, ("ctx#1.cache", "ssl#2.session", "kept")),
            Tally(23, "session#1", 2, ("ctx#1.cache", "kept")),
            Tally(31, "session#1", 3, ("ctx#1.cache", "ssl#3.session", "kept")),
            Tally(34, "session#1", 2, ("ctx#1.cache", "kept")),
            Tally(35, "session#1", 1, ("ctx#1.cache",)),
            Tally(36, "session#1", 0),
        )
    ),
)

BOTH_SIDES = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_set_quiet_shutdown(ctx, 1);
SSL *client = SSL_new(ctx);
SSL_set_quiet_shutdown(client, 0);
SSL_set_connect_state(client);
SSL_is_init_finished(client);
SSL_do_handshake(client);
SSL_is_init_finished(client);
SSL_write(client, "hello", 5);
SSL_set_shutdown(client, SSL_SENT_SHUTDOWN);
SSL_get_shutdown(client);
SSL_free(client);
SSL *server = SSL_new(ctx);
SSL_set_accept_state(server);
SSL_do_handshake(server);
SSL_shutdown(server);
SSL_free(server);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(8, "session#1", 1, ("ssl#1.session",)),
            Tally(13, "session#1", 0),
            Tally(16, "session#2", 1, ("ssl#2.session",)),
            Tally(18, "session#2", 0),
        )
    ),
)

FIELDS = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get0_session(ssl);
SSL_SESSION_has_ticket(s);
SSL_SESSION_is_resumable(s);
SSL_SESSION_get_protocol_version(s);
SSL_SESSION *made = SSL_SESSION_new();
SSL_SESSION_is_resumable(made);
SSL_SESSION_set_protocol_version(made, TLS1_2_VERSION);
SSL_SESSION_set1_id(made, (const unsigned char *)"one", 3);
SSL_SESSION_is_resumable(made);
SSL_SESSION_free(made);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(9, "session#2", 1, ("made",)),
            Tally(14, "session#2", 0),
            Tally(16, "session#1", 0),
        )
    ),
)

WRITTEN = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get0_session(ssl);
BIO *memory = BIO_new(BIO_s_mem());
PEM_write_bio_SSL_SESSION(memory, s);
SSL_SESSION *read = PEM_read_bio_SSL_SESSION(memory, NULL, NULL, NULL);
BIO_free(memory);
unsigned char bytes[4096];
unsigned char *end = bytes;
int length = i2d_SSL_SESSION(s, &end);
const unsigned char *from = bytes;
SSL_SESSION *decoded = d2i_SSL_SESSION(NULL, &from, length);
SSL_SESSION_free(decoded);
SSL_SESSION_free(read);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 1, ("ssl#1.session",)),
            Tally(8, "session#2", 1, ("read",)),
            Tally(14, "session#3", 1, ("decoded",)),
            Tally(15, "session#3", 0),
            Tally(16, "session#2", 0),
            Tally(18, "session#1", 0),
        )
    ),
)

CONNECTIONS = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_up_ref(ssl);
SSL_connect(ssl);
SSL *other = SSL_new(ctx);
SSL_copy_session_id(other, ssl);
SSL_clear(ssl);
SSL_free(ssl);
SSL_free(ssl);
SSL_free(other);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(3, "ssl#1", 1, ("ssl",)),
            Tally(4, "ssl#1", 2, ("ssl", "ssl")),
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(6, "ssl#2", 1, ("other",)),
            Tally(7, "session#1", 2, ("ssl#1.session", "ssl#2.session")),
            Tally(8, "session#1", 1, ("ssl#2.session",)),
            Tally(9, "ssl#1", 1, ("ssl",)),
            Tally(10, "ssl#1", 0),
            Tally(11, "ssl#2", 0),
            Tally(11, "session#1", 0),
        )
    ),
)

WALKS = {
    "settings": SETTINGS,
    "own_settings": OWN_SETTINGS,
    "time": TIME,
    "newer_flush": NEWER_FLUSH,
    "statistics": STATISTICS,
    "both_sides": BOTH_SIDES,
    "fields": FIELDS,
    "written": WRITTEN,
    "connections": CONNECTIONS,
}
