"""Texts that several challenges begin with: a client and a server with one connection."""

from __future__ import annotations

__all__ = ["CLIENT", "SERVER"]

CLIENT = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""
SERVER = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""
