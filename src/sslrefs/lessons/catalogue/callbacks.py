"""Lesson 08, callbacks own: what a new, a remove and a get callback take, keep and hand back."""

from __future__ import annotations

from sslrefs.lessons.catalogue.callbacks_runs import (
    EACH_FREED,
    FOUND,
    FREED_ON_REMOVE,
    GIVEN_AWAY,
    HANDED_BACK,
    KEPT,
    ONLY_BYTES,
    REMOVED_LENT,
    SCENARIOS,
    TWO_TICKETS,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_RETURN",
    "EACH_FREED",
    "FOUND",
    "FREED_ON_REMOVE",
    "FREE_IN_TWO",
    "GIVEN_AWAY",
    "HANDED_BACK",
    "IN_THE_REMOVE",
    "KEPT",
    "LESSON",
    "ONLY_BYTES",
    "REMOVED_LENT",
    "RETURN_AND_STORE",
    "TWO_TICKETS",
    "WHAT_COPY_SAYS",
    "WHICH_TICKET",
    "WHO_PAYS",
    "WHY_ZERO",
    "ZERO_AND_KEEP",
]

AFTER_RETURN = Question(
    text=KEPT.text,
    prompt="While `on_new` runs, the session is 2 = ssl + ctx#1.new_cb: the library has counted "
    "one for the callback. The callback returns 1. Who holds after line 11, `SSL_connect(ssl)`?",
    choices=(
        Choice(
            "1 = ssl: the callback is over",
            "The callback is over, but its 1 said: I keep the reference on offer. "
            "Stop at line 11: 2 = ssl + kept.",
        ),
        Choice(
            "2 = ssl + kept",
            "1 accepts the reference on offer, and `kept` is where the program put it. "
            "From now on it is the program's to give back.",
        ),
        Choice(
            "3 = ssl + kept + cache",
            "This mode has the internal store switched off, and the one on offer is the one that "
            "was kept. Stop at line 11: 2 = ssl + kept.",
        ),
    ),
    answer=1,
    hint="Stop at line 11 and look which two arrows end at `session#1`.",
)

ZERO_AND_KEEP = Question(
    text=HANDED_BACK.text,
    prompt="A tester fears a leak and lets the callback return 0. It still stores the pointer. "
    "What happens at line 14, `SSL_SESSION_free(kept)`?",
    choices=(
        Choice(
            "Nothing bad: 0 is the careful answer",
            "0 is careful only for a callback that keeps nothing. This one kept the pointer, and "
            "handed the reference back: after line 11 it was 1 = ssl.",
        ),
        Choice(
            "It gives back the last reference",
            "There was none left for `kept`: after line 11 it was 1 = ssl, and line 13 gave that "
            "one back. The memory is gone before line 14.",
        ),
        Choice(
            "It touches freed memory",
            "0 handed the reference back, so `kept` was only lent, and the session went with its "
            "connection at line 13.",
        ),
    ),
    answer=2,
    hint="Stop at line 11, and again at line 13. Who holds the session each time?",
    misconception="zero-is-safe",
)

RETURN_AND_STORE = Question(
    text=ONLY_BYTES.text,
    prompt="This callback writes the session to bytes, which works, and returns 1. "
    "What does the 1 do?",
    choices=(
        Choice(
            "It reports that storing worked",
            "It looks like a success code, and is none. It accepts a reference, for which this "
            "program has no pointer: 2 = ssl + lost, and after line 14 still 1 = lost.",
        ),
        Choice(
            "It accepts a reference that nobody can give back",
            "After line 12 it is 2 = ssl + lost. A callback that keeps bytes, and no pointer, "
            "returns 0.",
        ),
        Choice(
            "It puts the session into the cache",
            "The callback has no say in that; this mode has no internal store at all. "
            "The 1 accepts a reference: 2 = ssl + lost.",
        ),
    ),
    answer=1,
    hint="The reference on offer was accepted. Through which variable will it be given back?",
    misconception="new-callback-return",
)

WHICH_TICKET = Question(
    text=TWO_TICKETS.text,
    prompt="TLS 1.3 with the callback of the first round: `kept = s; return 1;`. "
    "The server sends two tickets, both in `SSL_read`. What is left over in the end?",
    choices=(
        Choice(
            "Nothing: `kept` is freed",
            "It is freed once, and it was filled twice. Each ticket is a session of its own: "
            "`session#2` is 1 = lost when `SSL_read` returns.",
        ),
        Choice(
            "The session of the handshake",
            "That was `session#1`, and it went when the first ticket replaced it. "
            "Look at `session#2`: 1 = lost.",
        ),
        Choice(
            "The session of the first ticket",
            "The second ticket overwrote `kept`, the only name of the first: 1 = lost.",
        ),
        Choice(
            "The session of the second ticket",
            "That one is in `kept` and goes at the end. It pushed out the one before: 1 = lost.",
        ),
    ),
    answer=2,
    hint="How often does the callback run, and how many pointers does `kept` have room for?",
)

