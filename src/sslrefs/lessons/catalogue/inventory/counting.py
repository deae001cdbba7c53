"""Inventory: counts and names, lent or given."""

from __future__ import annotations

from sslrefs.lessons.items import Item
from sslrefs.lessons.questions import Choice
from sslrefs.lessons.scenario import Bug

__all__ = ["ITEMS"]

ITEMS = (
    Item(
        name="check for NULL",
        topic="counts and names",
        kind="why",
        misconception="null-check-protects",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX_free(ctx);
SSL_free(ssl);
if (ctx != NULL) SSL_CTX_free(ctx);
""",
        bug=Bug("double_free", 5, 5),
        prompt="Why does the check at line 5 not help?",
        right=Choice(
            "`ctx` still has its old value: a free gets a copy of the pointer, and cannot clear it",
            "The variable is as it was before line 3. Only your program can set it to NULL.",
        ),
        wrong=(
            Choice(
                "It comes too late: it belongs before line 4",
                "There it would find the same old value. No free clears a variable.",
            ),
            Choice(
                "`SSL_CTX_free` clears `ctx` only when the count reaches 0",
                "It reached 0 at line 4, and `ctx` was not cleared: a free never sees the "
                "variable.",
            ),
        ),
    ),
    Item(
        name="three names",
        topic="counts and names",
        kind="count",
        misconception="assignment-counts",
        text="""\
SSL_SESSION *s = SSL_SESSION_new();
SSL_SESSION *a = s;
SSL_SESSION_up_ref(a);
SSL_SESSION *b = a;
SSL_SESSION_free(b);
SSL_SESSION_free(s);
""",
        prompt="What is the count of the session after line 4?",
        right=Choice("2", "Made once, counted up once. An assignment counts nothing."),
        wrong=(
            Choice("1", "Line 3 counts up: one from the making, one from there."),
            Choice("3", "There are three names, and names are not counted. New gave 1, up_ref 1."),
            Choice("4", "Neither line 2 nor line 4 counts: they copy a pointer."),
        ),
    ),
    Item(
        name="a new context over the old",
        topic="counts and names",
        kind="why",
        misconception="overwrite-frees",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
ctx = SSL_CTX_new(TLS_server_method());
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("lost_pointer", 3, None),
        prompt="Why does the first context outlive this program's last line?",
        right=Choice(
            "One reference to it is lost: nobody has a pointer to give it back",
            "`ctx` had one, and line 3 overwrote the only pointer to it. 1 = lost.",
        ),
        wrong=(
            Choice(
                "It does not: overwriting the variable at line 3 gave it back",
                "C frees nothing by itself. The reference of `ctx` stays owed: 1 = lost.",
            ),
            Choice(
                "Its connection still holds it",
                "The connection gave back the two it took, at line 4. The one from line 1 is left: "
                "1 = lost.",
            ),
            Choice(
                "The cache of the second context holds it",
                "A cache holds sessions. What is left is a reference without a name: 1 = lost.",
            ),
        ),
    ),
    Item(
        name="hidden by sharing",
        topic="counts and names",
        kind="why",
        misconception="worked-for-years",
        text="""\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_SESSION *s = SSL_get1_session(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_SESSION_free(s);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
        bug=Bug("over_release", 9, 12),
        prompt="Line 9 gives back too much, and nothing happens there. Why?",
        right=Choice(
            "Two connections still hold the session, so the count does not reach 0",
            "1 ≠ 2 = ssl + ssl#2: the last honest holder will pay, at line 12. With fewer sharers "
            "it "
            "shows sooner, as after the move to TLS 1.3.",
        ),
        wrong=(
            Choice(
                "libssl ignores the free of a session that is in use",
                "It cannot know who calls. It subtracts: 1 ≠ 2 = ssl + ssl#2.",
            ),
            Choice(
                "Line 9 is right: there are two connections",
                "They give back their own when they are freed. The program took one, at line 5.",
            ),
        ),
    ),
    Item(
        name="a pointer before a count",
        topic="counts and names",
        kind="why",
        misconception="atomic-is-safe",
        prompt="A thread does `mine = shared; SSL_SESSION_up_ref(mine);`. Another may at any time "
        "do "
        "`old = shared; shared = NULL; SSL_SESSION_free(old);`. The count is atomic. "
        "Why can it fail?",
        right=Choice(
            "Between the two statements of the first thread the session can go",
            "The pointer is read before it is counted. Both must happen under the lock that "
            "protects `shared`.",
        ),
        wrong=(
            Choice(
                "An atomic count may still be wrong when two threads change it at once",
                "That is just what atomic rules out. The count is right, of a session that is "
                "gone.",
            ),
            Choice(
                "It cannot: that is what the atomic count is for",
                "It protects the number, not the pointer that was read before.",
            ),
            Choice(
                "Two threads must not hold the same session",
                "They may, each with a reference of its own.",
            ),
        ),
    ),
    Item(
        name="kept from a get",
        topic="lent or given",
        kind="wrong step",
        misconception="get-gives",
        text="""\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *s = SSL_get_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_SESSION_get_timeout(s);
SSL_CTX_free(ctx);
""",
        bug=Bug("use_after_free", 5, 8),
        prompt="`s` is meant to outlive the connection. Which line is the first wrong one?",
        right=Choice(
            "Line 5",
            "`SSL_get_session` lends. To keep it: `SSL_get1_session`, and a free of your own.",
        ),
        wrong=(
            Choice("Line 7", "It gives back what the connection took, as it should."),
            Choice(
                "Line 8", "Here it shows. The session went at line 7, because `s` held nothing."
            ),
            Choice("None: `s` keeps the session", "It holds nothing: after line 5 it is 1 = ssl."),
        ),
    ),
    Item(
        name="one get of two",
        topic="lent or given",
        kind="repair",
        misconception="free-after-get",
        text="""\
/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_SESSION *a = SSL_get1_session(ssl);
SSL_SESSION *b = SSL_get0_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("leak", 5, None),
        prompt="What is missing?",
        right=Choice("`SSL_SESSION_free(a)`, once", "Only get1 gave a reference: 2 = ssl + a."),
        wrong=(
            Choice(
                "`SSL_SESSION_free(a)` and `SSL_SESSION_free(b)`",
                "get0 lends. Line 6 changes nothing, it stays 2 = ssl + a.",
            ),
            Choice("Nothing: `SSL_free(ssl)` frees both", "It gives back its own: 1 = a is left."),
        ),
    ),
    Item(
        name="set into two",
        topic="lent or given",
        kind="count",
        misconception="set-session-takes-over",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_SESSION *s = SSL_SESSION_new();
SSL *ssl1 = SSL_new(ctx);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl1, s);
SSL_set_session(ssl2, s);
SSL_SESSION_free(s);
SSL_free(ssl1);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
        prompt="What is the count of the session after line 6?",
        right=Choice("3", "3 = ssl + ssl#2 + s: each connection takes one, and yours stays yours."),
        wrong=(
            Choice("1", "Both calls count one of their own: 3 = ssl + ssl#2 + s."),
            Choice("2", "Yours was not taken over: 3 = ssl + ssl#2 + s, until line 7."),
        ),
    ),
    Item(
        name="the context of a connection",
        topic="lent or given",
        kind="wrong step",
        misconception="get-ctx-gives",
        text="""\
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_CTX_free(ctx);
SSL_CTX *mine = SSL_get_SSL_CTX(ssl);
SSL_CTX_free(mine);
SSL_free(ssl);
""",
        bug=Bug("borrowed_free", 5, 6),
        prompt="Which line is the first wrong one?",
        right=Choice("Line 5", "1 ≠ 2 = ssl#1.ctx + ssl#1.session_ctx: `mine` was lent."),
        wrong=(
            Choice("Line 3", "It gives back the one from line 1; the connection has its own two."),
            Choice("Line 4", "A get without a 1 lends. Nothing is wrong with looking."),
            Choice("Line 6", "It gives back two, and only one is left: line 5 took the other."),
        ),
    ),
)
