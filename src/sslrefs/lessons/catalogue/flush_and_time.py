"""Lesson 05, flush and time: who leaves a cache, when, and who is told."""

from __future__ import annotations

from sslrefs.lessons.catalogue.flush_and_time_runs import (
    AUTOMATIC,
    BOUNDARY,
    FLUSHED,
    FULL,
    HELD,
    LATE_TIMEOUT,
    SCENARIOS,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_FLUSH",
    "AT_THE_BOUNDARY",
    "AT_THE_LAST",
    "AUTOMATIC",
    "BOUNDARY",
    "FLUSHED",
    "FULL",
    "HELD",
    "LATE_TIMEOUT",
    "LESSON",
    "QUESTIONS",
    "SCENARIOS",
    "TOO_FULL",
    "WHAT_ZERO_MEANS",
    "WHEN_TIMEOUT_COUNTS",
    "WHO_LEAVES",
    "WHY_NEW",
]

AT_THE_BOUNDARY = Question(
    text=BOUNDARY.text,
    prompt="The session lives 100 seconds. Exactly 100 seconds after `SSL_accept` comes line 10, "
    "`SSL_CTX_flush_sessions(ctx, time(NULL))`. Is the session still in the cache?",
    choices=(
        Choice(
            "No: its 100 seconds are over",
            "So one would think. The flush takes what expired before the time it is given, and "
            "this one expires at that very second. Stop at line 10: 1 = cache.",
        ),
        Choice(
            "Yes: 1 = cache",
            "A session leaves when the time of the flush is later than its end. One second later, "
            "in line 12, it goes.",
        ),
        Choice(
            "No: a flush empties the cache",
            "Only with 0 does it take all. With a time it takes what has expired before. "
            "Stop at line 10: 1 = cache.",
        ),
    ),
    answer=1,
    hint="Run the next cell and compare lines 10 and 12.",
)

WHEN_TIMEOUT_COUNTS = Question(
    text=LATE_TIMEOUT.text,
    prompt="`SSL_CTX_set_timeout(ctx, 100)` now comes in line 6, after `SSL_accept`. Line 10 "
    "flushes 101 seconds later. What is left?",
    choices=(
        Choice(
            "0: 101 seconds are more than 100",
            "The session was made in line 5, with the lifetime of then: 7,200 seconds. "
            "Stop at line 10: 1 = cache.",
        ),
        Choice(
            "1 = cache",
            "A context's timeout goes into the sessions that are made later. This one keeps the "
            "7,200 seconds it was born with.",
        ),
        Choice(
            "0: a new timeout empties the cache",
            "Setting a number takes nothing out. Stop at line 8: 1 = cache.",
        ),
    ),
    answer=1,
    hint="When does a session get its lifetime?",
)

AFTER_FLUSH = Question(
    text=HELD.text,
    prompt="The client holds a reference: 2 = cache + s. Then line 9, "
    "`SSL_CTX_flush_sessions(ctx, 0)`. What becomes of `s`?",
    choices=(
        Choice(
            "It dangles: the flush frees the sessions",
            "You may read \u201cflush\u201d as \u201cfree all\u201d. The cache gives back its own "
            "reference, and yours is still there: 1 = s.",
        ),
        Choice(
            "It lives, and can be resumed as before",
            "It lives: 1 = s. But what leaves a cache is marked, and is not resumed: line 13 makes "
            "a new session.",
        ),
        Choice(
            "It lives, but cannot be resumed",
            "1 = s, so the memory is safe. The mark on it says that it must not be resumed; it "
            "shows in line 13, `SSL_connect(next)`.",
        ),
    ),
    answer=2,
    hint="There are two questions: is it alive, and is it good for anything?",
    misconception="remove-frees-mine",
)

