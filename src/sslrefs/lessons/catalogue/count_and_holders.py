"""Lesson 01, count and holders: what adds one, what takes one away, and who is owed."""

from __future__ import annotations

from sslrefs.lessons.catalogue.count_and_holders_runs import (
    CHECKED,
    COUNTED_NAMES,
    OVERWRITTEN,
    SCENARIOS,
    SETTLED,
    TWO_NAMES,
    UP_AND_DOWN,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_ASSIGNMENT",
    "AFTER_OVERWRITING",
    "AFTER_UP_REF",
    "CHECKED",
    "COUNTED_NAMES",
    "DOES_THE_CHECK_HELP",
    "LESSON",
    "OVERWRITTEN",
    "QUESTIONS",
    "SCENARIOS",
    "SETTLED",
    "TWO_NAMES",
    "UP_AND_DOWN",
    "WHAT_ADDS",
    "WHO_IS_ONE",
    "WHY_LOST",
]

AFTER_ASSIGNMENT = Question(
    prompt="Line 2 is `SSL_SESSION *t = s;`. What is the count of the session after it?",
    choices=(
        Choice(
            "2 = s + t: two pointers, two owners",
            "You may count pointers. libssl counts references, and it never sees an assignment: "
            "line 2 calls no function. Stop at line 2: 1 = s, and `t` is only another name.",
        ),
        Choice(
            "1 = s",
            "An assignment copies an address and counts nothing. There are two names for "
            "one reference, so one free is owed.",
        ),
        Choice(
            "1 = t: the reference moves to t",
            "The number is right. But `s` still shows the reference: with one reference and two "
            "names the ledger leaves it where it was. Stop at line 2: 1 = s.",
        ),
    ),
    answer=1,
    hint="Which function of libssl does line 2 call?",
    misconception="assignment-counts",
)

AFTER_UP_REF = Question(
    prompt="`SSL_SESSION_up_ref(s)` now stands before the assignment. "
    "After line 4, `SSL_SESSION_free(s)`: what is left?",
    choices=(
        Choice(
            "0: the session is freed, as the name says",
            "The name misleads. `SSL_SESSION_free` takes one reference away, and the memory goes "
            "only at 0. Line 2 had made it two. Stop at line 4: 1 = t.",
        ),
        Choice(
            "1 = t",
            "Line 2 took a second reference, and line 3 put it into `t`: 2 = s + t. "
            "Line 4 gives back what `s` had.",
        ),
        Choice(
            "2: up_ref protects the session from the free",
            "Nothing protects from a free: each one subtracts 1. `SSL_SESSION_up_ref` only makes "
            "sure that one more is left. Stop at line 4: 1 = t.",
        ),
    ),
    answer=1,
    hint="One for `SSL_SESSION_new`, one for `SSL_SESSION_up_ref`. How many frees so far?",
)

DOES_THE_CHECK_HELP = Question(
    prompt="The careful version: after its free `s` becomes NULL, and `t` is freed only if it "
    "is not NULL. What happens at line 5, `if (t != NULL) SSL_SESSION_free(t);`?",
    choices=(
        Choice(
            "Nothing: t is NULL too",
            "You may see one pointer with two names. There are two pointers: line 4 clears `s`, "
            "and `t` keeps the old address. Look at `t` after line 4: it dangles.",
        ),
        Choice(
            "Nothing: SSL_SESSION_free sees that the session is gone",
            "To see anything it must read the session, and that memory is no longer the program's. "
            "Only NULL is ignored, as in line 4 of the first run.",
        ),
        Choice(
            "It gives back a session that is gone",
            "The check asks whether `t` has an address, not whether anything is owed. "
            "After line 3 nobody is owed anything.",
        ),
    ),
    answer=2,
    hint="What is the value of `t` after line 4? Nobody has assigned to it since line 2.",
    misconception="null-check-protects",
)

AFTER_OVERWRITING = Question(
    prompt="Line 2 is `s = SSL_SESSION_new();` once more. What becomes of the first session?",
    choices=(
        Choice(
            "It goes: nothing points to it any more",
            "That is so in Python or Java. C and libssl do not look who points where. "
            "Stop at line 2: 1 = lost.",
        ),
        Choice(
            "It stays, and line 3 frees both",
            "`SSL_SESSION_free(s)` gets one address, that of the second session. "
            "Stop at line 3: for `session#1` it is still 1 = lost.",
        ),
        Choice(
            "It stays for ever: 1 = lost",
            "Its reference is still counted, and no variable is left through which it could "
            "be given back.",
        ),
    ),
    answer=2,
    hint="Only a free takes one away. Is there a free of the first session?",
    misconception="overwrite-frees",
)

WHAT_ADDS = Question(
    prompt="Which of these lines changes a count?",
    choices=(
        Choice(
            "t = s;",
            "An assignment calls no function, so nobody counts. It gives the session a second "
            "name and no second reference.",
        ),
        Choice(
            "SSL_SESSION_up_ref(s);",
            "It adds 1, and from then on one more free is owed.",
        ),
        Choice(
            "SSL_SESSION_free(NULL);",
            "NULL is ignored: in line 4 of the first run the count stays at 1 = s.",
        ),
        Choice(
            "s = NULL;",
            "It clears one name. If that was the last name of a reference, the reference is lost, "
            "but it is still counted.",
        ),
    ),
    answer=1,
    hint="Look for the call of a function that is given a session.",
)

WHO_IS_ONE = Question(
    prompt="In the run with `SSL_SESSION_up_ref`, line 4 leaves 1 = t. "
    "Who must give that one back, and how?",
    choices=(
        Choice(
            "SSL_SESSION_free(t), once",
            "`t` received the reference that line 2 took. Line 5 gives it back: the count is 0.",
        ),
        Choice(
            "SSL_SESSION_free(s), once more",
            "The number would come out right, and the session would go. But `s` gave back its own "
            "in line 4, and whoever still uses `t` would be betrayed. The ledger says 1 = t.",
        ),
        Choice(
            "Nobody: it goes when t goes out of scope",
            "C does nothing when a variable goes. The reference would be lost and stay counted, "
            "as in the last run: 1 = lost.",
        ),
    ),
    answer=0,
    hint="The ledger names the holder.",
)

WHY_LOST = Question(
    prompt="Why does overwriting `s` in the last run leave a session that can never be freed?",
    choices=(
        Choice(
            "SSL_SESSION_new made the second session at the same address",
            "It cannot: the first is alive, so its memory is taken. There are two sessions, "
            "and one of them has no name: 1 = lost.",
        ),
        Choice(
            "The count of the first session is wrong",
            "The count is right: one reference was taken, and none was given back. "
            "What is missing is a name to give it back through: 1 = lost.",
        ),
        Choice(
            "The reference is still counted, and its only name is gone",
            "The count knows how many, not who. A free needs an address, and no variable has it.",
        ),
    ),
    answer=2,
    hint="Compare the two numbers: how many are counted, and how many can be given back?",
)

QUESTIONS = (
    AFTER_ASSIGNMENT,
    AFTER_UP_REF,
    DOES_THE_CHECK_HELP,
    AFTER_OVERWRITING,
    WHAT_ADDS,
    WHO_IS_ONE,
    WHY_LOST,
)

LESSON = Lesson(
    name="count_and_holders",
    notebook="01_count_and_holders.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
