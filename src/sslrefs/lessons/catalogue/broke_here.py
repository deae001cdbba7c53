"""Lesson 06, broke here, crashed there: one surplus free, and the flush that pays for it."""

from __future__ import annotations

from sslrefs.lessons.catalogue.broke_here_runs import (
    ANOTHER_WAY,
    CLEAN,
    ONE_LINE_MORE,
    SCENARIOS,
    TAKEN,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_ACCEPT",
    "AFTER_SSL_FREE",
    "ANOTHER_WAY",
    "AT_THE_FLUSH",
    "AT_THE_FREE",
    "AT_THE_SSL_FREE",
    "CLEAN",
    "LESSON",
    "ONE_LINE_MORE",
    "QUESTIONS",
    "SCENARIOS",
    "TAKEN",
    "WHOSE_BUG",
    "WHO_DID_IT",
    "WHO_WAS_BETRAYED",
    "WHY_INNOCENT",
]

WHOSE_BUG = Question(
    prompt="Only libssl is on the stack. Whose bug is it?",
    choices=(
        Choice(
            "libssl's: the stack says so",
            "Reports to OpenSSL have begun with this thought. The stack shows who found the "
            "damage. Keep your vote until line 10.",
        ),
        Choice(
            "The program's, in the line that called the flush",
            "That line is close to the symptom. Keep your vote, and see what the line did wrong.",
        ),
        Choice(
            "The program's, in some earlier line",
            "Then that line must have passed in silence. Keep your vote, and watch for it.",
        ),
    ),
    answer=None,
    hint="Nobody can know from this stack. That is the trouble with this bug.",
)

AFTER_ACCEPT = Question(
    prompt="After line 5, `SSL_accept(ssl)`: what is the count of the new session?",
    choices=(
        Choice(
            "1 = ssl",
            "You may think of the connection only. The context of a server keeps a cache, which "
            "counts too. Stop at line 5: 2 = ssl + cache.",
        ),
        Choice("2 = ssl + cache", "The connection uses it, and the cache lists it."),
        Choice(
            "3 = ssl + cache + peek",
            "`peek` comes one line later, and it is only lent: lines 5 and 6 both show "
            "2 = ssl + cache.",
        ),
    ),
    answer=1,
    hint="Stop at line 5 and count the arrows that end at `session#1`.",
)

AFTER_SSL_FREE = Question(
    prompt="What is the count after line 8, `SSL_free(ssl)`?",
    choices=(
        Choice(
            "0: the session goes with the connection",
            "This happens to a connection that was not shut down: then the cache drops the session "
            "too. Line 7 shuts it down, so the cache keeps it. Stop at line 8: 1 = cache.",
        ),
        Choice(
            "1 = cache",
            "The connection gives one back. The cache keeps the session for a later client.",
        ),
        Choice(
            "1 = peek",
            "The number is right. But `peek` never took a reference. "
            "Stop at line 8: 1 = cache, and `peek` is marked as lent.",
        ),
        Choice(
            "2 = ssl + cache",
            "The connection is gone at line 8, and its reference with it: 1 = cache.",
        ),
    ),
    answer=1,
    hint="Stop at line 8: which of the two holders is gone?",
)

AT_THE_FREE = Question(
    prompt="Now line 7 is `SSL_SESSION_free(peek)`. What happens at that line?",
    choices=(
        Choice(
            "It crashes: peek was only lent",
            "You see that it is wrong. libssl does not: it cannot know who took what, "
            "it subtracts 1. Look at the picture below: 1 ≠ 2 = ssl + cache.",
        ),
        Choice(
            "Nothing: a lent pointer is not freed",
            "A pointer does not carry a mark \u201clent\u201d. Your program must know it; libssl "
            "subtracts 1. Look at the picture below: 1 ≠ 2 = ssl + cache.",
        ),
        Choice(
            "The count becomes 1, and nothing fails",
            "One is left for two holders: 1 ≠ 2 = ssl + cache. "
            "The call returns as if all were well.",
        ),
        Choice(
            "The memory of the session goes",
            "The memory goes at 0. Here the count was 2, so one is left: 1 ≠ 2 = ssl + cache.",
        ),
    ),
    answer=2,
    hint="What does `SSL_SESSION_free` do to a count of 2?",
)

