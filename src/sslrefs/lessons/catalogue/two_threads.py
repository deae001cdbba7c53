"""Lesson 10, two threads: what the count protects, what a lock must cover, who gives back."""

from __future__ import annotations

from sslrefs.lessons.catalogue.two_threads_runs import (
    CALM,
    GAP,
    HALF_LOCKED,
    LOCKED,
    ONE_EACH,
    ONE_FOR_TWO,
    SPOILED,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AND_THE_CONTENT",
    "CALM",
    "GAP",
    "HALF_LOCKED",
    "HOW_MANY",
    "IS_ATOMIC_SAFE",
    "LESSON",
    "LOCKED",
    "ONE_EACH",
    "ONE_FOR_TWO",
    "QUESTIONS",
    "SCENARIOS",
    "SPOILED",
    "WHAT_THE_LOCK_KEEPS",
    "WHEN_IT_COMES_BACK",
    "WHERE_TO_LOCK",
    "WHY_RARE",
]

SCENARIOS = {
    "calm": CALM,
    "gap": GAP,
    "half_locked": HALF_LOCKED,
    "locked": LOCKED,
    "one_for_two": ONE_FOR_TWO,
    "one_each": ONE_EACH,
    "spoiled": SPOILED,
}

IS_ATOMIC_SAFE = Question(
    text=GAP.text,
    prompt="`SSL_SESSION_up_ref` is atomic: two threads may call it at the same moment, and no "
    "count gets lost. Take away the direction, so that any order may happen. Can a run go wrong?",
    choices=(
        Choice(
            "No: the count is atomic, and each thread gives back what it took",
            "The count is safe, the pointer is not. `mine` is copied first and counted later. "
            "What may `evict` do in between?",
        ),
        Choice(
            "Yes: if both threads free at the same moment, the count is 1 too high",
            "That is what atomic excludes: two frees subtract two, whatever the moment. "
            "Look earlier, where `mine` has an address and no reference.",
        ),
        Choice(
            "Yes: evict may run between copying the pointer and up_ref",
            "Between the two `mine` is only another name, and 1 = shared. If that one is given "
            "back in the gap, line 4, `SSL_SESSION_up_ref(mine)`, writes into memory that is gone.",
        ),
    ),
    answer=2,
    hint="Look for a moment when a variable has the address but no reference.",
    misconception="atomic-is-safe",
)

WHERE_TO_LOCK = Question(
    text=HALF_LOCKED.text,
    prompt="A first repair: `look_up` locks a mutex around `SSL_SESSION_up_ref`, and `evict` "
    "locks it around all it does. Is that enough?",
    choices=(
        Choice(
            "Yes: up_ref and free can no longer run at the same moment",
            "They never could disturb each other's number. The pointer is still copied before "
            "the lock: `evict` can do all its work in between.",
        ),
        Choice(
            "No: the pointer is still copied outside the lock",
            "A copy is stale as soon as another thread may give back what it points to. "
            "Copying and counting must be one act.",
        ),
        Choice(
            "No: SSL_SESSION_free(mine) must be inside the lock too",
            "`look_up` frees a reference of its own there. Nobody else can take that one away.",
        ),
    ),
    answer=1,
    hint="Which lines of `look_up` use `shared`?",
)

HOW_MANY = Question(
    text=ONE_FOR_TWO.text,
    prompt="Now both threads run `finish`, which uses `shared` and then frees it. Main made the "
    "session and starts both. What goes wrong?",
    choices=(
        Choice(
            "Nothing, if the threads do not run at the same moment",
            "Try any order: one thread gives back the only reference, and the other comes to a "
            "session that is gone. All orders go wrong.",
        ),
        Choice(
            "One reference, two frees: somebody comes too late in every order",
            "1 = shared stands for one free. The order decides only who is betrayed, and where.",
        ),
        Choice(
            "A mutex around the two lines is missing",
            "A mutex would let the threads in one after the other. The second one would still "
            "find no reference left.",
        ),
    ),
    answer=1,
    hint="How many references were taken, and how many are given back?",
)

WHEN_IT_COMES_BACK = Question(
    text=SPOILED.text,
    prompt="Line 8 is `SSL_free(leaving)`, without `SSL_shutdown`. Line 12 is "
    "`SSL_accept(coming)`: the client comes back. Every thread gives back only what is its own. "
    "Can an order go wrong?",
    choices=(
        Choice(
            "No: the cache holds the session, whatever `leaving` does",
            "A free without shutdown takes the session out of the cache too. Stop at line 8 in the "
            "order that is shown: nobody holds it any more.",
        ),
        Choice(
            "Yes: if `leave` comes first, the client gets a full handshake",
            "All counts are right, and the session is marked and out of the cache: "
            "line 12 makes `session#2`, 2 = ssl#2 + cache.",
        ),
        Choice(
            "Yes: if `leave` comes first, line 12 uses freed memory",
            "It does not come so far: the session left the cache at line 8, so line 12 does not "
            "find it, and makes a new one: 2 = ssl#2 + cache.",
        ),
    ),
    answer=1,
    hint="What else does `SSL_free` do to a session when the connection was not shut down?",
)

WHY_RARE = Question(
    prompt="Why did the first program pass all its tests for months?",
    choices=(
        Choice(
            "Because libssl repairs a wrong count when nobody looks",
            "libssl never repairs a count. In the order of the tests no count was wrong: "
            "1 = shared before `evict` began.",
        ),
        Choice(
            "Because the bug needs one thread to stop in one gap, and most orders do not",
            "The player tried every order, and few went wrong. A test runs one of them.",
        ),
        Choice(
            "Because the tests used a build without threads",
            "It was the same code. What differs between two runs is the order of the turns.",
        ),
    ),
    answer=1,
    hint="How many of the tried orders went wrong?",
)

WHAT_THE_LOCK_KEEPS = Question(
    prompt="What must happen while the lock is held?",
    choices=(
        Choice(
            "Every use of the session",
            "That would be safe and slow: a handshake takes long. Once you own a reference, "
            "nobody can take the session from you.",
        ),
        Choice(
            "Copying the shared pointer and taking the reference",
            "Afterwards the reference protects the session: 2 = shared + look_up:mine.",
        ),
        Choice(
            "Only SSL_SESSION_free",
            "A free through an own reference needs no lock. The gap is where a pointer is "
            "copied and not yet counted.",
        ),
    ),
    answer=1,
    hint="When does `mine` begin to own something?",
)

AND_THE_CONTENT = Question(
    prompt="In the last run no reference is missing. Why does the client that comes back get a "
    "full handshake when `leave` comes first?",
    choices=(
        Choice(
            "SSL_free without SSL_shutdown spoils the session for everybody",
            "The count protects the memory, not what is in it. `SSL_free` took the session out "
            "of the cache and marked it. A reference does not help against that.",
        ),
        Choice(
            "SSL_free gave back the reference of the cache by mistake",
            "It was no mistake: a connection that ends without `SSL_shutdown` takes its session "
            "out of the cache. All counts are right.",
        ),
        Choice(
            "The two SSL objects must not share one SSL_CTX",
            "They may: sharing a context is how a server resumes at all.",
        ),
    ),
    answer=0,
    hint="What did thread 1 leave out before `SSL_free`?",
)

QUESTIONS = (
    IS_ATOMIC_SAFE,
    WHERE_TO_LOCK,
    HOW_MANY,
    WHEN_IT_COMES_BACK,
    WHY_RARE,
    WHAT_THE_LOCK_KEEPS,
    AND_THE_CONTENT,
)

LESSON = Lesson(
    name="two_threads",
    notebook="10_two_threads.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
