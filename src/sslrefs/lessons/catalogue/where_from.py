"""Lesson 02, where sessions come from: handshakes, copies, bytes, and TLS 1.3 tickets."""

from __future__ import annotations

from sslrefs.lessons.catalogue.where_from_runs import (
    BYTES,
    COPY,
    HANDSHAKE,
    OFFERED,
    PEEKED,
    SCENARIOS,
    TICKETS,
)
from sslrefs.lessons.lesson import Lesson
from sslrefs.lessons.questions import Choice, Question

__all__ = [
    "AFTER_READ",
    "BYTES",
    "COPY",
    "FROM_BYTES",
    "HANDSHAKE",
    "LESSON",
    "OFFERED",
    "PEEKED",
    "PEEK_AFTER_READ",
    "QUESTIONS",
    "SCENARIOS",
    "TICKETS",
    "WHAT_MAKES_ONE",
    "WHEN_TO_TAKE",
    "WHO_HOLDS_THE_COPY",
    "WHY_NOT_RESUMED",
]

WHO_HOLDS_THE_COPY = Question(
    text=COPY.text,
    prompt="A server's session is in the cache of `ctx`. Line 7 is "
    "`SSL_SESSION *copy = SSL_SESSION_dup(s);`. Who holds the copy?",
    choices=(
        Choice(
            "copy and the cache: the copy is cached as the original is",
            "You may think that a copy takes its place in the cache along. The cache lists the "
            "object it was given, and nobody gave it the copy. "
            "Stop at line 7: for `session#2` it is 1 = copy.",
        ),
        Choice(
            "Nobody new: the original has one more, 4",
            "That would be `SSL_SESSION_up_ref`. `SSL_SESSION_dup` makes a second object: the "
            "original stays at 3 = ssl + cache + s, the new one begins at 1 = copy.",
        ),
        Choice(
            "Only copy: 1 = copy",
            "A new object with a count of its own, which no connection uses and no cache lists. "
            "It outlives the original, until `SSL_SESSION_free(copy)`.",
        ),
    ),
    answer=2,
    hint="Run the next cell, stop at line 7, and count the arrows that end at `session#2`.",
    misconception="dup-is-cached",
)

FROM_BYTES = Question(
    text=BYTES.text,
    prompt="Line 8, `SSL_free(ssl)`, ends the last holder of the session. Line 10 is "
    "`d2i_SSL_SESSION(NULL, &p, length)`. What does it return?",
    choices=(
        Choice(
            "A pointer to the first session, which lives on in the bytes",
            "Bytes hold no reference: at line 8 the count goes to 0 although `bytes` is still "
            "there. Line 10 makes a new object with the same contents.",
        ),
        Choice(
            "A new session with count 1: 1 = again",
            "It is made from the bytes, and it is yours. One `SSL_SESSION_free` is owed.",
        ),
        Choice(
            "A new session that belongs to libssl; it must not be freed",
            "No connection and no cache knows it, so nobody would free it. "
            "The ledger of line 10 says who has it: 1 = again.",
        ),
    ),
    answer=1,
    hint="Who could still hold the first session after line 8?",
)

AFTER_READ = Question(
    text=TICKETS.text,
    prompt="A TLS 1.3 client takes the session right after `SSL_connect`: 2 = ssl + early. "
    "Then line 6, `SSL_read(ssl, buf, sizeof(buf))`, meets the server's two tickets. "
    "Who holds `session#1` now?",
    choices=(
        Choice(
            "2 = ssl + early, as before: SSL_read reads data",
            "You may see the session as complete when the handshake is. In TLS 1.3 the ticket "
            "comes later, inside `SSL_read`, and each ticket makes a new object. "
            "Stop at line 6: the connection let go of the first, 1 = early.",
        ),
        Choice(
            "1 = early: the connection has another session now",
            "Each ticket makes a new object, and the connection keeps the last one: "
            "`session#3` has 1 = ssl.",
        ),
        Choice(
            "0: the tickets replace the session, and it is gone",
            "It would be, if nobody had taken a reference. Line 4 did: 1 = early.",
        ),
    ),
    answer=1,
    hint="Run the next cell and look how many sessions there are after line 6.",
    misconception="session-at-connect",
)

