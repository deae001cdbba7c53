"""What the headers of each libssl say to the preprocessor: versions, features, names of macros.

No header is opened: a name is answered for the library that is modelled. What is
not known is not defined, as for a compiler, and that is said where it leaves lines out.
"""

from __future__ import annotations

import re

from sslrefs.cscript.names import CONSTANTS, OTHER_CONSTANTS
from sslrefs.model.library import Library

__all__ = ["is_defined", "is_silent", "number_of", "prerequisite", "versions"]

_MACROS = re.compile(
    r"(SSL_(CTRL|OP|MODE|SESS_CACHE|ERROR|VERIFY|CB|ST|TLSEXT_ERR)|TLSEXT|TLS1|TLS1_[123])_[A-Z0-9_a-z]+"
    r"|SSL_(CTX_)?(set|get)_(tlsext_\w+|mode|min_proto_version|max_proto_version|app_data)"
    r"|SSL_CTX_(sess_(set_|get_)?[a-z_]+|[gs]et_session_cache_mode)"
    r"|SSL_(CTX_|SESSION_)?get_ex_new_index|SSL_get0_session|SSL_SESSION_[gs]et_app_data"
    r"|SSL3_VERSION|DTLS1_VERSION|DTLS1_2_VERSION|SSLEAY_VERSION_NUMBER|OPENSSL_VERSION_TEXT"
)
"""Names that are macros in the header files of all three."""

_NO = frozenset({"MD2", "RC5", "SSL3", "SSL3_METHOD", "HEARTBEATS", "SCTP", "EGD"})
_NO_LIBRESSL = _NO | {"SSL2", "COMP", "SRP", "PSK", "JPAKE", "KRB5", "STORE", "DYNAMIC_ENGINE"}

_ONLY_OPENSSL_3 = frozenset({"SSL_OP_IGNORE_UNEXPECTED_EOF", "SSL_OP_ENABLE_KTLS"})
_NOT_LIBRESSL = frozenset(
    {
        *("SSL_MODE_ASYNC", "SSL_OP_NO_RENEGOTIATION", "SSL_OP_PRIORITIZE_CHACHA"),
        *("SSL_OP_ENABLE_MIDDLEBOX_COMPAT", "SSL_OP_NO_ANTI_REPLAY"),
    }
)
_ELSEWHERE = ("OPENSSL_NO_", "OPENSSL_IS_", "LIBRESSL_", "__", "_MSC_")
_PLATFORMS = frozenset({"_WIN32", "WIN32", "_WIN64", "DEBUG", "NDEBUG", "BORINGSSL_API_VERSION"})


def versions(library: Library) -> dict[str, int]:
    """The numbers by which a library tells its version.

    >>> from sslrefs.model.library import OPENSSL_3, OPENSSL_1_1_1
    >>> hex(versions(OPENSSL_1_1_1)["OPENSSL_VERSION_NUMBER"])
    '0x1010117f'
    >>> versions(OPENSSL_3)["OPENSSL_VERSION_MAJOR"]
    3
    """
    number = library.version
    found = {"OPENSSL_VERSION_NUMBER": number, "SSLEAY_VERSION_NUMBER": number}
    if library.libressl_version:
        return found | {"LIBRESSL_VERSION_NUMBER": library.libressl_version}
    if number >> 28 < 3:
        return found
    return found | {
        "OPENSSL_VERSION_MAJOR": number >> 28,
        "OPENSSL_VERSION_MINOR": number >> 20 & 0xFF,
        "OPENSSL_VERSION_PATCH": number >> 4 & 0xFF,
    }


def is_defined(name: str, library: Library) -> bool:
    """What `#ifdef` finds.

    >>> from sslrefs.model.library import LIBRESSL, OPENSSL_3
    >>> [is_defined("LIBRESSL_VERSION_NUMBER", library) for library in (OPENSSL_3, LIBRESSL)]
    [False, True]
    """
    is_libressl = bool(library.libressl_version)
    if name.startswith("OPENSSL_NO_"):
        return name.removeprefix("OPENSSL_NO_") in (_NO_LIBRESSL if is_libressl else _NO)
    if name in versions(library):
        return True
    if name == "LIBRESSL_VERSION_TEXT":
        return is_libressl
    if name in _ONLY_OPENSSL_3 and library.version >> 28 < 3:
        return False
    if name in _NOT_LIBRESSL and is_libressl:
        return False
    is_constant = name in CONSTANTS and not name.startswith(("EXIT", "PTHREAD"))
    return is_constant or name in OTHER_CONSTANTS or _MACROS.fullmatch(name) is not None


def is_silent(name: str) -> bool:
    """Whether it need not be said that a name is not defined: it speaks of another platform."""
    return name.startswith(_ELSEWHERE) or name in _PLATFORMS or name.startswith("OPENSSL_VERSION_")


def number_of(name: str, library: Library) -> int | None:
    """The value of a name in `#if`, None if it has none that is known."""
    found = versions(library).get(name)
    return CONSTANTS.get(name) if found is None else found


def prerequisite(library: Library) -> str | None:
    """The definition of OPENSSL_VERSION_PREREQ, which only OpenSSL 3 has.

    >>> from sslrefs.model.library import OPENSSL_3
    >>> prerequisite(OPENSSL_3)
    'OPENSSL_VERSION_PREREQ(maj, min) (((maj) << 8) + (min) <= 768)'
    """
    if library.version >> 28 < 3:
        return None
    return f"OPENSSL_VERSION_PREREQ(maj, min) (((maj) << 8) + (min) <= {library.version >> 20})"
