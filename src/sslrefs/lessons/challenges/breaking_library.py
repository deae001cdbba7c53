"""Bugs where libssl holds or marks: a session that is spoiled, a callback, a context."""

from __future__ import annotations

from sslrefs.lessons.catalogue.alive_runs import CLEAN, DETACHED, UNCLEAN
from sslrefs.lessons.catalogue.callbacks_runs import KEPT
from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import breaks_with, calls_of, needs, refuses

__all__ = ["KEPT_TWICE", "RIGHT_FREE", "SPOILED"]


def _hidden(run: Judged) -> bool:
    """Whether a connection lives through a wrong free, and goes before it shows."""
    freed = [step.index for step in run.timeline.steps if "SSL_free" in step.calls]
    return any(
        finding.shows_step is not None and finding.wrong_step < index < finding.shows_step
        for finding in run.findings
        for index in freed
    )


def _shut_down(run: Judged) -> int:
    return sum("SSL_shutdown" in step.calls for step in run.timeline.steps)


SPOILED = Challenge(
    name="spoiled",
    title="Said goodbye, and spoiled",
    kind="break",
    lesson="alive",
    task="Add one line, so that the second handshake cannot resume: a `not_resumable`. Both "
    "connections are shut down as before.",
    start=CLEAN.text,
    hints=(
        "Which calls mark a session, apart from a free without shutdown?",
        "An open connection that lets go of its session: `SSL_set_session(ssl1, NULL);`.",
    ),
    par=1,
    praise="All counts are right, and the session is marked.",
    goal=Written(
        checks=(
            needs(
                lambda run: _shut_down(run) >= 2,
                "That way is in the lesson. Put `SSL_shutdown` back, and find another.",
            ),
            breaks_with("not_resumable", "Asked for is a `not_resumable`."),
        ),
        is_one_line=True,
        solution=DETACHED.text,
        tries=(
            Try(UNCLEAN.text, "That way is in the lesson."),
            Try(
                CLEAN.text.replace(
                    "SSL_free(ssl1)", "SSL_set_session(ssl1, NULL);\nSSL_free(ssl1)"
                ),
                "Not yet: this run is clean.",
            ),
            Try(
                CLEAN.text.replace("SSL_set_session", "SSL_SESSION_free(s);\nSSL_set_session"),
                "A bug, but another one: ",
            ),
        ),
    ),
)

_MAIN = KEPT.text[KEPT.text.index("SSL_CTX *ctx") :]

KEPT_TWICE = Challenge(
    name="kept-twice",
    title="Two for one name",
    kind="break",
    lesson="callbacks",
    task="Change the callback, and nothing else, so that the program owns two references and "
    "gives back one: a `leak`.",
    start=KEPT.text,
    hints=(
        "One reference is on offer, and 1 accepts it. How does the callback get one more?",
        "`kept = SSL_get1_session(ssl);`, and still `return 1;`.",
    ),
    par=1,
    praise="One from the offer, one taken, one name. With `return 0` it is right again.",
    goal=Written(
        checks=(
            needs(
                lambda run: run.source.endswith(_MAIN),
                "Change the callback only: the program below it stays as it is.",
            ),
            breaks_with("leak", "Asked for is a `leak`: own two, give back one."),
        ),
        is_one_line=True,
        solution=KEPT.text.replace("kept = s;", "kept = SSL_get1_session(ssl);"),
        tries=(
            Try(
                KEPT.text.replace("SSL_SESSION_free(kept);\n", ""),
                "Change the callback only",
            ),
            Try(
                KEPT.text.replace("    kept = s;\n", ""),
                "A bug, but another one: lost_pointer.",
            ),
            Try(
                KEPT.text.replace("return 1", "return 0"),
                "A bug, but another one: use_after_free.",
            ),
            Try(
                KEPT.text.replace("kept = s;", "kept = SSL_get1_session(ssl);").replace(
                    "return 1", "return 0"
                ),
                "Not yet: this run is clean.",
            ),
        ),
    ),
)

_COUNTED = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX *other = ctx;
SSL_CTX_up_ref(other);
SSL *ssl = SSL_new(ctx);
SSL_CTX_free(other);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

RIGHT_FREE = Challenge(
    name="right-free",
    title="The right free crashes",
    kind="break",
    lesson="contexts",
    task="Let the free of a context that is right touch freed memory, because another one was "
    "wrong: an `over_release` that shows in `SSL_CTX_free`. Do not use `SSL_get_SSL_CTX`, and use "
    "as few calls as you can.",
    start=_COUNTED,
    hints=(
        "How many references does the connection take, and when does it give them back?",
        "Leave `SSL_CTX_up_ref` out: two frees for one reference, and the connection's go between.",
    ),
    par=5,
    praise="The connection hid the surplus free for as long as it lived.",
    goal=Written(
        checks=(
            refuses(
                lambda run: "SSL_get_SSL_CTX" in calls_of(run),
                "That way is in the lesson: find one without `SSL_get_SSL_CTX`.",
            ),
            breaks_with(
                "over_release",
                "Asked for is an `over_release`: one free too many while the connection lives.",
            ),
            needs(
                _hidden,
                "The connection must live through the wrong free, and go before the right one.",
            ),
        ),
        solution=_COUNTED.replace("SSL_CTX_up_ref(other);\n", ""),
        tries=(
            Try(
                _COUNTED.replace("SSL_CTX_up_ref(other);\n", "").replace("SSL_free(ssl);\n", ""),
                "The connection must live",
            ),
            Try(
                _COUNTED.replace("other = ctx", "other = SSL_get_SSL_CTX(SSL_new(ctx))"),
                "That way is in the lesson",
            ),
            Try(
                _COUNTED.replace("SSL_CTX_up_ref(other);\n", "").replace(
                    "SSL_CTX_free(other);\nSSL_free(ssl);\n",
                    "SSL_free(ssl);\nSSL_CTX_free(other);\n",
                ),
                "The connection must live",
            ),
            Try(
                _COUNTED.replace("SSL_CTX_up_ref(other);\n", "").replace(
                    "SSL_free(ssl);\nSSL_CTX_free(ctx);\n", "SSL_CTX_free(ctx);\nSSL_free(ssl);\n"
                ),
                "The connection must live",
            ),
        ),
    ),
)
