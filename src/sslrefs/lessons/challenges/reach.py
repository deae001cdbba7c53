"""Challenges that ask for a state: bring the objects there, and end clean."""

from __future__ import annotations

from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import (
    have_held,
    highest_count,
    is_clean,
    moments,
    needs,
    only_lends,
    refuses,
)
from sslrefs.lessons.challenges.texts import CLIENT, SERVER

__all__ = ["COUNT_THREE", "OUTLIVE", "SHARED", "THREE_HOLDERS"]

_HANDSHAKES = ("SSL_connect", "SSL_accept", "SSL_read")


_NEW = "SSL_SESSION *s = SSL_SESSION_new();\n"

COUNT_THREE = Challenge(
    name="count-three",
    title="Three, and all yours",
    kind="reach",
    lesson="count_and_holders",
    task="Bring a session to the count 3. No connection, no context. End with nothing left.",
    start=_NEW,
    hints=(
        "Which call adds 1? How many frees are owed at a count of 3?",
        "`SSL_SESSION_up_ref(s);` twice, then one `SSL_SESSION_free(s);` for each reference.",
    ),
    par=6,
    praise="Three references, three frees.",
    goal=Written(
        checks=(
            needs(
                lambda run: highest_count(run) >= 3,
                "The count never came to 3. Assignments count nothing; `SSL_SESSION_up_ref` "
                "adds 1.",
            ),
            is_clean,
        ),
        solution=_NEW + "SSL_SESSION_up_ref(s);\n" * 2 + "SSL_SESSION_free(s);\n" * 3,
        tries=(
            Try(
                _NEW + "SSL_SESSION *t = s;\nSSL_SESSION *u = s;\nSSL_SESSION_free(s);\n",
                "The count never came to 3. Assignments count nothing",
            ),
            Try(
                _NEW + "SSL_SESSION_up_ref(s);\n" * 2 + "SSL_SESSION_free(s);\n",
                "Not yet. The reference to session#1 taken at line 2 is never given back",
            ),
            Try(
                _NEW + "SSL_SESSION_up_ref(s);\n" * 2 + "SSL_SESSION_free(s);\n" * 4,
                "Not yet. The memory of session#1 went at line 6",
            ),
        ),
    ),
)


def _outlives(run: Judged) -> bool:
    """Whether a session of a handshake is alive at a moment without connection and context."""
    return any(
        all(other.kind == "session" for other in step.world.living())
        and any(name in run.timeline.steps[run.ledger.births[target]].calls for name in _HANDSHAKES)
        for step, target, _, _ in moments(run)
    )


OUTLIVE = Challenge(
    name="outlive",
    title="The last one left",
    kind="reach",
    lesson="where_from",
    task="Keep the session of this handshake alive when its connection and its context are gone. "
    "End clean.",
    start=CLIENT,
    hints=(
        "A session holds no context. It only needs somebody who holds it.",
        "Take a reference while the connection is there: `SSL_get1_session(ssl)`.",
    ),
    par=7,
    praise="One holder is enough: the session needs neither connection nor context.",
    goal=Written(
        checks=(
            refuses(
                only_lends,
                "`SSL_get0_session` only lends: the session goes with its connection, and the "
                "pointer is left behind.",
            ),
            needs(
                _outlives,
                "There is no moment at which a session of a handshake is left alone. "
                "Somebody must hold it before the connection lets go.",
            ),
            is_clean,
        ),
        solution=CLIENT.replace(
            "SSL_free(ssl)", "SSL_SESSION *s = SSL_get1_session(ssl);\nSSL_free(ssl)"
        )
        + "SSL_SESSION_free(s);\n",
        tries=(
            Try(
                CLIENT.replace(
                    "SSL_free(ssl)", "SSL_SESSION *s = SSL_get0_session(ssl);\nSSL_free(ssl)"
                ),
                "`SSL_get0_session` only lends",
            ),
            Try(
                CLIENT + "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\n",
                "There is no moment at which a session of a handshake is left alone.",
            ),
            Try(
                CLIENT.replace(
                    "SSL_free(ssl)", "SSL_SESSION *s = SSL_get1_session(ssl);\nSSL_free(ssl)"
                ),
                "Not yet. The reference to session#1 taken at line 5 is never given back",
            ),
        ),
    ),
)


