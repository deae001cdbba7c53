"""Lesson 03, lent or given: get, get0 and get1, and what SSL_set_session takes."""

from __future__ import annotations

from sslrefs.lessons.catalogue.lent_or_given_runs import (
    BOTH,
    BOTH_FREED,
    KEPT,
    OFFERED,
    OFFERED_AND_FREED,
    SCENARIOS,
    USED_AFTER,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_SET",
    "AFTER_SSL_FREE",
    "BOTH",
    "BOTH_FREED",
    "KEPT",
    "LESSON",
    "OFFERED",
    "OFFERED_AND_FREED",
    "QUESTIONS",
    "SCENARIOS",
    "STILL_GOOD",
    "USED_AFTER",
    "WHAT_MAY_BE_FREED",
    "WHERE_WRONG",
    "WHICH_LENDS",
    "WHY_FREE_YOURS",
]

AFTER_SSL_FREE = Question(
    text=KEPT.text,
    prompt="Line 5 is `SSL_SESSION *kept = SSL_get_session(ssl);`. "
    "What does `kept` have after line 7, `SSL_free(ssl)`?",
    choices=(
        Choice(
            "The session: 1 = kept",
            "You may read \u201cget\u201d as \u201cgive me\u201d. Without a digit the name means "
            "get0: it lends. Stop at line 5: 1 = ssl, nothing for `kept`.",
        ),
        Choice(
            "The session, as long as ctx lives: 1 = cache",
            "A client caches nothing unless it is told to. The connection was the only holder: "
            "stop at line 5, 1 = ssl.",
        ),
        Choice(
            "An address where no session is any more",
            "The only holder was the connection, 1 = ssl. It gave its reference back in line 7, "
            "and the memory went. `kept` dangles.",
        ),
        Choice(
            "NULL: libssl clears it",
            "libssl does not know your variables. `kept` keeps the address of what was there.",
        ),
    ),
    answer=2,
    hint="Which number does line 5 change? Stop there and look at the badge.",
    misconception="get-gives",
)

WHERE_WRONG = Question(
    prompt="`lent` comes from `SSL_get0_session`, `mine` from `SSL_get1_session`, and each is "
    "freed once. Which line is the first wrong one?",
    choices=(
        Choice(
            "None: two gets, two frees",
            "You may pair every get with a free. Only get1 takes something that can be given "
            "back. Stop at line 8: 0 ≠ 1 = ssl.",
        ),
        Choice(
            "Line 7, SSL_SESSION_free(mine)",
            "`mine` gives back what `SSL_get1_session` took: 2 = ssl + mine becomes 1 = ssl. "
            "It need not wait for the connection to go.",
        ),
        Choice(
            "Line 8, SSL_SESSION_free(lent)",
            "`lent` has nothing to give back. It takes the reference of the connection: "
            "0 ≠ 1 = ssl.",
        ),
        Choice(
            "Line 10, SSL_free(ssl)",
            "It shows there, because the connection gives back a session that is gone. "
            "But it took that reference and may give it back. Go to the first badge with two "
            "numbers: 0 ≠ 1 = ssl.",
        ),
    ),
    answer=2,
    hint="Run the next cell and step until the badge of `session#1` shows two numbers.",
    misconception="free-after-get",
)

AFTER_SET = Question(
    text=OFFERED.text,
    prompt="`kept` has a reference of its own: 1 = kept. Line 9, `SSL_set_session(next, kept)`, "
    "offers the session to the next connection. Who holds it now?",
    choices=(
        Choice(
            "The connection took it over: 1 = next",
            "You may see it handed over, as a thing is. It is counted once more: "
            "2 = ssl#2 + kept. Yours stays yours, and is still to be freed.",
        ),
        Choice(
            "Both: 2 = ssl#2 + kept",
            "`SSL_set_session` counts a reference for the connection (`next` is `ssl#2`), "
            "and leaves yours alone.",
        ),
        Choice(
            "Only kept: 1 = kept, for the connection only looks",
            "A connection that only looked would dangle as soon as you free yours. "
            "Stop at line 9: 2 = ssl#2 + kept.",
        ),
    ),
    answer=1,
    hint="Run the next cell, stop at line 9, and count the arrows that end at `session#1`.",
    misconception="set-session-takes-over",
)