TOO_FULL = Question(
    text=FULL.text,
    prompt="The cache may have the size 2. A second client comes in line 9, `SSL_accept(two)`, "
    "while the first is still connected. Who holds `session#1` after it, on OpenSSL 3?",
    choices=(
        Choice(
            "2 = ssl + cache: there is room for two",
            "So it is on OpenSSL 1.1.1 and LibreSSL. OpenSSL 3 makes room before it adds, and a "
            "cache of size 2 keeps one. Stop at line 9: 1 = ssl.",
        ),
        Choice(
            "1 = ssl: the cache let go of it",
            "To make room the cache let go of the session that expires first. The connection "
            "still has its own reference.",
        ),
        Choice(
            "0: it was thrown out of the cache",
            "Out of the cache, yes. The first connection still holds it: 1 = ssl.",
        ),
    ),
    answer=1,
    hint="Run the next cell, and look at the rows in the box of `ctx#1` after line 9.",
)

AT_THE_LAST = Question(
    text=AUTOMATIC.text,
    prompt="The first session expires after 100 seconds, in line 9. No line of the text flushes. "
    "When does the expired session leave the cache?",
    choices=(
        Choice(
            "In line 9, when it expires",
            "No clock runs inside a cache. After line 11 it is still 1 = cache, expired or not.",
        ),
        Choice(
            "At the 256th handshake",
            "Every 256th finished handshake of a context flushes what has expired. It is the last "
            "one of the loop.",
        ),
        Choice(
            "In the last line, with the context",
            "It would, if there were fewer handshakes. At the end of the loop it is gone.",
        ),
    ),
    answer=1,
    hint="Select `session#1` in the next picture and press N: to its next change.",
)

WHAT_ZERO_MEANS = Question(
    prompt="What does `SSL_CTX_flush_sessions(ctx, 0)` take out?",
    choices=(
        Choice(
            "Nothing: no session expired before the year 1970",
            "With any other number it would compare. 0 has a meaning of its own.",
        ),
        Choice(
            "Every session",
            "0 stands for all. In the first run 1 = cache becomes 0 at line 8.",
        ),
        Choice(
            "Those that have expired by now",
            "That is `time(NULL)` as the second argument.",
        ),
    ),
    answer=1,
    hint="Look at line 8 of the first run. How old was the session?",
)

WHO_LEAVES = Question(
    prompt="Which of these takes a session out of a cache although nobody calls a flush?",
    choices=(
        Choice(
            "Its lifetime ends",
            "It then waits in the cache for the next flush, by hand or automatic.",
        ),
        Choice(
            "The program gives back its own reference",
            "That is another holder's business: 2 = cache + s becomes 1 = cache.",
        ),
        Choice(
            "A new session comes and the cache is full",
            "The cache makes room. The 256th handshake does it too, and a connection freed "
            "without `SSL_shutdown`.",
        ),
    ),
    answer=2,
    hint="Think of the run with the size 2.",
)

WHY_NEW = Question(
    prompt="In the run with `s`, line 11 offered a living session, 2 = ssl#2 + s. "
    "Why did line 13 make a new one?",
    choices=(
        Choice(
            "SSL_SESSION_free(s) in line 12 came too early",
            "The connection had its own reference: 1 = ssl#2. The session was alive when the "
            "handshake began.",
        ),
        Choice(
            "The flush had marked it as not resumable",
            "Whoever takes a session out of a cache marks it, and the mark is in the session "
            "itself: all its holders have it.",
        ),
        Choice(
            "The session had expired",
            "No time passes in that text. 0 took it out whatever its age.",
        ),
    ),
    answer=1,
    hint="▲ stands at the line that went wrong.",
)

QUESTIONS = (
    AT_THE_BOUNDARY,
    WHEN_TIMEOUT_COUNTS,
    AFTER_FLUSH,
    TOO_FULL,
    AT_THE_LAST,
    WHAT_ZERO_MEANS,
    WHO_LEAVES,
    WHY_NEW,
)

LESSON = Lesson(
    name="flush_and_time",
    notebook="05_flush_and_time.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