IN_THE_REMOVE = Question(
    text=REMOVED_LENT.text,
    prompt="A remove callback that frees: line 4 is `SSL_SESSION_free(s)`. "
    "No new callback kept anything here; `s` of line 10 is your own. Is line 4 right?",
    choices=(
        Choice(
            "Yes: the session leaves the cache, so somebody must free it",
            "The library does, right after the callback. Line 4 took another's reference, and the "
            "flush left 0 ≠ 1 = s.",
        ),
        Choice(
            "Yes, as long as I own a reference elsewhere",
            "That one is then used up by line 4, and the free you owe later has nothing left: "
            "0 ≠ 1 = s after the flush.",
        ),
        Choice(
            "No: here the callback was only lent the session",
            "It may free only what a new callback kept. At line 4 the count parts from its "
            "holders: 1 ≠ 2 = cache + s.",
        ),
    ),
    answer=2,
    hint="Which call took the reference that line 4 gives back?",
    misconception="remove-callback-frees",
)

WHAT_COPY_SAYS = Question(
    text=GIVEN_AWAY.text,
    prompt="A client comes back; the get callback finds its session in `kept`. "
    "It now says `*copy = 0`, because a copy is not needed. What does that do?",
    choices=(
        Choice(
            "It saves a copy of the session",
            "Nothing is ever copied here, with 0 or with 1. The flag says whose reference the "
            "library uses: with 0 it took the one in `kept`: 1 = ssl#2.",
        ),
        Choice(
            "Nothing: it is the default",
            "The library sets 1 before it calls you: it then counts for itself. With 0 it takes "
            "yours: 1 = ssl#2, and `kept` has none.",
        ),
        Choice(
            "It gives the reference of `kept` to the library",
            "With 1 it is 2 = ssl#2 + kept after line 21. With 0 it is 1 = ssl#2: the store still "
            "points there, and owns nothing.",
        ),
    ),
    answer=2,
    hint="Compare line 21 of the two runs: how many arrows end at `session#1`?",
    misconception="copy-of-get-callback",
)

WHO_PAYS = Question(
    prompt="With `*copy = 0` and nothing counted before, where does it show?",
    choices=(
        Choice(
            "At line 21, when the reference is given away",
            "That is where it goes wrong, and all is well to the eye: 1 = ssl#2, and the handshake "
            "resumes.",
        ),
        Choice(
            "At line 23, `SSL_free(ssl2)`",
            "The connection gives back what the library was given. It is in its right.",
        ),
        Choice(
            "At line 24, `SSL_SESSION_free(kept)`",
            "The store gives back what it thinks it has; the memory went one line before. "
            "A server would meet it at the next client who comes back.",
        ),
    ),
    answer=2,
    hint="Which line of that run is the first that touches freed memory?",
)

FREE_IN_TWO = Question(
    prompt="Which two callbacks belong together?",
    choices=(
        Choice(
            "A new callback that keeps and returns 1, a remove callback that frees",
            "One takes, the other gives back: 3 = ssl + cache + kept, later 2 = cache + kept, and "
            "at the flush each gives back its own.",
        ),
        Choice(
            "A new callback that returns 0, a remove callback that frees",
            "0 handed the reference back. The remove callback would free one that is not its own, "
            "as in the run with 0 ≠ 1 = s.",
        ),
        Choice(
            "A get callback with `*copy = 1`, a remove callback that frees",
            "With 1 the library counts for itself and gives back for itself. "
            "It adds nothing that you would have to free.",
        ),
    ),
    answer=0,
    hint="Look for the one that takes a reference, and the one that gives it back.",
)

WHY_ZERO = Question(
    prompt="A callback does `kept = SSL_get1_session(ssl)`. Why must it return 0?",
    choices=(
        Choice(
            "Because it has a reference of its own, and one name can give back only one",
            "The one on offer goes back with the 0, and the one from get1 is in `kept`.",
        ),
        Choice(
            "Because 0 stands for success",
            "It stands for neither success nor failure. With 1 the program would own two, and "
            "have one pointer to free.",
        ),
        Choice(
            "Because the session is not complete while the callback runs",
            "It is complete: it is what the callback is called for. The question is only how many "
            "references the program ends up with.",
        ),
    ),
    answer=0,
    hint="Count what the program would own after each of the two return values.",
)

LESSON = Lesson(
    name="callbacks",
    notebook="08_callbacks_own.ipynb",
    scenarios=SCENARIOS,
    questions=(
        AFTER_RETURN,
        ZERO_AND_KEEP,
        RETURN_AND_STORE,
        WHICH_TICKET,
        IN_THE_REMOVE,
        WHAT_COPY_SAYS,
        WHO_PAYS,
        FREE_IN_TWO,
        WHY_ZERO,
    ),
)