STILL_GOOD = Question(
    text=USED_AFTER.text,
    prompt="The peer refuses to resume. `kept` was freed in line 11, right after "
    "`SSL_set_session`. Is it still good in line 13, `SSL_SESSION_get_timeout(kept)`?",
    choices=(
        Choice(
            "Yes: the connection holds the session",
            "It did after line 11: 1 = ssl#2. But in line 12 the handshake replaced the session. "
            "Stop at line 12: `kept` dangles.",
        ),
        Choice(
            "No: line 11 freed the session",
            "Not line 11: there one is left, 1 = ssl#2. It is line 12, the handshake, that lets "
            "go of the last one. Until then you were lucky, after it you are not.",
        ),
        Choice(
            "No: the connection let go of it in line 12",
            "The handshake made a new session, and the old one had no holder left. After its "
            "free a pointer is at best lent.",
        ),
    ),
    answer=2,
    hint="Which session does the connection hold after line 12?",
)

WHICH_LENDS = Question(
    prompt="Which of these calls only lends?",
    choices=(
        Choice(
            "SSL_get_session",
            "No digit means get0 here: the count stays, and there is nothing to free.",
        ),
        Choice(
            "SSL_get1_session",
            "The 1 is a reference for you: 1 = ssl becomes 2 = ssl + mine.",
        ),
        Choice(
            "SSL_SESSION_dup",
            "It makes a new object that is yours, with a count of its own.",
        ),
        Choice(
            "d2i_SSL_SESSION(NULL, &p, length)",
            "It makes a session from bytes, and what it returns is yours to free.",
        ),
    ),
    answer=0,
    hint="Look for the call after which no free is owed.",
)

WHAT_MAY_BE_FREED = Question(
    prompt="A client has 2 = ssl#2 + kept after `SSL_set_session(next, kept)`. "
    "When may it call `SSL_SESSION_free(kept)`?",
    choices=(
        Choice(
            "Only after SSL_free(next)",
            "It may wait so long, but it need not. The connection has its own reference: "
            "right after the free it is 1 = ssl#2.",
        ),
        Choice(
            "Right away, if it does not use kept afterwards",
            "The free gives back yours and leaves 1 = ssl#2. From then on `kept` is at best lent.",
        ),
        Choice(
            "Never: the connection frees it",
            "The connection frees what it took, one. Yours would stay: 1 = kept, a leak.",
        ),
    ),
    answer=1,
    hint="Take away `kept`, and see who is left.",
)

WHY_FREE_YOURS = Question(
    prompt="Why does the run without line 10, `SSL_SESSION_free(kept)`, leak, although every "
    "connection and the context are freed?",
    choices=(
        Choice(
            "SSL_free forgets the session of a connection that resumed",
            "It gives back what `SSL_set_session` took: after line 12 it is 1 = kept. "
            "What is left is not the connection's.",
        ),
        Choice(
            "The cache of the context keeps it",
            "No cache has it; a client caches nothing unless it is told to. The ledger says "
            "1 = kept.",
        ),
        Choice(
            "Each holder gives back only its own, and kept never does",
            "`SSL_get1_session` took one for `kept`. Nobody else can give that one back: 1 = kept.",
        ),
    ),
    answer=2,
    hint="Read the holders after the last line.",
)

QUESTIONS = (
    AFTER_SSL_FREE,
    WHERE_WRONG,
    AFTER_SET,
    STILL_GOOD,
    WHICH_LENDS,
    WHAT_MAY_BE_FREED,
    WHY_FREE_YOURS,
)

LESSON = Lesson(
    name="lent_or_given",
    notebook="03_lent_or_given.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
