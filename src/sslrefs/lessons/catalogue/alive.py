"""Lesson 07, alive is not resumable: the count keeps memory, a flag decides the handshake."""

from __future__ import annotations

from sslrefs.lessons.catalogue.alive_runs import (
    CLEAN,
    COPIED,
    DETACHED,
    EARLY,
    LATE,
    REMOVED,
    SCENARIOS,
    UNCLEAN,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_REMOVE",
    "AT_THE_CONNECT",
    "CLEAN",
    "COPIED",
    "DETACHED",
    "EARLY",
    "LATE",
    "LESSON",
    "REMOVED",
    "TOO_EARLY",
    "UNCLEAN",
    "WHAT_A_COUNT_SAYS",
    "WHICH_LINE",
    "WHY_ALL_HOLDERS",
    "WITHOUT_SHUTDOWN",
]

AT_THE_CONNECT = Question(
    text=CLEAN.text,
    prompt="The second connection offers `s` to the server at line 12, `SSL_connect(ssl2)`. "
    "Your own reference went back one line before. Which session does `ssl2` have after line 12?",
    choices=(
        Choice(
            "None: the program has freed it",
            "Line 10, `SSL_set_session(ssl2, s)`, took a reference of its own, so your free left "
            "1 = ssl#2. Stop at line 11: the session is there.",
        ),
        Choice(
            "`session#1`, the one it offered",
            "The server knows it and resumes: no new session is made. "
            "Stop at line 12: the same object, still 1 = ssl#2.",
        ),
        Choice(
            "A new one: every handshake makes a session",
            "Every full handshake does. This one resumes, and uses the session that was offered. "
            "Stop at line 12: `session#1`, still 1 = ssl#2, and no `session#2`.",
        ),
    ),
    answer=1,
    hint="Stop at line 12 and look which session the arrow of `ssl#2` leads to.",
)

WITHOUT_SHUTDOWN = Question(
    text=UNCLEAN.text,
    prompt="Now `SSL_shutdown(ssl1)` is left out; line 7 is `SSL_free(ssl1)`. "
    "What is different for the session after that line?",
    choices=(
        Choice(
            "Nothing: I own a reference",
            "The count says so: 1 = s, as before. But owning keeps the memory, not the use. "
            "Look at the mark on `session#1` after line 7: not resumable.",
        ),
        Choice(
            "Its memory is gone",
            "Your reference keeps the memory: after line 7 it is 1 = s. "
            "What changed is the mark on `session#1`: not resumable.",
        ),
        Choice(
            "The count is the same, but it can no longer be resumed",
            "The count is 1 = s, as with the shutdown. A connection that ends without "
            "`SSL_shutdown` counts as broken off, and its session is marked not resumable.",
        ),
    ),
    answer=2,
    hint="Compare two things of `session#1` at line 7: the number on its badge, and its mark.",
    misconception="owned-is-resumable",
)

AFTER_REMOVE = Question(
    text=REMOVED.text,
    prompt="This client keeps its sessions in the cache, and line 10 is "
    "`SSL_CTX_remove_session(ctx, s)`. Before it: 2 = cache + s. And after it?",
    choices=(
        Choice(
            "1 = s, and `s` can still be resumed",
            "The number is right: only the cache gave its reference back. But the removal also "
            "marks the session not resumable, and the mark is in the object that `s` leads to.",
        ),
        Choice(
            "1 = s, and `s` cannot be resumed",
            "The cache gives back its own reference, never yours, and marks the session. "
            "At line 14 the handshake makes a new one.",
        ),
        Choice(
            "0: removing frees the session",
            "Removing gives back the reference of the cache, no other. Stop at line 10: 1 = s. "
            "The memory is yours to free; but the session is marked not resumable.",
        ),
    ),
    answer=1,
    hint="Who took which reference? Then stop at line 10 and read the mark on `session#1`.",
    misconception="remove-frees-mine",
)

