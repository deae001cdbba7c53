"""Lesson 09, contexts and connections: two references each, and what outlives what."""

from __future__ import annotations

from sslrefs.lessons.catalogue.contexts_runs import (
    CTX_FIRST,
    LENT_CTX,
    NEVER_FREED,
    ONLY_CTX,
    OVERWRITTEN,
    SCENARIOS,
    SHARED,
    SSL_COPIED,
    SWITCHED,
    TWO_CACHES,
    WRONG_CACHE,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AS_A_COPY",
    "CTX_FIRST",
    "FREED_FIRST",
    "HOW_MUCH_IS_LOST",
    "IN_TWO_LISTS",
    "LENT_CTX",
    "LESSON",
    "NEVER_FREED",
    "ONLY_CTX",
    "OVERWRITTEN",
    "SHARED",
    "SSL_COPIED",
    "SWITCHED",
    "TAKEN_ALONG",
    "TWO_CACHES",
    "WHAT_OUTLIVES",
    "WHERE_CACHED",
    "WHOSE_IS_SAME",
    "WHY_TWO",
    "WRONG_CACHE",
]

FREED_FIRST = Question(
    text=CTX_FIRST.text,
    prompt="Line 3 is `SSL_CTX_free(ctx)`, before the handshake. What happens to the context?",
    choices=(
        Choice(
            "It is gone, and `SSL_connect` uses freed memory",
            "Before line 3 it was 3 = ssl#1.ctx + ssl#1.session_ctx + ctx. Your free gives back "
            "one of three; the connection keeps its context alive.",
        ),
        Choice(
            "It lives on: 2 = ssl#1.ctx + ssl#1.session_ctx",
            "The connection took two references when it was made. The context goes with it, at "
            "line 6.",
        ),
        Choice(
            "It lives on: 1 = ssl#1.ctx",
            "It lives on, but a connection holds two: 2 = ssl#1.ctx + ssl#1.session_ctx. One for "
            "the context in use, one for the context whose cache it uses.",
        ),
        Choice(
            "`SSL_CTX_free` refuses, because a connection is open",
            "It never refuses; it subtracts 1. Three were held, two are left: "
            "2 = ssl#1.ctx + ssl#1.session_ctx.",
        ),
    ),
    answer=1,
    hint="Stop at line 2 and count the arrows that end at `ctx#1`.",
    misconception="order-of-frees",
)

TAKEN_ALONG = Question(
    text=NEVER_FREED.text,
    prompt="This program ends with line 5, `SSL_free(ssl)`. What is left of its three objects?",
    choices=(
        Choice(
            "Nothing: the connection takes its context along",
            "It gives back the two references it took, and no more: 1 = ctx. "
            "The one from `SSL_CTX_new` is yours.",
        ),
        Choice(
            "The context",
            "The session went with its last holder, the connection. The context is 1 = ctx: "
            "you made it, you free it.",
        ),
        Choice(
            "The context and the session",
            "A client's context keeps no cache unless told to, so the connection was the only "
            "holder of the session. What is left is the context: 1 = ctx.",
        ),
    ),
    answer=1,
    hint="Which of the references in the ledger of line 4 has nobody given back?",
    misconception="free-takes-along",
)

WHOSE_IS_SAME = Question(
    text=LENT_CTX.text,
    prompt="Line 4 is `SSL_CTX_free(same)`, where `same` came from `SSL_get_SSL_CTX(ssl)`. "
    "Where does it show?",
    choices=(
        Choice(
            "Nowhere: what a get returns must be freed",
            "This one is lent. After line 4 it is 2 ≠ 3 = ssl#1.ctx + ssl#1.session_ctx + ctx: two "
            "are left for three holders.",
        ),
        Choice(
            "At line 5, in the handshake",
            "The connection still finds its context: two of three are left. It is the last holder "
            "that finds nothing.",
        ),
        Choice(
            "At line 8, my own `SSL_CTX_free(ctx)`",
            "The connection gives back its two at line 7, and the context goes: 0 ≠ 1 = ctx. Your "
            "own free is right, and touches freed memory.",
        ),
    ),
    answer=2,
    hint="Three references, and line 4 took one. Who comes last, and finds none?",
    misconception="get-ctx-gives",
)

WHERE_CACHED = Question(
    text=SWITCHED.text,
    prompt="A server changes the context for a host name: `SSL_set_SSL_CTX(ssl, host_ctx)`, then "
    "`SSL_accept(ssl)`. Which context has the session in its cache?",
    choices=(
        Choice(
            "`host_ctx`: the connection belongs to it now",
            "One of the two references moved there: 2 = ssl#1.ctx + host_ctx. The other one "
            "stayed, "
            "and it is the one that says whose cache is used.",
        ),
        Choice(
            "`ctx`, which the connection was made from",
            "`ssl#1.session_ctx` stays where `SSL_new` put it. Stop at line 7: the row is in the "
            "box "
            "of `ctx#1`.",
        ),
        Choice(
            "Both",
            "A session is put into one cache. Stop at line 7: 2 = ssl + cache, and the row is in "
            "the box of `ctx#1`.",
        ),
    ),
    answer=1,
    hint="Stop at line 7. In which context's box is there a row?",
    misconception="set-ctx-moves-all",
)

