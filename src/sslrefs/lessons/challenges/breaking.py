"""Challenges that ask for a bug, with as few calls as it takes."""

from __future__ import annotations

from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import breaks_with, calls_of, needs, refuses, shows_in
from sslrefs.trace.timeline import Called

__all__ = ["CRASH_AT_THE_FLUSH", "STALE", "TWICE", "TWO_CACHES", "WORTHLESS"]

_FLUSH = "SSL_CTX_flush_sessions"
_LENDERS = {"SSL_get0_session", "SSL_get_session"}
_NEW = "SSL_SESSION *s = SSL_SESSION_new();\n"
_CONTEXT = "SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());\n"


def _freed_through_one_name(run: Judged) -> bool:
    """Whether two frees of a session were given the same variable."""
    names = [
        event.places[0]
        for step in run.timeline.steps
        for event in step.events
        if isinstance(event, Called) and event.name == "SSL_SESSION_free"
    ]
    return len(set(names)) < len(names)


TWICE = Challenge(
    name="twice",
    title="Nobody is freed twice",
    kind="break",
    lesson="count_and_holders",
    task="Write a `double_free` that a quick reader does not see: no variable may be given to "
    "`SSL_SESSION_free` twice. Use as few calls as you can.",
    start=_NEW + "SSL_SESSION_free(s);\n",
    hints=(
        "What does an assignment count?",
        "Give the session a second name, and free it once through each.",
    ),
    par=3,
    praise="Two names, one reference, two frees.",
    goal=Written(
        checks=(
            refuses(
                _freed_through_one_name,
                "One variable is freed twice: every reader sees that. Give the session another "
                "name.",
            ),
            breaks_with("double_free", "Asked for is a `double_free`."),
        ),
        solution=_NEW + "SSL_SESSION *t = s;\nSSL_SESSION_free(s);\nSSL_SESSION_free(t);\n",
        tries=(
            Try(_NEW + "SSL_SESSION_free(s);\n" * 2, "One variable is freed twice"),
            Try(
                _NEW + "SSL_SESSION_up_ref(s);\nSSL_SESSION *t = s;\n"
                "SSL_SESSION_free(s);\nSSL_SESSION_free(t);\n",
                "Not yet: this run is clean.",
            ),
            Try(
                _NEW + "SSL_SESSION_free(s);\nSSL_SESSION_up_ref(s);\n",
                "A bug, but another one: use_after_free.",
            ),
        ),
    ),
)