AT_THE_SSL_FREE = Question(
    prompt="The count is 1, the holders are two. Now line 9, `SSL_free(ssl)`. What happens?",
    choices=(
        Choice(
            "1 to 0: the memory goes, though the cache still lists it",
            "The connection gives back what it took, as it should. "
            "It pulls the last reference from under the cache: 0 ≠ 1 = cache.",
        ),
        Choice(
            "It stays at 1: the cache holds it",
            "So it should be, and so it was in the clean run. But line 7 used up one of the two. "
            "Look at the picture below: 0 ≠ 1 = cache.",
        ),
        Choice(
            "SSL_free crashes",
            "Until here every pointer led to living memory. `SSL_free` counts down from 1 to 0, "
            "which is its right. Look at the picture below: 0 ≠ 1 = cache.",
        ),
    ),
    answer=0,
    hint="`SSL_free` gives back the reference of the connection. Subtract 1.",
)

AT_THE_FLUSH = Question(
    prompt="Line 10, `SSL_CTX_flush_sessions(ctx, 0)`, takes every session out of the cache. "
    "What happens?",
    choices=(
        Choice(
            "Nothing: the cache is empty",
            "Nobody took the entry out. `SSL_SESSION_free` does not look whether a cache still "
            "lists the session. Look at the row of `ctx#1`: it still points there.",
        ),
        Choice(
            "It skips the session that is gone",
            "The cache keeps a pointer and nothing that says whether it still leads to a session. "
            "To skip it, the flush would have to read it. Look at its arrow in the last picture.",
        ),
        Choice(
            "It reads freed memory: anything may happen",
            "This is undefined behaviour, three lines after the mistake. "
            "What a real library makes of it is told below.",
        ),
        Choice(
            "It crashes, for certain",
            "It may. Undefined behaviour has no certain end, and the same text can hang, crash or "
            "pass unnoticed. What was measured is told below.",
        ),
    ),
    answer=2,
    hint="Look at the last picture: where does the row of the cache point?",
)

WHO_WAS_BETRAYED = Question(
    prompt="Who was betrayed?",
    choices=(
        Choice(
            "The connection ssl",
            "The connection found its reference in place and gave it back at line 9. "
            "The other holder found nothing: 0 ≠ 1 = cache.",
        ),
        Choice(
            "The cache of ctx",
            "It counted on a reference that line 7 had used up: 0 ≠ 1 = cache.",
        ),
        Choice(
            "The variable peek",
            "`peek` held nothing, so nothing could be taken from it. "
            "After line 9 it dangles, but nobody follows it. The cache does follow its pointer.",
        ),
    ),
    answer=1,
    hint="After line 9, who still holds, and what is the count?",
)

WHO_DID_IT = Question(
    prompt="The vote again, now with the lines before you: who did it?",
    choices=(
        Choice(
            "Line 7, SSL_SESSION_free(peek)",
            "Here the count and its holders part: 1 ≠ 2 = ssl + cache. "
            "Every later line is the same as in the clean run.",
        ),
        Choice(
            "Line 9, SSL_free(ssl)",
            "The memory goes at this line, but the line is right: it stands in the clean run too, "
            "where it leaves 1 = cache. Go back to the first step with two numbers on the badge.",
        ),
        Choice(
            "Line 10, SSL_CTX_flush_sessions(ctx, 0)",
            "This line found the damage. It stands in the clean run too, "
            "and there it does no harm. Go back to the first step with two numbers on the badge.",
        ),
        Choice(
            "libssl: its own flush reads freed memory",
            "You may trust the stack. But the cache took one reference at line 5 and gave none "
            "back, so it may follow its pointer. Line 7 gave it back instead: 1 ≠ 2 = ssl + cache.",
        ),
    ),
    answer=0,
    hint="Which of these lines is missing from the clean run?",
    misconception="library-crashed",
)

WHY_INNOCENT = Question(
    prompt="Why did line 7 look innocent?",
    choices=(
        Choice(
            "Because the call failed, and nobody checked its result",
            "`SSL_SESSION_free` returns nothing that could be checked. It subtracted 1, as asked. "
            "The fault is in the one that asked: `peek` was only lent.",
        ),
        Choice(
            "Because get0 lends, and the other holders hid the error",
            "One get and one free look like a pair. They are none: get0 took nothing. "
            "And as long as others hold, the session lives and all looks well.",
        ),
        Choice(
            "Because the cache noticed it too late",
            "The cache is not told about a free, early or late. What hid the error was the "
            "second reference: 1 ≠ 2 = ssl + cache, and still alive.",
        ),
    ),
    answer=1,
    hint="Compare what get0 and get1 do to the count.",
)

QUESTIONS = (
    WHOSE_BUG,
    AFTER_ACCEPT,
    AFTER_SSL_FREE,
    AT_THE_FREE,
    AT_THE_SSL_FREE,
    AT_THE_FLUSH,
    WHO_WAS_BETRAYED,
    WHO_DID_IT,
    WHY_INNOCENT,
)

LESSON = Lesson(
    name="broke_here",
    notebook="06_broke_here_crashed_there.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
