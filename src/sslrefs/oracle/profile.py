"""Which profile of the model fits a real library."""

from __future__ import annotations

import re

from sslrefs.model.library import LIBRESSL, OPENSSL_1_1_1, OPENSSL_3, OPENSSL_3_5, Library

__all__ = ["profile_of"]


def profile_of(version: str) -> Library:
    """The profile for a library's own version text.

    >>> profile_of("OpenSSL 1.1.1w  11 Sep 2023").name
    'OpenSSL 1.1.1'
    """
    if version.startswith("LibreSSL"):
        return LIBRESSL
    numbers = re.match(r"OpenSSL (\d+)\.(\d+)", version)
    if numbers is not None and (int(numbers[1]), int(numbers[2])) >= (3, 5):
        return OPENSSL_3_5
    return OPENSSL_1_1_1 if version.startswith("OpenSSL 1.1.1") else OPENSSL_3
