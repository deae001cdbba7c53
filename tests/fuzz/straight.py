"""Random texts without branches and without undefined behaviour, for the real library.

What random walks beside libssl leave out, with its reasons, is left out here too.
"""

from __future__ import annotations

from random import Random

__all__ = ["straight"]

_LINES = (
    "SSL_SESSION_free({s}); {s} = SSL_get1_session({a});",
    "SSL_SESSION_free({s}); {s} = SSL_SESSION_new();",
    "SSL_SESSION_free({s}); {s} = NULL;",
    "SSL_SESSION_free(SSL_get1_session({a}));",
    "SSL_SESSION *peek{k} = SSL_get_session({a});",
    "SSL_SESSION_free({s}); {s} = take({t}); ",
    "SSL_free({a}); {a} = SSL_new({c});",
    "SSL_up_ref({a}); SSL_free({a});",
    "SSL_CTX_up_ref({c}); SSL_CTX_free({c});",
    "SSL_connect({a});",
    "SSL_accept({a});",
    "SSL_connect({a}); /* sslrefs: fails */",
    "SSL_accept({a}); /* sslrefs: peer resumes */",
    "SSL_shutdown({a});",
    "SSL_set_session({a}, NULL);",
    "if ({s}) SSL_set_session({a}, {s});",
    "if ({s}) SSL_CTX_add_session({c}, {s});",
    "if ({s}) SSL_CTX_remove_session({c}, {s});",
    "if ({s}) SSL_SESSION_up_ref({s}), SSL_SESSION_free({s});",
    "SSL_CTX_flush_sessions({c}, time(NULL) + {k});",
    "SSL_CTX_sess_number({c});",
    "SSL_session_reused({a});",
    "SSL_CTX_set_session_cache_mode({c}, SSL_SESS_CACHE_BOTH);",
    "SSL_CTX_set_session_cache_mode({c}, SSL_SESS_CACHE_CLIENT);",
    "SSL_CTX_set_session_cache_mode({c}, SSL_SESS_CACHE_OFF);",
    "SSL_CTX_set_options({c}, SSL_OP_NO_TICKET);",
    "SSL_CTX_sess_set_new_cb({c}, keep);",
    "SSL_CTX_sess_set_new_cb({c}, NULL);",
    "sleep({k});",
)
_HEAD = """static SSL_SESSION *take(SSL_SESSION *x) { if (x) SSL_SESSION_up_ref(x); return x; }
static SSL_SESSION *kept;
static int keep(SSL *ssl, SSL_SESSION *sess) { SSL_SESSION_free(kept); kept = sess; return 1; }
SSL_CTX *c = SSL_CTX_new(TLS_method()), *d = SSL_CTX_new(TLS_method());
SSL_CTX_set_session_id_context(c, "c", 1);
SSL_CTX_set_session_id_context(d, "d", 1);
SSL *a = SSL_new(c), *b = SSL_new(d);
SSL_SESSION *s = NULL, *t = NULL;
"""
_END = """SSL_free(a);
SSL_free(b);
SSL_SESSION_free(s);
SSL_SESSION_free(t);
SSL_CTX_free(c);
SSL_CTX_free(d);
SSL_SESSION_free(kept);
"""


def straight(number: int, seed: int) -> str:
    """The text of that number; it gives back all that it takes."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - nothing here is a secret
    peer = random.choice(("", "/* sslrefs: peer TLS 1.2 */\n"))
    lines = [_line(random, index) for index in range(random.randint(3, 14))]
    return f"{peer}{_HEAD}{''.join(lines)}{_END}"


def _line(random: Random, index: int) -> str:
    a, c = random.choice((("a", "c"), ("b", "d")))
    s, t = random.choice((("s", "t"), ("t", "s")))
    text = random.choice(_LINES)
    k = str(index) if "peek" in text else random.choice(("0", "1", "400"))
    return text.format(a=a, c=c, s=s, t=t, k=k) + "\n"