IN_TWO_LISTS = Question(
    text=TWO_CACHES.text,
    prompt="`s` is in the cache of `ctx1`. Line 9 adds it to the cache of `ctx2`; the count goes "
    "to 4, one for each holder. Is all well?",
    choices=(
        Choice(
            "Yes: four holders, count 4",
            "Four are counted, and still it is wrong: the links of a cache's list are inside the "
            "session, and there is one pair of them. Both lists now use it.",
        ),
        Choice(
            "No: the links of the list are in the session, and now two lists use them",
            "What counts is right and what links is not. Give the other context a copy: "
            "`SSL_SESSION_dup`.",
        ),
        Choice(
            "No: the count should be 3",
            "Each cache counts one of its own, and so do `ssl` and `s`. "
            "It is not the count that is wrong.",
        ),
    ),
    answer=1,
    hint="A reference count says how many hold. Where does a list keep its links?",
    misconception="one-session-two-caches",
)

AS_A_COPY = Question(
    text=SSL_COPIED.text,
    prompt="After the handshake, line 4 is `SSL_dup(ssl)`. How many connections are there, and "
    "what "
    "must be freed?",
    choices=(
        Choice(
            "Two connections, each freed once",
            "There is one box: `ssl` and `copy` lead to the same object, 2 = ssl + copy. "
            "The number of frees is right, though.",
        ),
        Choice(
            "Two connections; the copy goes with the original",
            "There is one, and it is 2 = ssl + copy. `SSL_free(ssl)` leaves 1 = copy: the "
            "connection lives on, with its session and its context.",
        ),
        Choice(
            "One connection, freed twice",
            "Once the handshake has begun, `SSL_dup` counts up and returns the same pointer: "
            "2 = ssl + copy.",
        ),
    ),
    answer=2,
    hint="Stop at line 4: how many boxes of connections do you see?",
    misconception="ssl-dup-copies",
)

HOW_MUCH_IS_LOST = Question(
    text=OVERWRITTEN.text,
    prompt="A program connects again with `ssl = SSL_new(ctx)`, over a pointer it has not freed. "
    "What can never be freed any more?",
    choices=(
        Choice(
            "The first connection",
            "That is too little. What it holds stays too: its session and its context.",
        ),
        Choice(
            "The first connection and its session",
            "The context stays too: `SSL_CTX_free` at line 8 leaves "
            "2 = ssl#1.ctx + ssl#1.session_ctx.",
        ),
        Choice(
            "The first connection, its session and the context",
            "What a lost object holds is lost with it. `SSL_CTX_free` at line 8 leaves "
            "2 = ssl#1.ctx + ssl#1.session_ctx.",
        ),
    ),
    answer=2,
    hint="Which arrows leave the lost connection?",
)

WHAT_OUTLIVES = Question(
    prompt="You own one reference to a session, and nothing else. Which of the others must still "
    "live?",
    choices=(
        Choice(
            "Its connection and its context",
            "Arrows lead from connections and caches to the session; none leads back. "
            "In the first run, line 6 freed all three in one call, and each could have gone alone.",
        ),
        Choice(
            "Its context",
            "A session holds no context. It may outlive all of them, and be offered from another.",
        ),
        Choice(
            "None of them",
            "A session holds nothing. Connections hold contexts and sessions, caches hold "
            "sessions.",
        ),
    ),
    answer=2,
    hint="Look at a session's box in any picture: which arrows begin there?",
)

WHY_TWO = Question(
    prompt="Why does a connection hold two references to its context?",
    choices=(
        Choice(
            "In case one of them is freed by mistake",
            "A count knows nothing of mistakes; a surplus free is a surplus free, as "
            "2 ≠ 3 = ssl#1.ctx + ssl#1.session_ctx + ctx shows.",
        ),
        Choice(
            "Because the context in use may be changed, and the one for sessions stays",
            "Until `SSL_set_SSL_CTX` is called, both lead to the same context.",
        ),
        Choice(
            "One for reading, one for writing",
            "Both ways use the same context. They differ in what they are for: the settings in "
            "use, "
            "and the cache with its callbacks.",
        ),
    ),
    answer=1,
    hint="When did you see the two arrows lead to different contexts?",
)

LESSON = Lesson(
    name="contexts",
    notebook="09_contexts_and_connections.ipynb",
    scenarios=SCENARIOS,
    questions=(
        FREED_FIRST,
        TAKEN_ALONG,
        WHOSE_IS_SAME,
        WHERE_CACHED,
        IN_TWO_LISTS,
        AS_A_COPY,
        HOW_MUCH_IS_LOST,
        WHAT_OUTLIVES,
        WHY_TWO,
    ),
)
