"""A self-signed certificate, made by the library itself.

No file is read or written and no key is kept: each library object makes its
own once. It has no name in it; nobody verifies it.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import NamedTuple

from sslrefs.oracle.library import Libssl

__all__ = ["Certificate", "certificate_of", "use_certificate"]

_EVP_PKEY_EC = 408
_KEYGEN = 0x04 | 0x02  # EVP_PKEY_OP_KEYGEN | EVP_PKEY_OP_PARAMGEN
_SET_CURVE = 0x1001  # EVP_PKEY_CTRL_EC_PARAMGEN_CURVE_NID
_P256 = 415  # NID_X9_62_prime256v1
_DAY = 86_400


class Certificate(NamedTuple):
    """Addresses of an X509 and of its EVP_PKEY; both live as long as the process."""

    x509: int
    key: int


@cache
def certificate_of(library: Libssl) -> Certificate:
    """The library's certificate, on an elliptic curve because that is fast."""
    key = _new_key(library)
    x509 = library("X509_new")
    library("X509_set_pubkey", x509, key)
    library("X509_gmtime_adj", library("X509_getm_notBefore", x509), -_DAY)
    library("X509_gmtime_adj", library("X509_getm_notAfter", x509), _DAY)
    if not library("X509_sign", x509, key, library("EVP_sha256")):
        message = f"{library.version} cannot make a certificate"
        raise RuntimeError(message)
    return Certificate(x509, key)


def _new_key(library: Libssl) -> int:
    maker = library("EVP_PKEY_CTX_new_id", _EVP_PKEY_EC, None)
    key = ctypes.c_void_p()
    library("EVP_PKEY_keygen_init", maker)
    library("EVP_PKEY_CTX_ctrl", maker, _EVP_PKEY_EC, _KEYGEN, _SET_CURVE, _P256, None)
    library("EVP_PKEY_keygen", maker, ctypes.byref(key))
    library("EVP_PKEY_CTX_free", maker)
    if key.value is None:
        message = f"{library.version} cannot make a key on the curve P-256"
        raise RuntimeError(message)
    return key.value


def use_certificate(library: Libssl, ctx: int) -> None:
    """Give an SSL_CTX the certificate; it takes references of its own to both parts."""
    certificate = certificate_of(library)
    library("SSL_CTX_use_certificate", ctx, certificate.x509)
    library("SSL_CTX_use_PrivateKey", ctx, certificate.key)