def _three_kinds(run: Judged) -> bool:
    return any(
        count == 3 and len({holder.partition(".")[2] for holder in holders}) == 3
        for _, _, count, holders in moments(run)
    )


THREE_HOLDERS = Challenge(
    name="three-holders",
    title="Three holders",
    kind="reach",
    lesson="lent_or_given",
    task="Bring a session to the count 3 with three different holders: a connection, a cache, and "
    "a variable of yours. End clean.",
    start=SERVER,
    hints=(
        "Two of the three come with `SSL_accept`. Who is missing?",
        "Take a reference for a variable between `SSL_accept` and `SSL_free`, and give it back.",
    ),
    par=7,
    praise="3 = ssl + cache + your variable, and each gave back its own.",
    goal=Written(
        checks=(
            needs(
                lambda run: highest_count(run) >= 3,
                "The count never came to 3. A lent pointer is no holder: which get gives a "
                "reference?",
            ),
            needs(
                _three_kinds,
                "The count is 3, but the holders are not three different ones. References of one "
                "variable are one holder: let a connection and a cache hold it too.",
            ),
            is_clean,
        ),
        solution=SERVER.replace(
            "SSL_free(ssl)",
            "SSL_SESSION *s = SSL_get1_session(ssl);\nSSL_SESSION_free(s);\nSSL_free(ssl)",
        ),
        tries=(
            Try(
                SERVER.replace(
                    "SSL_free(ssl)", "SSL_SESSION *s = SSL_get0_session(ssl);\nSSL_free(ssl)"
                ),
                "The count never came to 3. A lent pointer is no holder",
            ),
            Try(
                _NEW + "SSL_SESSION_up_ref(s);\n" * 2 + "SSL_SESSION_free(s);\n" * 3,
                "The count is 3, but the holders are not three different ones.",
            ),
            Try(
                SERVER.replace(
                    "SSL_free(ssl)", "SSL_SESSION *s = SSL_get1_session(ssl);\nSSL_free(ssl)"
                ),
                "Not yet. The reference to session#1 taken at line 6 is never given back",
            ),
        ),
    ),
)

_NEXT = "SSL *next = SSL_new(ctx);\n"
_OFFER = _NEXT + "SSL_SESSION *s = SSL_get0_session(ssl);\nSSL_set_session(next, s);\n"

SHARED = Challenge(
    name="shared",
    title="Two connections, one session",
    kind="reach",
    lesson="lent_or_given",
    task="Let two connections hold one session, and nobody else: 2 = ssl + ssl#2. End clean.",
    start=CLIENT,
    hints=(
        "What does `SSL_set_session` take? What does it leave to you?",
        "Make a second connection, lend yourself the session of the first, and set it.",
    ),
    par=9,
    praise="Each connection counts its own reference, and the variable none.",
    goal=Written(
        checks=(
            needs(
                lambda run: any(
                    sum(holder.endswith(".session") for holder in holders) >= 2
                    for _, _, _, holders in moments(run)
                ),
                "No session was held by two connections. `SSL_set_session` lets a second one "
                "hold it.",
            ),
            needs(
                lambda run: have_held(run, 2, "session", "session"),
                "Two connections hold it, but they are not alone: a variable or a cache holds it "
                "too.",
            ),
            is_clean,
        ),
        solution=CLIENT.replace("SSL_free(ssl)", _OFFER + "SSL_free(next);\nSSL_free(ssl)"),
        tries=(
            Try(
                CLIENT.replace("SSL_free(ssl)", _NEXT + "SSL_free(next);\nSSL_free(ssl)"),
                "No session was held by two connections.",
            ),
            Try(
                CLIENT.replace(
                    "SSL_free(ssl)",
                    _OFFER.replace("get0", "get1") + "SSL_free(next);\nSSL_free(ssl)",
                ),
                "Two connections hold it, but they are not alone",
            ),
            Try(
                CLIENT.replace("SSL_free(ssl)", _OFFER + "SSL_free(ssl)"),
                "Not yet. The reference to ssl#2 taken at line 5 is never given back",
            ),
        ),
    ),
)
