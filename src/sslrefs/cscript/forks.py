"""What can fail in a run, and how a failure is asked for.

Only failures that the manual pages name and that a sound program can meet;
a getter that returns NULL before the handshake fails at nothing after it.
"""

from __future__ import annotations

from pycparser import c_ast

from sslrefs.cscript.tree import walk
from sslrefs.model.objects import NULL, Value

__all__ = ["FAILURES", "OWN_FAILURES", "asked"]

FAILURES: dict[str, str] = {
    **dict.fromkeys(
        (
            *("SSL_CTX_new", "SSL_new", "SSL_SESSION_new", "SSL_SESSION_dup", "SSL_dup", "BIO_new"),
            *("SSL_CTX_up_ref", "SSL_up_ref", "SSL_SESSION_up_ref"),
            *("SSL_connect", "SSL_accept", "SSL_do_handshake"),
            *("SSL_write", "SSL_write_ex"),
            *("SSL_set_session", "SSL_copy_session_id", "SSL_SESSION_set1_id", "SSL_clear"),
            *("SSL_CTX_set_session_id_context", "SSL_CTX_check_private_key"),
            *("SSL_CTX_use_certificate_file", "SSL_CTX_use_certificate_chain_file"),
            *("SSL_CTX_use_PrivateKey_file",),
            *("SSL_CTX_set_min_proto_version", "SSL_CTX_set_max_proto_version"),
            *("SSL_set_min_proto_version", "SSL_set_max_proto_version"),
            "SSL_set_session_id_context",
            *("i2d_SSL_SESSION", "d2i_SSL_SESSION"),
            *("PEM_write_bio_SSL_SESSION", "PEM_read_bio_SSL_SESSION"),
        ),
        "fails",
    ),
    **dict.fromkeys(("SSL_read", "SSL_read_ex"), "peer breaks"),
}
"""The functions of libssl that can fail, each with the direction that makes it."""

OWN_FAILURES: dict[str, Value] = {
    **dict.fromkeys(("malloc", "calloc", "OPENSSL_malloc", "OPENSSL_zalloc"), NULL),
    **dict.fromkeys(("SSL_set_ex_data", "SSL_CTX_set_ex_data", "SSL_SESSION_set_ex_data"), 0),
    **dict.fromkeys(("SSL_set_app_data", "SSL_CTX_set_app_data", "SSL_SESSION_set_app_data"), 0),
}
"""The functions outside libssl's counts that can fail, each with what it returns then."""


def asked(condition: c_ast.Node) -> str:
    """What a condition that is not known asks for: the only function it calls, or the condition."""
    calls = [
        node.name.name
        for node in walk(condition)
        if isinstance(node, c_ast.FuncCall) and hasattr(node.name, "name")
    ]
    return calls[0] if len(calls) == 1 else "this condition"
