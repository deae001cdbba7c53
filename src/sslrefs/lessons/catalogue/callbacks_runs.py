"""The C texts of lesson 08, callbacks own, and what is told of each."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "EACH_FREED",
    "FOUND",
    "FREED_ON_REMOVE",
    "GIVEN_AWAY",
    "HANDED_BACK",
    "KEPT",
    "ONLY_BYTES",
    "REMOVED_LENT",
    "SCENARIOS",
    "TWO_TICKETS",
]

KEPT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) {
    kept = s;
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(11, "session#1", 2, ("ssl#1.session", "kept")),
            Tally(13, "session#1", 1, ("kept",)),
            Tally(14, "session#1", 0),
        ),
    ),
)

HANDED_BACK = Scenario(
    KEPT.text.replace("return 1", "return 0"),
    Expected(
        tallies=(
            Tally(4, "session#1", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(11, "session#1", 1, ("ssl#1.session",)),
            Tally(13, "session#1", 0),
        ),
        bug=Bug("use_after_free", 11, 14),
    ),
)

ONLY_BYTES = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
int on_new(SSL *ssl, SSL_SESSION *s) {
    unsigned char bytes[4096];
    unsigned char *end = bytes;
    i2d_SSL_SESSION(s, &end);
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "session#1", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(12, "session#1", 2, ("ssl#1.session", "lost")),
            Tally(14, "session#1", 1, ("lost",)),
        ),
        bug=Bug("lost_pointer", 12, None),
    ),
)

TWO_TICKETS = Scenario(
    """\
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) {
    kept = s;
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
char buf[16];
SSL_read(ssl, buf, sizeof buf);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(10, "session#1", 1, ("ssl#1.session",)),
            Tally(3, "session#1", 0),
            Tally(3, "session#2", 1, ("lost",)),
            Tally(3, "session#3", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(12, "session#3", 2, ("ssl#1.session", "kept")),
            Tally(14, "session#3", 1, ("kept",)),
            Tally(15, "session#3", 0),
        ),
        bug=Bug("lost_pointer", 12, None),
    ),
)

EACH_FREED = Scenario(
    TWO_TICKETS.text.replace("    kept = s;", "    SSL_SESSION_free(kept);\n    kept = s;"),
    Expected(
        tallies=(
            Tally(11, "session#1", 1, ("ssl#1.session",)),
            Tally(3, "session#1", 0),
            Tally(3, "session#2", 0),
            Tally(3, "session#3", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(13, "session#3", 2, ("ssl#1.session", "kept")),
            Tally(15, "session#3", 1, ("kept",)),
            Tally(16, "session#3", 0),
        ),
    ),
)

FREED_ON_REMOVE = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) {
    kept = s;
    return 1;
}
void on_remove(SSL_CTX *ctx, SSL_SESSION *s) {
    SSL_SESSION_free(s);
    kept = NULL;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "ctx#1.new_cb")),
            Tally(16, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "kept")),
            Tally(18, "session#1", 2, ("ctx#1.cache", "kept")),
            Tally(9, "session#1", 1, ("ctx#1.cache",)),
            Tally(19, "session#1", 0),
        ),
    ),
)

REMOVED_LENT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
void on_remove(SSL_CTX *ctx, SSL_SESSION *s) {
    SSL_SESSION_free(s);
}
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(9, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(10, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(12, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(4, "session#1", 1, ("ctx#1.cache", "s")),
            Tally(13, "session#1", 0, ("s",)),
        ),
        bug=Bug("borrowed_free", 13, 14),
    ),
)

FOUND = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) {
    kept = s;
    return 1;
}
SSL_SESSION *on_get(SSL *ssl, const unsigned char *id, int length, int *copy) {
    *copy = 1;
    return kept;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL_CTX_sess_set_get_cb(ctx, on_get);
SSL *ssl1 = SSL_new(ctx);
SSL_accept(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_accept(ssl2); /* sslrefs: peer resumes */
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(17, "session#1", 2, ("ssl#1.session", "kept")),
            Tally(19, "session#1", 1, ("kept",)),
            Tally(21, "session#1", 2, ("ssl#2.session", "kept")),
            Tally(23, "session#1", 1, ("kept",)),
            Tally(24, "session#1", 0),
        ),
    ),
)

GIVEN_AWAY = Scenario(
    FOUND.text.replace("*copy = 1", "*copy = 0"),
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.new_cb")),
            Tally(17, "session#1", 2, ("ssl#1.session", "kept")),
            Tally(19, "session#1", 1, ("kept",)),
            Tally(21, "session#1", 1, ("ssl#2.session",)),
            Tally(23, "session#1", 0),
        ),
        bug=Bug("double_free", 24, 24),
    ),
)

SCENARIOS = {
    "kept": KEPT,
    "handed_back": HANDED_BACK,
    "only_bytes": ONLY_BYTES,
    "two_tickets": TWO_TICKETS,
    "each_freed": EACH_FREED,
    "freed_on_remove": FREED_ON_REMOVE,
    "removed_lent": REMOVED_LENT,
    "found": FOUND,
    "given_away": GIVEN_AWAY,
}