PEEK_AFTER_READ = Question(
    text=PEEKED.text,
    prompt="The same client, but line 4 is `SSL_get0_session(ssl)`: `peek` is lent. "
    "It becomes careful in line 7, `SSL_SESSION_up_ref(peek)`. What happens there?",
    choices=(
        Choice(
            "The count becomes 2 = ssl + peek: better late than never",
            "It would have been so before `SSL_read`. Line 6 replaced the session, and the first "
            "one had no other holder. Stop at line 6: `peek` dangles.",
        ),
        Choice(
            "It counts the new session, for peek follows the connection",
            "A pointer follows nobody. `peek` still has the address of the first session, "
            "and the connection has another one. Stop at line 6: `peek` dangles.",
        ),
        Choice(
            "It writes into memory that is gone",
            "At line 4 it was 1 = ssl, and the connection let go of it in line 6. "
            "A reference can only be taken while another one is there.",
        ),
    ),
    answer=2,
    hint="Who held the first session beside the connection?",
)

WHAT_MAKES_ONE = Question(
    prompt="Which of these calls makes a new session object?",
    choices=(
        Choice(
            "SSL_get1_session(ssl)",
            "It takes a reference to the session that is there: in the first run 1 = ssl becomes "
            "2 = ssl + s.",
        ),
        Choice(
            "SSL_SESSION_up_ref(s)",
            "It adds 1 to the count of an object that is there. The number of objects stays.",
        ),
        Choice(
            "d2i_SSL_SESSION(NULL, &p, length)",
            "It makes one from bytes: 1 = again. So do `SSL_SESSION_new`, `SSL_SESSION_dup`, "
            "a handshake, and each ticket in TLS 1.3.",
        ),
        Choice(
            "SSL_new(ctx)",
            "It makes a connection. The session comes with the handshake: stop at line 4 of "
            "the first run.",
        ),
    ),
    answer=2,
    hint="Ask of each: was the object there before?",
)

WHEN_TO_TAKE = Question(
    prompt="A TLS 1.3 client wants to come back later with a short handshake. "
    "When does it take the session?",
    choices=(
        Choice(
            "Right after SSL_connect",
            "That session has no ticket yet. In the run with tickets it is `early`, which the "
            "connection lets go of at line 6.",
        ),
        Choice(
            "After data was read, or in the new-session callback",
            "The tickets come with the data. The callback is told of each new session when it is "
            "there; lesson 08 is about it.",
        ),
        Choice(
            "After SSL_free, when the connection is complete",
            "Then nobody may ask the connection any more, and its session went with it "
            "unless somebody had taken a reference.",
        ),
    ),
    answer=1,
    hint="In which line do the tickets come?",
)

WHY_NOT_RESUMED = Question(
    prompt="The last run took a session after `SSL_connect` and offered it in line 8. "
    "Its references are in order. Why did line 10, `SSL_connect(ssl)`, make a new session?",
    choices=(
        Choice(
            "SSL_SESSION_free(s) in line 9 came too early",
            "`SSL_set_session` had taken a reference of its own: after line 9 it is 1 = ssl#2. "
            "The session was there, but it was of no use.",
        ),
        Choice(
            "SSL_free(ssl) in line 6 had freed the session",
            "`s` had a reference, so the session lived. Alive is one thing, resumable another.",
        ),
        Choice(
            "It was taken before the ticket came",
            "Without a ticket the server has nothing to recognise. A right count does not help: "
            "the wrong step is line 4, where it was taken.",
        ),
    ),
    answer=2,
    hint="What did the server send between `SSL_connect` and `SSL_get1_session`?",
)

QUESTIONS = (
    WHO_HOLDS_THE_COPY,
    FROM_BYTES,
    AFTER_READ,
    PEEK_AFTER_READ,
    WHAT_MAKES_ONE,
    WHEN_TO_TAKE,
    WHY_NOT_RESUMED,
)

LESSON = Lesson(
    name="where_from",
    notebook="02_where_sessions_come_from.ipynb",
    scenarios=SCENARIOS,
    questions=QUESTIONS,
)