TOO_EARLY = Question(
    text=EARLY.text,
    prompt="TLS 1.3 now. Line 4 is `SSL_get1_session(ssl1)`, right after the handshake. "
    "Then the client reads its first data. Will the second connection resume with `s`?",
    choices=(
        Choice(
            "Yes: the handshake is complete, so is the session",
            "In TLS 1.2 it would be. In TLS 1.3 the ticket comes after the handshake, with the "
            "data, and with a session object of its own. After line 6 `s` is 1 = s, alone, without "
            "a ticket.",
        ),
        Choice(
            "Yes: SSL_read puts the ticket into the session that `s` leads to",
            "It makes a new session object for each ticket, and the connection changes to that "
            "one. Stop at line 6: `ssl#1` leads to `session#3`, and `s` still to `session#1`.",
        ),
        Choice(
            "No: the ticket comes in SSL_read, with a new session object",
            "Two tickets, two objects; the connection keeps the last, `session#3`. "
            "What `s` holds is `session#1`: 1 = s, alive, without a ticket.",
        ),
    ),
    answer=2,
    hint="Stop at line 6. Does `s` lead to the session that the connection has?",
    misconception="session-at-connect",
)

WHAT_A_COUNT_SAYS = Question(
    prompt="A debugger shows: count 2, held by `s` and by a connection. What do you know?",
    choices=(
        Choice(
            "It will be resumed",
            "That is what the count does not say. In the run without `SSL_shutdown` it was "
            "2 = ssl#2 + s just before a handshake that could not resume.",
        ),
        Choice(
            "Its memory stays until both gave back",
            "That is all a count says. Ask `SSL_SESSION_is_resumable` for the other thing.",
        ),
        Choice(
            "One of the two has to go before it can be resumed",
            "Sharing is fine: line 10 of the first run shows 2 = ssl#2 + s, and that session was "
            "resumed.",
        ),
    ),
    answer=1,
    hint="In which runs of this lesson did you see 2 = ssl#2 + s, and how did they end?",
)

WHICH_LINE = Question(
    prompt="A program wants to take a session out of the cache and keep it for itself. Which line "
    "makes that right?",
    choices=(
        Choice(
            "`SSL_SESSION_up_ref(s)` before the removal",
            "More references keep the memory alive longer. The mark is set all the same, and every "
            "holder sees it.",
        ),
        Choice(
            "`SSL_SESSION *copy = SSL_SESSION_dup(s)` before the removal",
            "The copy is an object of its own, 1 = copy, in no cache. The mark goes to the other.",
        ),
        Choice(
            "`SSL_SESSION *copy = SSL_SESSION_dup(s)` after the removal",
            "Then the mark is copied too. Copy first, remove afterwards.",
        ),
    ),
    answer=1,
    hint="The mark is in the object. Who does not share the object?",
)

WHY_ALL_HOLDERS = Question(
    prompt="Why can one holder spoil the session for all others, although each has a reference?",
    choices=(
        Choice(
            "Because the mark is in the object, and all references lead to the same object",
            "A reference is a right to the memory, not a copy of what is in it.",
        ),
        Choice(
            "Because spoiling lowers the count for all",
            "The count stays true: after line 7 of the run without `SSL_shutdown` it is 1 = s, and "
            "`s` may use the memory as long as it likes.",
        ),
        Choice(
            "Because the server has forgotten the session",
            "The server is never asked. The client itself does not offer a session that is marked.",
        ),
    ),
    answer=0,
    hint="How many `session` boxes did the picture have when two held it?",
)

LESSON = Lesson(
    name="alive",
    notebook="07_alive_is_not_resumable.ipynb",
    scenarios=SCENARIOS,
    questions=(
        AT_THE_CONNECT,
        WITHOUT_SHUTDOWN,
        AFTER_REMOVE,
        TOO_EARLY,
        WHAT_A_COUNT_SAYS,
        WHICH_LINE,
        WHY_ALL_HOLDERS,
    ),
)
