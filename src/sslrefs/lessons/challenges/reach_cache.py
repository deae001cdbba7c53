"""Challenges that ask for a state of a cache: let it hold, and let it give back."""

from __future__ import annotations

from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import (
    cached,
    calls_of,
    have_held,
    is_clean,
    keeps,
    needs,
    refuses,
)
from sslrefs.lessons.challenges.texts import CLIENT, SERVER

__all__ = ["CLIENT_CACHE", "FLUSH_ONE", "NOT_YET_EXPIRED"]

_MODE = "SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);\n"

CLIENT_CACHE = Challenge(
    name="client-cache",
    title="A client with a cache",
    kind="reach",
    lesson="cache",
    task="This client's session is held by the connection alone. Let the cache of `ctx` hold it "
    "too: 2 = ssl + cache. End clean.",
    start=CLIENT,
    hints=(
        "Which sessions does a context cache unless it is told otherwise?",
        "`SSL_CTX_set_session_cache_mode` before the handshake, or `SSL_CTX_add_session` after it.",
    ),
    par=6,
    praise="A client caches when it is told to.",
    goal=Written(
        checks=(
            needs(
                lambda run: "SSL_connect" in calls_of(run),
                "It should stay a client: put `SSL_connect` back.",
            ),
            needs(
                lambda run: have_held(run, 2, "session", "cache"),
                "The session was never held by the connection and the cache alone. A context "
                "caches what a server accepts unless its mode says more, and it looks at the mode "
                "in the handshake.",
            ),
            is_clean,
        ),
        solution=CLIENT.replace("SSL *ssl", _MODE + "SSL *ssl"),
        tries=(
            Try(SERVER, "It should stay a client"),
            Try(
                CLIENT.replace("SSL_free(ssl)", _MODE + "SSL_free(ssl)"),
                "The session was never held by the connection and the cache alone.",
            ),
            Try(
                CLIENT.replace("SSL *ssl", _MODE.replace("CLIENT", "SERVER") + "SSL *ssl"),
                "The session was never held by the connection and the cache alone.",
            ),
            Try(
                CLIENT.replace("SSL *ssl", _MODE + "SSL *ssl").replace("SSL_CTX_free(ctx);", ""),
                "Not yet. The reference to ctx#1 taken at line 2 is never given back",
            ),
        ),
    ),
)


def _flushed_one_of_two(run: Judged) -> bool:
    """Whether a flush of a cache with two sessions left exactly one."""
    steps = run.timeline.steps
    return any(
        "SSL_CTX_flush_sessions" in step.calls
        and cached(run, step.index - 1) == 2
        and cached(run, step.index) == 1
        for step in steps
    )


_ROUND = "SSL *{0} = SSL_new(ctx);\nSSL_accept({0});\nSSL_shutdown({0});\nSSL_free({0});\n"
_ONE = SERVER.replace("SSL *ssl = SSL_new(ctx);\nSSL_accept(ssl);\nSSL_free(ssl);\n", "{}")

FLUSH_ONE = Challenge(
    name="flush-one",
    title="Only the old one",
    kind="reach",
    lesson="flush_and_time",
    task="Get two sessions into the cache, then let one `SSL_CTX_flush_sessions` take out exactly "
    "one of them. End clean.",
    start=_ONE.format(_ROUND.format("ssl")),
    hints=(
        "The flush compares its second argument with the time at which each session expires.",
        "`sleep` between the handshakes, and again before the flush. A session lives 7,200 s.",
    ),
    par=11,
    praise="The flush took what had expired, and left what had not.",
    goal=Written(
        checks=(
            needs(
                lambda run: any(cached(run, step.index) >= 2 for step in run.timeline.steps),
                "There were never two sessions in the cache. Each connection brings one, and "
                "without `SSL_shutdown` its free takes it out again.",
            ),
            needs(
                _flushed_one_of_two,
                "The flush took both, or none. At 0 it takes all; else it takes those that have "
                "expired before the time it is given.",
            ),
            is_clean,
        ),
        solution=_ONE.format(
            _ROUND.format("ssl")
            + "sleep(7000);\n"
            + _ROUND.format("next")
            + "sleep(1000);\nSSL_CTX_flush_sessions(ctx, time(NULL));\n"
        ),
        tries=(
            Try(
                _ONE.format(
                    (_ROUND.format("ssl") + _ROUND.format("next")).replace(
                        "SSL_shutdown(ssl);\n", ""
                    )
                    + "SSL_CTX_flush_sessions(ctx, 0);\n"
                ),
                "There were never two sessions in the cache.",
            ),
            Try(
                _ONE.format(
                    _ROUND.format("ssl")
                    + _ROUND.format("next")
                    + "SSL_CTX_flush_sessions(ctx, 0);\n"
                ),
                "The flush took both, or none.",
            ),
            Try(
                _ONE.format(
                    _ROUND.format("ssl")
                    + _ROUND.format("next")
                    + "sleep(7201);\nSSL_CTX_flush_sessions(ctx, time(NULL));\n"
                ),
                "The flush took both, or none.",
            ),
            Try(
                _ONE.format(
                    _ROUND.format("ssl")
                    + "sleep(7000);\n"
                    + _ROUND.format("next")
                    + "sleep(1000);\nSSL_CTX_flush_sessions(ctx, time(NULL));\n"
                ).replace("SSL_CTX_free(ctx);", ""),
                "Not yet. The reference to ctx#1 taken at line 3 is never given back",
            ),
        ),
    ),
)

_LATE = SERVER.replace("SSL *ssl", "SSL_CTX_set_timeout(ctx, 100);\nSSL *ssl").replace(
    "SSL_free(ssl);\n",
    "SSL_shutdown(ssl);\nSSL_free(ssl);\nsleep(100);\nSSL_CTX_flush_sessions(ctx, time(NULL));\n",
)

NOT_YET_EXPIRED = Challenge(
    name="not-yet-expired",
    title="A second too early",
    kind="repair",
    lesson="flush_and_time",
    task="This flush leaves the session in the cache. Change one line, so that the flush takes it "
    "out because it has expired.",
    start=_LATE,
    hints=(
        "When does the session expire, and when does the flush come?",
        "A session leaves when the flush is later than its end. One second is enough.",
    ),
    par=1,
    praise="Later than its end, and not at its end.",
    goal=Written(
        checks=(
            refuses(
                lambda run: "sessions(ctx, 0)" in run.source,
                "0 takes every session, expired or not: a flush for those that may still come "
                "back should spare them.",
            ),
            keeps("SSL_accept", "SSL_CTX_flush_sessions"),
            needs(
                lambda run: any(
                    "SSL_CTX_flush_sessions" in step.calls
                    and cached(run, step.index - 1) > cached(run, step.index) == 0
                    for step in run.timeline.steps
                ),
                "The flush took nothing out. Compare the time at which it comes with the end of "
                "the session's lifetime.",
            ),
            is_clean,
        ),
        solution=_LATE.replace("sleep(100)", "sleep(101)"),
        tries=(
            Try(_LATE.replace("time(NULL)", "0"), "0 takes every session"),
            Try(
                _LATE.replace("SSL_CTX_flush_sessions(ctx, time(NULL));\n", ""),
                "The program has lost its purpose: put SSL_CTX_flush_sessions back.",
            ),
            Try(_LATE.replace("ctx, 100", "ctx, 101"), "The flush took nothing out."),
            Try(
                _LATE.replace("sleep(100)", "sleep(101)").replace("SSL_CTX_free(ctx);", ""),
                "Not yet. The reference to ctx#1 taken at line 3 is never given back",
            ),
        ),
    ),
)
