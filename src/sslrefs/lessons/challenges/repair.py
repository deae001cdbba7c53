"""Challenges that ask for a repair: one line makes the run clean and leaves its work in it."""

from __future__ import annotations

from sslrefs.lessons.catalogue.count_and_holders_runs import OVERWRITTEN
from sslrefs.lessons.catalogue.lent_or_given_runs import OFFERED
from sslrefs.lessons.catalogue.start_here import CLEAN
from sslrefs.lessons.challenges.challenge import Challenge, Try, Written
from sslrefs.lessons.challenges.checks import calls_of, is_clean, keeps, needs, only_lends, refuses

__all__ = ["BROKEN_OFF", "EARLY_TICKET", "LOST_NAME", "NOT_GIVEN_BACK", "OFFERED_AND_KEPT", "TASK"]

TASK = "Change one line, so that the run is clean and still does its work."

_TAKEN = CLEAN.text.replace("SSL_SESSION_free(s);\n", "")

NOT_GIVEN_BACK = Challenge(
    name="not-given-back",
    title="Taken, and not given back",
    kind="repair",
    lesson="start_here",
    task="This server keeps a session for ever. " + TASK,
    start=_TAKEN,
    hints=(
        "Read the ledger after the last line. Who holds the session, and who took that reference?",
        "`SSL_get1_session` took one for `s`: one `SSL_SESSION_free(s);` gives it back.",
    ),
    par=1,
    praise="Taken once, given back once.",
    goal=Written(
        checks=(
            keeps("SSL_accept", "SSL_get1_session", "SSL_free", "SSL_CTX_free"),
            needs(
                lambda run: run.source.count("SSL_SESSION_free(") < 2,
                "You took one reference, so you owe one free. A second takes what another holds.",
            ),
            is_clean,
        ),
        solution=CLEAN.text,
        tries=(
            Try(
                _TAKEN.replace("get1", "get0"),
                "The program has lost its purpose: put SSL_get1_session back.",
            ),
            Try(
                _TAKEN.replace("SSL_shutdown", "SSL_SESSION_free(s);\n" * 2 + "SSL_shutdown"),
                "You took one reference, so you owe one free.",
            ),
            Try(_TAKEN + "s = NULL;\n", "Not yet. "),
            Try(
                _TAKEN.replace("SSL_CTX_free", "SSL_CTX_flush_sessions(ctx, 0);\nSSL_CTX_free"),
                "Not yet. The reference to session#1 taken at line 6 is never given back",
            ),
        ),
    ),
)

LOST_NAME = Challenge(
    name="lost-name",
    title="The name that was used twice",
    kind="repair",
    lesson="count_and_holders",
    task=TASK,
    start=OVERWRITTEN.text,
    hints=(
        "Which session is never freed? Until which line does it have a name?",
        "Free the first session before `s` is used for the second.",
    ),
    par=1,
    praise="Given back while it still had a name.",
    goal=Written(
        checks=(
            needs(
                lambda run: run.source.count("SSL_SESSION_new") >= 2,
                "The program needs two sessions, one after the other: put the second back.",
            ),
            is_clean,
        ),
        solution=OVERWRITTEN.text.replace("\ns =", "\nSSL_SESSION_free(s);\ns ="),
        tries=(
            Try(OVERWRITTEN.text + "SSL_SESSION_free(s);\n", "Not yet. "),
            Try(
                OVERWRITTEN.text.replace("\ns = SSL_SESSION_new();", ""),
                "The program needs two sessions",
            ),
        ),
    ),
)

