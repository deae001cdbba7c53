"""Which libssl is modelled: what differs between libraries, as data.

Each field is one measured difference, with the scenarios that show it; the rules
ask for the field, never for the name of a library.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

__all__ = ["LIBRARIES", "OPENSSL_3", "Library", "evidence_of_differences", "library_named"]


def _differs(*evidence: str, openssl_3: bool) -> bool:
    """A field: what OpenSSL 3 does, and the scenarios whose counts show it."""
    made: bool = field(default=openssl_3, metadata={"evidence": evidence})
    return made


@dataclass(frozen=True, slots=True)
class Library:
    """A libssl profile."""

    name: str
    version: int
    """OPENSSL_VERSION_NUMBER in its headers, of the release that was measured."""
    libressl_version: int = 0
    """LIBRESSL_VERSION_NUMBER; 0 if there is none."""
    full_cache_keeps_all: bool = _differs("cache-full-by-expiry", openssl_3=False)
    """A cache of size n holds n sessions (OpenSSL 3: n - 1, but at least one)."""
    evicts_by_expiry: bool = _differs("cache-full-by-expiry", openssl_3=True)
    """A full cache gives up what expires first (else: what was added first)."""
    adding_again_renews: bool = _differs("add-again", openssl_3=True)
    """A cached session that is added again leaves a full cache as if added last (3.0, not 3.5)."""
    absent_removal_spoils: bool = _differs(
        "cache-remove-absent", "remove-cb-uncached", openssl_3=True
    )
    """Removing a session that is not cached marks it and runs the callback."""
    removes_by_equal_id: bool = _differs("cache-remove-equal-id", openssl_3=True)
    """Removing a session takes out another one with an equal id."""
    spoils_own_session: bool = _differs(
        "set-session-null-connected", "set-own-session-connected", openssl_3=True
    )
    """SSL_set_session(3) on a connection spoils the old session, also for NULL or the same."""
    dup_shares_connection: bool = _differs("ssl-dup-connected", openssl_3=True)
    """SSL_dup(3) after the handshake is SSL_up_ref(3)."""
    offers_spoiled: bool = _differs("statistics", "spoiled-in-cache", openssl_3=False)
    """A server takes a session marked not resumable from its get callback; it empties the id of
    such a session, so a TLS 1.2 client that asked for it gives up."""
    caches_without_id_context: bool = _differs("verifying", openssl_3=False)
    """A server that verifies its peer caches sessions without a session id context."""
    refuses_unversioned: bool = _differs("set-session-replace", openssl_3=False)
    """SSL_set_session(3) returns 0 for a session without a protocol version."""
    flush_gives_back_last: bool = _differs("flush-with-callback", openssl_3=True)
    """A flush gives its references back when all remove callbacks have run (else: after each;
    so it was read for LibreSSL, where it is not measured)."""
    set_session_counts_first: bool = _differs("callback-in-set-session", openssl_3=False)
    """SSL_set_session(3) counts its new session before the former one leaves the cache: a remove
    callback sees one more (OpenSSL 3.5)."""
    method_follows_ctx: bool = _differs("one-side", openssl_3=True)
    """After SSL_set_SSL_CTX(3), SSL_set_session(3) and SSL_clear(3) take the new context's method
    (else the method of SSL_new(3): 3.5; LibreSSL is not measured)."""
    close_notify_stays: bool = _differs("close-notify-again", openssl_3=False)
    """In TLS 1.3 SSL_read(3) meets the peer's close_notify again after SSL_set_shutdown(3) took its
    mark away (OpenSSL 3.5)."""
    resumes_tls13: bool = _differs("resume13", openssl_3=True)
    """A TLS 1.3 client can resume."""
    sends_tls13_tickets: bool = _differs("accept13-ticket", "accept13-stateful", openssl_3=True)
    """A TLS 1.3 server sends tickets."""
    knows_resumable: bool = _differs("session-set-id-resumable", openssl_3=True)
    """SSL_SESSION_is_resumable(3) tells the truth (else: always 0)."""
    lacks: frozenset[str] = field(default_factory=frozenset)
    """Functions the library does not have."""


OPENSSL_3 = Library(name="OpenSSL 3", version=0x30000130)

OPENSSL_3_5 = replace(
    OPENSSL_3,
    version=0x30500090,
    set_session_counts_first=True,
    adding_again_renews=False,
    method_follows_ctx=False,
    close_notify_stays=True,
)
"""What 3.5.9 does otherwise than 3.0: seen only from inside a callback, by who leaves first, where
a connection goes from a context for one side to one for the other, or after SSL_set_shutdown."""

OPENSSL_1_1_1 = Library(
    name="OpenSSL 1.1.1",
    version=0x1010117F,
    full_cache_keeps_all=True,
    evicts_by_expiry=False,
    adding_again_renews=False,
    offers_spoiled=True,
    flush_gives_back_last=False,
    lacks=frozenset({"SSL_CTX_flush_sessions_ex"}),
)

LIBRESSL = Library(
    name="LibreSSL",
    version=0x20000000,
    libressl_version=0x4030200F,
    full_cache_keeps_all=True,
    evicts_by_expiry=False,
    adding_again_renews=False,
    flush_gives_back_last=False,
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


def evidence_of_differences() -> dict[str, tuple[str, ...]]:
    """The scenarios that show each difference, by the name of its field.

    >>> evidence_of_differences()["dup_shares_connection"]
    ('ssl-dup-connected',)
    """
    return {
        one.name: one.metadata["evidence"] for one in fields(Library) if "evidence" in one.metadata
    }


def library_named(name: str) -> Library | None:
    """The profile a person means by `name`; case and spaces do not matter.

    >>> library_named("openssl3").name
    'OpenSSL 3'
    """
    wanted = name.replace(" ", "").lower()
    return next((p for key, p in LIBRARIES.items() if key.replace(" ", "").lower() == wanted), None)
