"""Long and large C texts to measure with, and a way around the limits of a run."""

from __future__ import annotations

from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

from sslrefs.cscript.recorder import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["PICTURE_STEPS", "best", "connections", "counting", "crowd", "picture", "unlimited"]

_HEAD = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
"""
_CONNECTION = """\
  SSL *ssl = SSL_new(ctx);
  SSL_accept(ssl);
  SSL_SESSION *s = SSL_get1_session(ssl);
  SSL_SESSION_up_ref(s);
  SSL_SESSION_free(s);
  SSL_shutdown(ssl);
  SSL_free(ssl);
  SSL_SESSION_free(s);
"""
_COUNTING = """\
  SSL_SESSION *s = SSL_SESSION_new();
  SSL_SESSION_up_ref(s);
  SSL_SESSION_free(s);
  SSL_SESSION_free(s);
"""
_FAR = 10**9
PICTURE_STEPS = 30
"""Steps of `picture` after everything is made."""


def loop(times: int, body: str) -> str:
    return f"for (int i = 0; i < {times}; i++) {{\n{body}}}\n"


def connections(rounds: int) -> str:
    """Whole connections, one after the other."""
    return _HEAD + loop(rounds, _CONNECTION) + "SSL_CTX_free(ctx);\n"


def counting(rounds: int) -> str:
    """Four calls a round that need no handshake."""
    return loop(rounds, _COUNTING)


def crowd(objects: int, rounds: int) -> str:
    """So many living objects first, lost ones, then rounds of two calls on one more."""
    return (
        loop(objects - 1, "  SSL_SESSION *lost = SSL_SESSION_new();\n")
        + "SSL_SESSION *s = SSL_SESSION_new();\n"
        + loop(rounds, "  SSL_SESSION_up_ref(s);\n  SSL_SESSION_free(s);\n")
    )


def picture(objects: int) -> str:
    """A run that makes so many objects (an even number), then thirty steps on one of them."""
    lines = [_HEAD.rstrip("\n"), "SSL_SESSION *s = SSL_SESSION_new();"]
    for number in range((objects - 2) // 2):
        lines += [f"SSL *a{number} = SSL_new(ctx);", f"SSL_accept(a{number});"]
    lines += ["SSL_SESSION_up_ref(s);", "SSL_SESSION_free(s);"] * (PICTURE_STEPS // 2)
    return "\n".join(lines) + "\n"


@contextmanager
def unlimited() -> Iterator[None]:
    """Runs may go on as long as they like."""
    with patch.multiple(Limits, STEPS=_FAR, OBJECTS=_FAR, TICKS=_FAR):
        yield


def best(work: Callable[[], object], *, times: int = 5) -> float:
    """The processor's seconds of the fastest of several runs: others on the machine do not count."""
    took = []
    for _ in range(times):
        began = process_time()
        work()
        took.append(process_time() - began)
    return min(took)
