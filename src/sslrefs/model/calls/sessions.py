"""Sessions: counting, fields, copies, bytes."""

from __future__ import annotations

from sslrefs.model.calls.row import row

__all__ = ["ROWS"]

ROWS = (
    row(
        "SSL_SESSION * SSL_SESSION_new()",
        "SSL_SESSION_new(3)",
        "makes an empty session with count 1, yours to free",
        gives="own",
    ),
    row(
        "int SSL_SESSION_up_ref(SSL_SESSION * session)",
        "SSL_SESSION_free(3)",
        "counts one reference more, yours to give back",
        takes="session",
    ),
    row(
        "void SSL_SESSION_free(SSL_SESSION * session?)",
        "SSL_SESSION_free(3)",
        "gives your reference back; at 0 the memory goes, even if a cache still links it",
        gives_back="session",
    ),
    row(
        "SSL_SESSION * SSL_SESSION_dup(SSL_SESSION * session)",
        "SSL_SESSION_new(3)",
        "makes a copy with count 1, yours to free; it is in no cache",
        gives="own",
    ),
    row(
        "int SSL_SESSION_is_resumable(SSL_SESSION * session)",
        "SSL_SESSION_is_resumable(3)",
        "0 when it was spoiled or has neither id nor ticket",
    ),
    row(
        "int SSL_SESSION_has_ticket(SSL_SESSION * session)",
        "SSL_SESSION_has_ticket(3)",
        "1 when it has a ticket",
    ),
    row(
        "int SSL_SESSION_set1_id(SSL_SESSION * session, const unsigned char * id,"
        " unsigned int length)",
        "SSL_SESSION_set1_id(3)",
        "copies the bytes; with an id a session counts as resumable",
    ),
    row(
        "long SSL_SESSION_set_time(SSL_SESSION * session, long when)",
        "SSL_SESSION_get_time(3)",
        "works on cached sessions too",
    ),
    row("long SSL_SESSION_get_time(SSL_SESSION * session)", "SSL_SESSION_get_time(3)", "its time"),
    row(
        "long SSL_SESSION_set_timeout(SSL_SESSION * session, long seconds)",
        "SSL_SESSION_get_time(3)",
        "works on cached sessions too",
    ),
    row(
        "long SSL_SESSION_get_timeout(SSL_SESSION * session)",
        "SSL_SESSION_get_time(3)",
        "its lifetime in seconds",
    ),
    row(
        "int SSL_SESSION_set_protocol_version(SSL_SESSION * session, int version)",
        "SSL_SESSION_get_protocol_version(3)",
        "counts nothing",
    ),
    row(
        "int SSL_SESSION_get_protocol_version(SSL_SESSION * session)",
        "SSL_SESSION_get_protocol_version(3)",
        "counts nothing",
    ),
    row(
        "int i2d_SSL_SESSION(SSL_SESSION * session, unsigned char ** pp?)",
        "d2i_SSL_SESSION(3)",
        "writes the session as bytes and counts nothing; with *pp == NULL it allocates them",
    ),
    row(
        "SSL_SESSION * d2i_SSL_SESSION(SSL_SESSION ** a?, const unsigned char ** pp, long length)",
        "d2i_SSL_SESSION(3)",
        "makes a session with one reference, yours to free; an existing *a is filled in place",
        gives="own",
    ),
    row("const BIO_METHOD * BIO_s_mem()", "BIO_s_mem(3)", "names the kind of BIO"),
    row("BIO * BIO_new(const BIO_METHOD * type)", "BIO_new(3)", "makes a memory BIO"),
    row("int BIO_free(BIO * bio?)", "BIO_new(3)", "counts nothing of the model"),
    row(
        "int PEM_write_bio_SSL_SESSION(BIO * bio, SSL_SESSION * session)",
        "PEM_read_bio_SSL_SESSION(3)",
        "writes the session as text and counts nothing",
    ),
    row(
        "SSL_SESSION * PEM_read_bio_SSL_SESSION("
        "BIO * bio, SSL_SESSION ** a?, callback cb?, void * u?)",
        "PEM_read_bio_SSL_SESSION(3)",
        "makes a session with one reference, yours to free; an existing *a is filled in place",
        gives="own",
    ),
)
