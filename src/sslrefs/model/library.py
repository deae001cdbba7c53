"""Which libssl is modelled: what differs between libraries, as data.

Each field is one measured difference; the rules ask for the field, never for
the name of a library.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["LIBRARIES", "OPENSSL_3", "Library", "library_named"]


@dataclass(frozen=True, slots=True)
class Library:
    """A libssl profile."""

    name: str
    full_cache_keeps_all: bool = False
    """A cache of size n holds n sessions (OpenSSL 3: n - 1, but at least one)."""
    evicts_by_expiry: bool = True
    """A full cache gives up what expires first (else: what was added first)."""
    absent_removal_spoils: bool = True
    """Removing a session that is not cached marks it and runs the callback."""
    removes_by_equal_id: bool = True
    """Removing a session takes out another one with an equal id."""
    spoils_own_session: bool = True
    """SSL_set_session(3) on a connection spoils the old session, also for NULL or the same."""
    dup_shares_connection: bool = True
    """SSL_dup(3) after the handshake is SSL_up_ref(3)."""
    caches_without_id_context: bool = False
    """A server that verifies its peer caches sessions without a session id context."""
    refuses_unversioned: bool = False
    """SSL_set_session(3) returns 0 for a session without a protocol version."""
    resumes_tls13: bool = True
    """A TLS 1.3 client can resume."""
    sends_tls13_tickets: bool = True
    """A TLS 1.3 server sends tickets."""
    knows_resumable: bool = True
    """SSL_SESSION_is_resumable(3) tells the truth (else: always 0)."""
    lacks: frozenset[str] = field(default_factory=frozenset)
    """Functions the library does not have."""


OPENSSL_3 = Library(name="OpenSSL 3")

OPENSSL_1_1_1 = Library(
    name="OpenSSL 1.1.1",
    full_cache_keeps_all=True,
    evicts_by_expiry=False,
    lacks=frozenset({"SSL_CTX_flush_sessions_ex"}),
)

LIBRESSL = Library(
    name="LibreSSL",
    full_cache_keeps_all=True,
    evicts_by_expiry=False,
    absent_removal_spoils=False,
    removes_by_equal_id=False,
    spoils_own_session=False,
    dup_shares_connection=False,
    caches_without_id_context=True,
    refuses_unversioned=True,
    resumes_tls13=False,
    sends_tls13_tickets=False,
    knows_resumable=False,
    lacks=frozenset({"SSL_CTX_flush_sessions_ex"}),
)

LIBRARIES = {profile.name: profile for profile in (OPENSSL_3, OPENSSL_1_1_1, LIBRESSL)}


def library_named(name: str) -> Library | None:
    """The profile a person means by `name`; case and spaces do not matter.

    >>> library_named("openssl3").name
    'OpenSSL 3'
    """
    wanted = name.replace(" ", "").lower()
    return next((p for key, p in LIBRARIES.items() if key.replace(" ", "").lower() == wanted), None)