_LENT = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get0_session(ssl);
"""

STALE = Challenge(
    name="stale",
    title="Too long in your pocket",
    kind="break",
    lesson="lent_or_given",
    task="Use a session through a pointer that was only lent, after its lender has let go. Use as "
    "few calls as you can; what is not freed in the end does not matter here.",
    start=_LENT,
    hints=(
        "Who lends `s`? When does that lender let go?",
        "After `SSL_free(ssl)` any call that is given `s` will do.",
    ),
    par=6,
    praise="A lent pointer is good until its lender lets go.",
    goal=Written(
        checks=(
            needs(
                lambda run: bool(_LENDERS & calls_of(run)),
                "Nothing was lent here: let a connection lend you its session.",
            ),
            breaks_with(
                "use_after_free",
                "Asked for is a `use_after_free`: the lender lets go, then you use the pointer.",
            ),
        ),
        solution=_LENT + "SSL_free(ssl);\nSSL_SESSION_up_ref(s);\n",
        tries=(
            Try(
                _NEW + "SSL_SESSION_free(s);\nSSL_SESSION_up_ref(s);\n",
                "Nothing was lent here",
            ),
            Try(
                _LENT + "SSL_SESSION_free(s);\nSSL_free(ssl);\nSSL_CTX_free(ctx);\n",
                "A bug, but another one: borrowed_free.",
            ),
            Try(
                _LENT + "SSL_SESSION_up_ref(s);\nSSL_free(ssl);\nSSL_CTX_free(ctx);\n"
                "SSL_SESSION_free(s);\n",
                "Not yet: this run is clean.",
            ),
        ),
    ),
)

_TWO = _CONTEXT + _CONTEXT.replace("ctx =", "other =") + _NEW

TWO_CACHES = Challenge(
    name="two-caches",
    title="One session, two lists",
    kind="break",
    lesson="cache",
    task="Put one session into the caches of two contexts, although every count stays right. "
    "Use as few calls as you can; what is not freed in the end does not matter here.",
    start=_TWO,
    hints=(
        "The links of a cache's list are inside the session. How many lists can it be in?",
        "`SSL_CTX_add_session` twice, with the same session and two contexts.",
    ),
    par=5,
    praise="The count is right, and both lists are broken: a session has room for one list.",
    goal=Written(
        checks=(
            breaks_with(
                "wrong_ctx",
                "Asked for is a `wrong_ctx`: the same session in a second context's cache.",
            ),
        ),
        solution=_TWO + "SSL_CTX_add_session(ctx, s);\nSSL_CTX_add_session(other, s);\n",
        tries=(
            Try(
                _TWO + "SSL_SESSION *t = SSL_SESSION_dup(s);\nSSL_CTX_add_session(ctx, s);\n"
                "SSL_CTX_add_session(other, t);\nSSL_SESSION_free(s);\nSSL_SESSION_free(t);\n"
                "SSL_CTX_free(ctx);\nSSL_CTX_free(other);\n",
                "Not yet: this run is clean. Asked for is a `wrong_ctx`: the same session",
            ),
            Try(
                _CONTEXT + _NEW + "SSL_CTX_add_session(ctx, s);\n" * 2,
                "A bug, but another one: leak.",
            ),
        ),
    ),
)

CRASH_AT_THE_FLUSH = Challenge(
    name="crash-at-the-flush",
    title="Crash at the flush",
    kind="break",
    lesson="broke_here",
    task=f"Let a correct `{_FLUSH}` read freed memory. Use neither `SSL_get_session` nor "
    "`SSL_get0_session`, and as few calls as you can; what is not freed in the end does not "
    "matter here.",
    start=_CONTEXT
    + _NEW
    + f"SSL_CTX_add_session(ctx, s);\nSSL_SESSION_free(s);\n{_FLUSH}(ctx, 0);\n",
    hints=(
        "The session must be gone while the cache still lists it. Who can take its reference?",
        "Take one reference, and give back two.",
    ),
    par=6,
    praise="The flush is right, and it pays for a free before it.",
    goal=Written(
        checks=(
            refuses(
                lambda run: bool(_LENDERS & calls_of(run)),
                "A lent pointer is still there. Reach the end without one.",
            ),
            shows_in(
                _FLUSH,
                "The session must be gone while the cache still lists it: mind who gives back "
                "what before the flush.",
            ),
        ),
        solution=_CONTEXT
        + _NEW
        + "SSL_CTX_add_session(ctx, s);\n"
        + "SSL_SESSION_free(s);\n" * 2
        + f"{_FLUSH}(ctx, 0);\n",
        tries=(
            Try(
                "/* sslrefs: peer TLS 1.2 */\n/* sslrefs: peer without tickets */\n"
                + _CONTEXT
                + "SSL *ssl = SSL_new(ctx);\nSSL_accept(ssl);\n"
                "SSL_SESSION *s = SSL_get0_session(ssl);\nSSL_SESSION_free(s);\n"
                f"SSL_shutdown(ssl);\nSSL_free(ssl);\n{_FLUSH}(ctx, 0);\n",
                "A lent pointer is still there.",
            ),
            Try(
                _CONTEXT
                + _NEW
                + "SSL_CTX_add_session(ctx, s);\n"
                + "SSL_SESSION_free(s);\n" * 3
                + f"{_FLUSH}(ctx, 0);\n",
                "Another bug (leak, over_release), and it does not show in SSL_CTX_flush_sessions.",
            ),
            Try(
                _CONTEXT
                + _NEW
                + f"SSL_CTX_add_session(ctx, s);\nSSL_SESSION_free(s);\n{_FLUSH}(ctx, 0);\n"
                "SSL_CTX_free(ctx);\n",
                "Not yet: this run is clean.",
            ),
        ),
    ),
)

_FRESH = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
"""
_NEXT = "SSL *next = SSL_new(ctx);\nSSL_set_session(next, s);\nSSL_connect(next);\n"

WORTHLESS = Challenge(
    name="worthless",
    title="Alive and worthless",
    kind="break",
    lesson="where_from",
    task="Offer a living session to a server that cannot resume it: a `not_resumable`. Use as few "
    "calls as you can; what is not freed in the end does not matter here.",
    start=_FRESH,
    hints=(
        "What does a TLS 1.3 session lack right after `SSL_connect`?",
        "Offer it to the next connection at once: `SSL_set_session`, then `SSL_connect`.",
    ),
    par=7,
    praise="Every count is right, and every handshake is a full one.",
    goal=Written(
        checks=(
            needs(
                lambda run: "SSL_set_session" in calls_of(run),
                "No session was offered: `SSL_set_session` does that, before a handshake.",
            ),
            breaks_with(
                "not_resumable",
                "Asked for is a `not_resumable`: the session lives, and the handshake makes "
                "another.",
            ),
        ),
        solution=_FRESH + _NEXT,
        tries=(
            Try(
                _FRESH + "SSL *next = SSL_new(ctx);\nSSL_connect(next);\n",
                "No session was offered",
            ),
            Try(
                _FRESH.replace(
                    "SSL_SESSION *s",
                    "char buf[64];\nSSL_read(ssl, buf, sizeof(buf));\nSSL_SESSION *s",
                )
                + _NEXT
                + "SSL_free(ssl);\nSSL_free(next);\nSSL_SESSION_free(s);\nSSL_CTX_free(ctx);\n",
                "Not yet: this run is clean.",
            ),
            Try(
                _FRESH.replace("get1", "get0") + "SSL_free(ssl);\n" + _NEXT,
                "A bug, but another one: ",
            ),
        ),
    ),
)
