"""Lesson 00, start here: what a count is, who holds, one clean run, one bug."""

from __future__ import annotations

from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question
from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = [
    "AFTER_ACCEPT",
    "CLEAN",
    "CLIENT",
    "COUNT",
    "LENT",
    "LESSON",
    "MUST_GIVE_BACK",
    "ONE_LEFT",
    "QUESTIONS",
    "SCENARIOS",
    "WHERE_WRONG",
    "WHY_WRONG",
]

COUNT = Scenario(
    """\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_up_ref(s);
SSL_SESSION_free(s);
SSL_SESSION_free(s);
""",
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("s",)),
            Tally(2, "session#1", 2, ("s", "s")),
            Tally(3, "session#1", 1, ("s",)),
            Tally(4, "session#1", 0),
        )
    ),
)

CLEAN = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(4, "ctx#1", 3, ("ssl#1.ctx", "ssl#1.session_ctx", "ctx")),
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(6, "session#1", 3, ("ssl#1.session", "ctx#1.cache", "s")),
            Tally(8, "ctx#1", 1, ("ctx",)),
            Tally(8, "session#1", 2, ("ctx#1.cache", "s")),
            Tally(9, "session#1", 1, ("ctx#1.cache",)),
            Tally(10, "session#1", 0),
        )
    ),
)

LENT = Scenario(
    CLEAN.text.replace("get1", "get0"),
    Expected(
        tallies=(
            Tally(6, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 1, ("ctx#1.cache",)),
            Tally(9, "session#1", 0, ("ctx#1.cache",)),
        ),
        bug=Bug("borrowed_free", 9, 10),
    ),
)

CLIENT = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
""",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "s")),
            Tally(7, "session#1", 1, ("s",)),
            Tally(8, "session#1", 0),
        )
    ),
)

SCENARIOS = {"count": COUNT, "clean": CLEAN, "lent": LENT, "client": CLIENT}

AFTER_ACCEPT = Question(
    prompt="Line 5, `SSL_accept(ssl)`, succeeds and makes one session. Who holds it then?",
    choices=(
        Choice(
            "The connection alone: 1 = ssl",
            "You may see the session as a part of its connection. But a server's context keeps a "
            "cache of sessions, and the cache counts too. Stop at line 5: 2 = ssl + cache.",
        ),
        Choice(
            "The connection and the cache of ctx: 2 = ssl + cache",
            "A server's context caches its sessions unless told otherwise. "
            "Stop at line 5 and count the arrows that end at `session#1`: 2 = ssl + cache.",
        ),
        Choice(
            "The connection, the cache and the variable ctx: 3",
            "The variable `ctx` holds the context, not the session. Only who received a reference "
            "to the session is its holder. Stop at line 5: 2 = ssl + cache.",
        ),
    ),
    answer=1,
    hint="Run the next cell, stop at line 5, and count the arrows that end at `session#1`.",
)

WHERE_WRONG = Question(
    prompt="`SSL_get1_session` becomes `SSL_get0_session`. Nothing else changes. "
    "Which line is the first wrong one?",
    choices=(
        Choice(
            "Line 6, SSL_get0_session",
            "You may take the new call for the mistake. It only lends: the count stays at "
            "2 = ssl + cache, and all is well as long as nobody frees what was lent. "
            "Look at the free of line 9.",
        ),
        Choice(
            "Line 9, SSL_SESSION_free(s)",
            "`s` was only lent, so it has nothing to give back. After line 8 it is 1 = cache. "
            "Line 9 takes the reference of the cache: 0 ≠ 1 = cache.",
        ),
        Choice(
            "Line 10, SSL_CTX_free(ctx)",
            "You name the line where it shows: there the cache is emptied, and it reads freed "
            "memory. But line 10 is right. Go one step back: 0 ≠ 1 = cache.",
        ),
        Choice(
            "None: the program is still right",
            "You may count one get and one free, so they pair. But get0 took nothing. "
            "Stop at line 9: 0 ≠ 1 = cache.",
        ),
    ),
    answer=1,
    hint="Run the next cell and step until the badge of `session#1` shows two numbers.",
)

ONE_LEFT = Question(
    prompt="A client holds a session that no cache knows: 2 = ssl + s. It calls "
    "`SSL_shutdown(ssl)` and `SSL_free(ssl)`. What is left?",
    choices=(
        Choice(
            "0: the session goes with its connection",
            "`SSL_free` gives back the reference of the connection, and no other. "
            "`s` has its own: 1 = s.",
        ),
        Choice(
            "1 = s",
            "The connection gives back one. `s` keeps the session alive until "
            "`SSL_SESSION_free(s)`.",
        ),
        Choice(
            "2: SSL_free frees only the SSL",
            "The connection was a holder. When it goes it gives back its reference: 1 = s.",
        ),
    ),
    answer=1,
    hint="Take away the holder that goes, and count who is left.",
)

MUST_GIVE_BACK = Question(
    prompt="Which call gives you a reference that you must give back?",
    choices=(
        Choice(
            "SSL_get_session",
            "It lends, as `SSL_get0_session` does. No digit in the name, no reference for you.",
        ),
        Choice(
            "SSL_get0_session",
            "The 0 says it: zero references for you. The count stays, the pointer is lent.",
        ),
        Choice(
            "SSL_get1_session",
            "The 1 says it: one reference for you, so one `SSL_SESSION_free` from you.",
        ),
        Choice(
            "SSL_set_session",
            "It takes a reference for the connection, which gives it back by itself. "
            "Yours stays yours.",
        ),
    ),
    answer=2,
    hint="Read the digit in the name.",
    misconception="free-after-get",
)

WHY_WRONG = Question(
    prompt="In the last run line 9 freed a session whose count was 1. Why was that wrong?",
    choices=(
        Choice(
            "A session must not go before its context",
            "It may: a session can go while the context lives on, if its holders gave it back. "
            "Here a holder was left: 0 ≠ 1 = cache.",
        ),
        Choice(
            "The one reference left was the cache's, and s was only lent",
            "The count says how many, never who. Who gives back must have taken.",
        ),
        Choice(
            "SSL_SESSION_free must come before SSL_free",
            "The first run had the same order and was clean, because there `s` had a reference: "
            "after line 8 it was 2 = cache + s.",
        ),
    ),
    answer=1,
    hint="Ask who the 1 was. The ledger of line 8 says it.",
)

QUESTIONS = (AFTER_ACCEPT, WHERE_WRONG, ONE_LEFT, MUST_GIVE_BACK, WHY_WRONG)

LESSON = Lesson(
    name="start_here",
    notebook="00_start_here.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
