"""What of other functions is followed without a word, and what is said where it cannot be."""

from __future__ import annotations

from sslrefs.studio.run import run


def test_what_libssl_only_reads_is_no_note() -> None:
    text = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL_SESSION *s = SSL_SESSION_new();
unsigned int n;
char name[8];
if (strcmp(SSL_SESSION_get0_hostname(s), name) && SSL_SESSION_get_id(s, &n)) SSL_SESSION_print_fp(stdout, s);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
"""
    assert [note.text for note in run(text).notes if "modelled" in note.text] == []


def test_a_function_that_does_not_connect_is_given_a_connection_that_is() -> None:
    text = """\
void keep(struct pool *p, SSL *ssl) { p->last = SSL_get1_session(ssl); }
int use(struct pool *p, SSL *ssl) { SSL_set_session(ssl, p->last); return SSL_connect(ssl); }
"""
    found = run(text)

    assert "SSL_connect(ssl);" in found.source.splitlines()
    assert "SSL_connect(ssl2);" not in found.source.splitlines()


def test_a_run_in_which_calls_were_left_out_is_not_called_clean() -> None:
    text = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl;
BIO_get_ssl(bio, &ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_CTX_free(ctx);
"""
    assert "no finding, but 1 call could not be followed: see below" in str(run(text))
