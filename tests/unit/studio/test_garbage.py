"""Nothing that was made of a text waits for Python's search for garbage: it comes late."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from sslrefs.studio.branches import branches
from sslrefs.studio.run import attempt, run

if TYPE_CHECKING:
    from collections.abc import Callable

CLEAN = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_method());
SSL *ssl = SSL_new(ctx);
for (int i = 0; i < 2; i++) SSL_up_ref(ssl);
if (SSL_connect(ssl) != 1) goto out;
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_SESSION_free(s);
out:
SSL_free(ssl);
"""


def everything() -> None:
    """Make all that can be made of a run."""
    made = run(CLEAN)
    assert str(made)
    assert made.svg()
    assert made.data()


@pytest.mark.parametrize(
    "make",
    [
        everything,
        lambda: str(branches(CLEAN)),
        lambda: str(attempt("SSL_SESSION_fre(s);\nx x;\nSSL_free(ssl")),
        lambda: run("static void f(SSL_SESSION *s) { SSL_SESSION_free(s); }"),
    ],
)
def test_nothing_is_left_for_the_collector(make: Callable[[], object]) -> None:
    make()  # what is kept for the next time is made now
    gc.collect()
    gc.disable()
    try:
        make()
        left = gc.collect()
    finally:
        gc.enable()

    assert left == 0