_EARLY = """\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
char buf[64];
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
ssl = SSL_new(ctx);
SSL_set_session(ssl, s);
SSL_SESSION_free(s);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

EARLY_TICKET = Challenge(
    name="early-ticket",
    title="Before the ticket came",
    kind="repair",
    lesson="where_from",
    task="This TLS 1.3 client cannot resume. " + TASK,
    start=_EARLY,
    hints=(
        "What makes a TLS 1.3 session resumable, and when does it come?",
        "Read once, `SSL_read(ssl, buf, sizeof(buf));`, before the session is taken.",
    ),
    par=1,
    praise="The session that has a ticket is the one that is taken.",
    goal=Written(
        checks=(
            refuses(
                lambda run: "peer TLS" in run.source,
                "That changes the other side, and in the world it is not yours to change.",
            ),
            keeps("SSL_set_session", "SSL_connect"),
            is_clean,
        ),
        solution=_EARLY.replace(
            "SSL_SESSION *s", "SSL_read(ssl, buf, sizeof(buf));\nSSL_SESSION *s"
        ),
        tries=(
            Try("/* sslrefs: peer TLS 1.2 */\n" + _EARLY, "That changes the other side"),
            Try(
                _EARLY.replace("SSL_set_session(ssl, s);\n", ""),
                "The program has lost its purpose: put SSL_set_session back.",
            ),
            Try(
                _EARLY.replace("SSL_shutdown", "SSL_read(ssl, buf, sizeof(buf));\nSSL_shutdown", 1),
                "Not yet. The session taken at line 5 ",
            ),
        ),
    ),
)

OFFERED_AND_KEPT = Challenge(
    name="offered-and-kept",
    title="Offered, and kept for ever",
    kind="repair",
    lesson="lent_or_given",
    task=TASK,
    start=OFFERED.text,
    hints=(
        "Read the holders after the last line. Who is left, and who can give that one back?",
        "`SSL_set_session` took a reference of its own: free yours after it.",
    ),
    par=1,
    praise="The connection has its own reference, and yours went back.",
    goal=Written(
        checks=(
            keeps("SSL_set_session", "SSL_connect"),
            refuses(
                only_lends,
                "Then nothing is taken for `kept`, and the session goes with its first "
                "connection: it is gone before it is offered.",
            ),
            is_clean,
        ),
        solution=OFFERED.text.replace(
            "SSL_connect(next)", "SSL_SESSION_free(kept);\nSSL_connect(next)"
        ),
        tries=(
            Try(
                OFFERED.text.replace("SSL_set_session(next, kept)", "SSL_SESSION_free(kept)"),
                "The program has lost its purpose: put SSL_set_session back.",
            ),
            Try(OFFERED.text.replace("get1", "get0"), "Then nothing is taken for `kept`"),
            Try(
                OFFERED.text.replace("SSL *next", "SSL_SESSION_free(kept);\nSSL *next"),
                "Not yet. ",
            ),
        ),
    ),
)

_BROKEN_OFF = """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_free(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, s);
SSL_SESSION_free(s);
SSL_connect(next);
SSL_shutdown(next);
SSL_free(next);
SSL_CTX_free(ctx);
"""

BROKEN_OFF = Challenge(
    name="broken-off",
    title="Without a last word",
    kind="repair",
    lesson="alive",
    task="The second handshake should resume the first session. " + TASK,
    start=_BROKEN_OFF,
    hints=(
        "The counts are right. What does `SSL_free` think of a connection that is still open?",
        "Say the last word: `SSL_shutdown(ssl);` before the connection is freed.",
    ),
    par=1,
    praise="A connection that was shut down leaves its session without a mark.",
    goal=Written(
        checks=(
            keeps("SSL_set_session", "SSL_connect"),
            needs(
                lambda run: "SSL_SESSION_up_ref" not in calls_of(run),
                "More references do not help: the mark is in the session, and all its holders "
                "have it.",
            ),
            is_clean,
        ),
        solution=_BROKEN_OFF.replace("SSL_free(ssl)", "SSL_shutdown(ssl);\nSSL_free(ssl)"),
        tries=(
            Try(
                _BROKEN_OFF.replace("SSL_set_session(next, s);\n", ""),
                "The program has lost its purpose: put SSL_set_session back.",
            ),
            Try(
                _BROKEN_OFF.replace("SSL_free(ssl)", "SSL_SESSION_up_ref(s);\nSSL_free(ssl)"),
                "More references do not help",
            ),
            Try(
                _BROKEN_OFF.replace("SSL *next", "SSL_shutdown(NULL);\nSSL *next"),
                "Not yet. ",
            ),
        ),
    ),
)
