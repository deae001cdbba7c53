"""Challenges that ask which line went wrong first: every other line has its own reply."""

from __future__ import annotations

from sslrefs.lessons.challenges.challenge import Challenge, Chosen

__all__ = ["FIRST_WRONG", "LONG_WAY", "WHOSE_FREE", "WHO_LENDS_IT"]

_TASK = (
    "This run ends badly. Choose the line where it goes wrong first, not the one where it shows."
)

FIRST_WRONG = Challenge(
    name="first-wrong",
    title="Three frees",
    kind="explain",
    lesson="count_and_holders",
    task=_TASK,
    start="""\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION_up_ref(s);
SSL_SESSION *t = s;
SSL_SESSION *u = t;
SSL_SESSION_free(s);
SSL_SESSION_free(t);
SSL_SESSION_free(NULL);
SSL_SESSION_free(u);
""",
    hints=(
        "Write the count beside each line, from the top.",
        "Two references were taken, in lines 1 and 2. Which free is the third?",
    ),
    par=1,
    praise="Two references were taken, and line 8 gives back a third: `u` is only a name.",
    goal=Chosen(
        line=8,
        replies={
            1: "A new session with count 1, and `s` has it. That is as it should be.",
            2: "It takes a second reference: 2. Somebody may take one at any time.",
            3: "An assignment counts nothing and harms nothing; `t` shows the second reference.",
            4: "A third name for two references. Unwise, but nothing is wrong until somebody "
            "frees through it.",
            5: "It gives back the reference of line 1, and 1 is left.",
            6: "It gives back the reference of line 2, and the memory goes. Both were taken, so "
            "both may go back.",
            7: "NULL is ignored. It does no harm, and no good.",
        },
    ),
)

WHOSE_FREE = Challenge(
    name="whose-free",
    title="Two clients, one session",
    kind="explain",
    lesson="lent_or_given",
    task=_TASK,
    start="""\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL *next = SSL_new(ctx);
SSL_set_session(next, s);
SSL_SESSION_free(s);
SSL_SESSION *peek = SSL_get_session(next);
SSL_SESSION_free(peek);
SSL_free(ssl);
SSL_free(next);
SSL_CTX_free(ctx);
""",
    hints=(
        "Keep a list of holders: who comes in lines 4, 5 and 7, and who goes in line 8?",
        "After line 9 it is 2 = ssl + ssl#2. Whose reference does the next line give back?",
    ),
    par=1,
    praise="`SSL_get_session` lends, so line 10 takes a reference of one of the connections. It "
    "shows in line 12.",
    goal=Chosen(
        line=10,
        replies={
            2: "A context with count 1. Look at the session.",
            3: "A connection, and no session yet.",
            4: "The handshake makes the session, and the connection holds it.",
            5: "A reference for `s`: one free is owed, and line 8 pays it.",
            6: "A second connection, which holds no session yet.",
            7: "The second connection takes a reference of its own. `s` keeps its own.",
            8: "It gives back the reference of line 5. `s` needs it no more, for the connection "
            "has its own.",
            9: "It lends, and to look is free. It goes wrong when somebody frees what was lent.",
            11: "The first connection gives back what it took in line 4. But one free before it "
            "had no right.",
            12: "Here it shows: the second connection gives back a session that is gone. It did "
            "take that reference, in line 7. Go back to the line that took it away.",
            13: "The context goes last and has nothing to do with it: the client caches nothing.",
        },
    ),
)

LONG_WAY = Challenge(
    name="long-way",
    title="A long way to the crash",
    kind="explain",
    lesson="flush_and_time",
    task=_TASK,
    start="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_timeout(ctx, 100);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_SESSION *copy = SSL_SESSION_dup(s);
SSL_SESSION_free(s);
SSL_SESSION_free(s);
SSL_shutdown(ssl);
SSL_free(ssl);
sleep(50);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_SESSION_free(copy);
sleep(51);
SSL_CTX_flush_sessions(ctx, time(NULL));
SSL_CTX_free(ctx);
""",
    hints=(
        "Somebody gives back one too many. How many references did the program take?",
        "Line 7 takes one, and line 8 makes another object. Count the frees of `session#1`.",
    ),
    par=1,
    praise="Line 9 gave back what line 7 took. Line 10 gives back what the cache needs.",
    goal=Chosen(
        line=10,
        replies={
            3: "The context is made, and freed in the last line. Look at the sessions.",
            4: "A lifetime of 100 seconds. It decides when the crash comes, not whether.",
            5: "A connection, and no session yet.",
            6: "The session: 2, for the connection and the cache.",
            7: "One reference for `s`, so one free is owed.",
            8: "A second object with a count of its own. It adds nothing to the first.",
            9: "It gives back what line 7 took. So far all is well.",
            11: "It sends a last word and keeps the session in the cache.",
            12: "The connection gives back its own, and with it the memory goes. But it took that "
            "reference, in line 6.",
            13: "Time passes. Nothing expires before 100 seconds.",
            14: "This flush is right. What it finds in the cache was ruined before.",
            15: "It frees the copy, once, as it should.",
            16: "Time passes, and now the session in the cache has expired.",
            17: "This flush is right too. A flush does not ruin what it finds: look before "
            "line 11.",
            18: "The last line empties the cache, which is its right.",
        },
    ),
)

WHO_LENDS_IT = Challenge(
    name="who-lends-it",
    title="Whose context?",
    kind="explain",
    lesson="contexts",
    task=_TASK,
    start="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX_free(ctx);
SSL_CTX *same = SSL_get_SSL_CTX(ssl);
SSL_CTX_set_timeout(same, 100);
SSL_CTX_free(same);
SSL_free(ssl);
""",
    hints=(
        "A connection holds two references to its context. What is the count after line 3?",
        "No digit in the name of a get: it lends. Who frees what was lent?",
    ),
    par=1,
    praise="`SSL_get_SSL_CTX` lends, so line 6 takes one of the two references of the connection.",
    goal=Chosen(
        line=6,
        replies={
            1: "A new context with count 1, and `ctx` has it.",
            2: "The connection takes two references to its context: 3. It gives them back itself.",
            3: "It gives back yours, and 2 are left. The connection needs no more from you; the "
            "order of the frees is free.",
            4: "It lends a pointer to a context that the connection holds. To look is free.",
            5: "A lent pointer may be used as long as its lender holds: the connection does.",
            7: "It shows here: the connection gives back two references, and one is left. It had "
            "taken two. Go one step back.",
        },
    ),
)
