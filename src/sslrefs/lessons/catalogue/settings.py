"""Texts that walk the settings: of a context, and of one connection."""

from __future__ import annotations

from sslrefs.lessons.scenario import Expected, Scenario, Tally

__all__ = ["OWN_SETTINGS", "SETTINGS"]

SETTINGS = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_CTX_use_certificate_file(ctx, "server.pem", SSL_FILETYPE_PEM);
SSL_CTX_use_certificate_chain_file(ctx, "server.pem");
SSL_CTX_use_PrivateKey_file(ctx, "server.pem", SSL_FILETYPE_PEM);
SSL_CTX_check_private_key(ctx);
SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION);
SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
SSL_CTX_set_num_tickets(ctx, 1);
SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL);
SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"shop", 4);
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_BOTH);
SSL_CTX_get_session_cache_mode(ctx);
SSL_CTX_sess_set_cache_size(ctx, 100);
SSL_CTX_sess_get_cache_size(ctx);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_CTX_sess_number(ctx);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(18, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(21, "session#1", 1, ("ctx#1.cache",)),
            Tally(22, "session#1", 0),
        )
    ),
)

OWN_SETTINGS = Scenario(
    """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *client = SSL_new(ctx);
char buf[64];
size_t length = 0;
SSL_connect(client);
SSL_write_ex(client, "hello", 5, &length);
SSL_read_ex(client, buf, sizeof buf, &length);
SSL_shutdown(client);
SSL_free(client);
SSL *server = SSL_new(ctx);
SSL_set_min_proto_version(server, TLS1_2_VERSION);
SSL_set_max_proto_version(server, TLS1_3_VERSION);
SSL_set_options(server, SSL_OP_NO_TICKET);
SSL_set_num_tickets(server, 1);
SSL_set_verify(server, SSL_VERIFY_PEER, NULL);
SSL_set_session_id_context(server, (const unsigned char *)"shop", 4);
SSL_accept(server);
SSL_shutdown(server);
SSL_free(server);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("ssl#1.session",)),
            Tally(7, "session#1", 0),
            Tally(7, "session#3", 1, ("ssl#1.session",)),
            Tally(9, "session#3", 0),
            Tally(17, "session#4", 2, ("ssl#2.session", "ctx#1.cache")),
            Tally(19, "session#4", 1, ("ctx#1.cache",)),
            Tally(20, "session#4", 0),
        )
    ),
)
