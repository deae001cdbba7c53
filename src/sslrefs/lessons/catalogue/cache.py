"""Lesson 04, the cache holds too: modes, add and remove, and what a cache hides."""

from __future__ import annotations

from sslrefs.lessons.catalogue.cache_runs import (
    ADDED_TWICE,
    CACHE_OFF,
    GROWING,
    HIDDEN,
    ONE_CLIENT,
    REMOVED,
    SCENARIOS,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "ADDED_TWICE",
    "AFTER_REMOVE",
    "AFTER_TWO_ADDS",
    "CACHE_OFF",
    "GROWING",
    "HIDDEN",
    "IS_IT_A_LEAK",
    "LESSON",
    "ONE_CLIENT",
    "QUESTIONS",
    "REMOVED",
    "SCENARIOS",
    "WHAT_IS_CACHED",
    "WHOSE_IS_LEFT",
    "WHY_HIDDEN",
    "WITHOUT_CACHE",
]

IS_IT_A_LEAK = Question(
    text=GROWING.text,
    prompt="A second client comes and goes. Both connections are freed. "
    "What is left after line 11, `SSL_free(ssl)`?",
    choices=(
        Choice(
            "Nothing: each session goes with its connection",
            "A connection gives back its own reference, and the cache has one too. "
            "Stop at line 11: each session has 1 = cache.",
        ),
        Choice(
            "Two sessions that nobody can free: a leak",
            "Memory grows, and you may call that a leak. But each has a holder that can give it "
            "back, 1 = cache, and does so in line 12, `SSL_CTX_free(ctx)`.",
        ),
        Choice(
            "Two sessions, each 1 = cache",
            "They are kept on purpose, for clients that come back. A context keeps up to 20,480 "
            "of them unless it is told otherwise.",
        ),
    ),
    answer=2,
    hint="Run the next cell, stop at line 11, and look at the rows in the box of `ctx#1`.",
    misconception="growth-is-leak",
)

WITHOUT_CACHE = Question(
    prompt="The program has run well for years. Now one line is added: line 4 switches the cache "
    "off. What happens at line 10, `SSL_SESSION_get_timeout(kept)`?",
    choices=(
        Choice(
            "Nothing new: no other line has changed",
            "The text is the same, the holders are not. Stop at line 6: 1 = ssl. "
            "After line 9 nobody is left.",
        ),
        Choice(
            "It reads freed memory, so switching the cache off was wrong",
            "The memory is gone, but line 4 is right. `kept` took no reference in line 7; the "
            "cache had kept the session alive by chance.",
        ),
        Choice(
            "It reads freed memory, and the mistake was there from the start",
            "With the cache it was 1 = cache after the connection had gone, and a lent pointer "
            "worked. Without it the lent pointer dangles: the wrong step is line 7.",
        ),
    ),
    answer=2,
    hint="Who held the session before line 4 was added, when the connection had gone?",
    misconception="worked-for-years",
)

AFTER_TWO_ADDS = Question(
    text=ADDED_TWICE.text,
    prompt="`s` has a reference, and line 8, `SSL_CTX_add_session(ctx, s)`, makes it "
    "2 = cache + s. Line 9 adds it once more. And now?",
    choices=(
        Choice(
            "3: one more for the cache",
            "You may see each add as a reference. The cache lists a session once, so it holds one "
            "reference to it. Stop at line 9: still 2 = cache + s.",
        ),
        Choice(
            "2 = cache + s: the second add changes nothing",
            "It returns 0, and does no harm. One reference per session is all a cache has.",
        ),
        Choice(
            "1 = cache: the second add frees mine",
            "libssl gives back the reference it has just taken, and no other. Yours is not "
            "touched: stop at line 9, 2 = cache + s.",
        ),
    ),
    answer=1,
    hint="How many rows does the box of `ctx#1` have after line 9?",
    misconception="add-twice",
)

AFTER_REMOVE = Question(
    text=REMOVED.text,
    prompt="A client with a cache: 2 = cache + s. Then line 9, `SSL_CTX_remove_session(ctx, s)`. "
    "What is left to do for `s`?",
    choices=(
        Choice(
            "Nothing: remove has freed the session",
            "You may read \u201cremove\u201d as \u201cdelete\u201d. It takes the session off the "
            "list and gives back the reference of the list. Yours is still there: 1 = s.",
        ),
        Choice(
            "SSL_SESSION_free(s), once",
            "The cache gave back its own: 1 = s. What `SSL_get1_session` took is still owed, and "
            "the text forgets it.",
        ),
        Choice(
            "SSL_SESSION_free(s), twice: once for the cache",
            "The cache gives back its reference by itself, in line 9. One is left: 1 = s.",
        ),
    ),
    answer=1,
    hint="Whose reference goes in line 9? Look at the arrow that becomes thin.",
    misconception="remove-frees-mine",
)

WHAT_IS_CACHED = Question(
    prompt="Nobody has set a cache mode. Which session does a context cache by itself?",
    choices=(
        Choice(
            "That of SSL_connect, at a client",
            "A client must be told: `SSL_SESS_CACHE_CLIENT`. In the run with two adds the client's "
            "session was in no cache before line 8.",
        ),
        Choice(
            "That of SSL_accept, at a server without tickets",
            "The mode is `SSL_SESS_CACHE_SERVER` unless it is set: 2 = ssl + cache. With tickets "
            "the client keeps the session, and the server's cache stays empty.",
        ),
        Choice(
            "Every session that SSL_SESSION_new makes",
            "Such a session belongs to who made it. It comes into a cache by "
            "`SSL_CTX_add_session` only.",
        ),
    ),
    answer=1,
    hint="Compare lines 4 and 5 of the first run with the client's.",
)

WHOSE_IS_LEFT = Question(
    prompt="A session has 2 = cache + s. Which call leaves 1 = cache?",
    choices=(
        Choice(
            "SSL_CTX_remove_session(ctx, s)",
            "It takes away the reference of the cache, and leaves 1 = s.",
        ),
        Choice(
            "SSL_SESSION_free(s)",
            "It gives back yours. The cache keeps the session for later.",
        ),
        Choice(
            "SSL_CTX_free(ctx)",
            "It empties the cache, so that the reference of the cache goes: 1 = s.",
        ),
    ),
    answer=1,
    hint="Which of the two holders must go?",
)

WHY_HIDDEN = Question(
    prompt="Why did the lent pointer `kept` work as long as the cache was on?",
    choices=(
        Choice(
            "The cache gives a reference to whoever uses its sessions",
            "A cache counts for itself. In the first run with `kept` the holders are "
            "2 = ssl + cache, and then 1 = cache: nothing for `kept`.",
        ),
        Choice(
            "Freed memory often keeps its contents for a while",
            "It does, but this memory was not freed: 1 = cache. The run has no finding.",
        ),
        Choice(
            "Somebody else happened to hold the session",
            "A missing reference does not show while another holder is there. It shows when that "
            "holder changes: another mode, a full cache, a flush, a new version.",
        ),
    ),
    answer=2,
    hint="Read the holders after the connection has gone.",
)

QUESTIONS = (
    IS_IT_A_LEAK,
    WITHOUT_CACHE,
    AFTER_TWO_ADDS,
    AFTER_REMOVE,
    WHAT_IS_CACHED,
    WHOSE_IS_LEFT,
    WHY_HIDDEN,
)

LESSON = Lesson(
    name="cache",
    notebook="04_the_cache_holds_too.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
