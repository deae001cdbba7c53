"""Repairs where libssl holds too: in a cache, through a callback, and in a connection."""

from __future__ import annotations

from sslrefs.lessons.catalogue.broke_here_runs import ONE_LINE_MORE
from sslrefs.lessons.catalogue.contexts_runs import OVERWRITTEN
from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import is_clean, keeps, needs, refuses
from sslrefs.lessons.challenges.repair import TASK

__all__ = ["CALLBACK", "CONNECTED_TWICE", "FLUSH_HANGS", "REMOVED"]

_REMOVED = """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_remove_session(ctx, s);
SSL_CTX_free(ctx);
"""

REMOVED = Challenge(
    name="removed",
    title="Removed is not freed",
    kind="repair",
    lesson="cache",
    task=TASK,
    start=_REMOVED,
    hints=(
        "Whose reference does `SSL_CTX_remove_session` give back?",
        "After the removal it is 1 = s. Give back what `SSL_get1_session` took.",
    ),
    par=1,
    praise="The cache gave back its own, and you gave back yours.",
    goal=Written(
        checks=(
            keeps("SSL_accept", "SSL_CTX_remove_session"),
            needs(
                lambda run: not any(finding.kind == "over_release" for finding in run.findings),
                "That is one free too many. The cache gives back its reference by itself.",
            ),
            is_clean,
        ),
        solution=_REMOVED + "SSL_SESSION_free(s);\n",
        tries=(
            Try(
                _REMOVED.replace("SSL_CTX_remove_session(ctx, s)", "SSL_SESSION_free(s)"),
                "The program has lost its purpose: put SSL_CTX_remove_session back.",
            ),
            Try(
                _REMOVED.replace(
                    "SSL_CTX_remove_session(ctx, s);\n",
                    "SSL_SESSION_free(s);\nSSL_SESSION_free(s);\nSSL_CTX_remove_session(ctx, s);\n",
                ),
                "That is one free too many.",
            ),
            Try(
                _REMOVED.replace("SSL_CTX_free", "SSL_CTX_flush_sessions(ctx, 0);\nSSL_CTX_free"),
                "Not yet. The reference to session#1 taken at line 6 is never given back",
            ),
        ),
    ),
)


def _frees_what_is_lent(run: Judged) -> bool:
    return any(finding.kind == "borrowed_free" for finding in run.findings)


FLUSH_HANGS = Challenge(
    name="flush-hangs",
    title="The flush that never returns",
    kind="repair",
    lesson="broke_here",
    task="Change one line, so that the run is clean and still does its work. There are two ways.",
    start=ONE_LINE_MORE.text,
    hints=(
        "Go to ▲, the first wrong step. What was `peek` given?",
        "Leave the free out, or take a reference that it can give back.",
    ),
    par=1,
    praise="What is freed was taken. Try the other way too: a line less, or one digit.",
    goal=Written(
        checks=(
            keeps("SSL_accept", "SSL_free", "SSL_CTX_flush_sessions"),
            refuses(
                _frees_what_is_lent,
                "`peek` is still lent and still freed: the free takes what the cache needs.",
            ),
            is_clean,
        ),
        solution=ONE_LINE_MORE.text.replace("SSL_SESSION_free(peek);\n", ""),
        tries=(
            Try(
                ONE_LINE_MORE.text.replace("SSL_CTX_flush_sessions(ctx, 0);\n", ""),
                "The program has lost its purpose: put SSL_CTX_flush_sessions back.",
            ),
            Try(
                ONE_LINE_MORE.text.replace("SSL_SESSION_free(peek);", "").replace(
                    "SSL_free(ssl);", "SSL_free(ssl);\nSSL_SESSION_free(peek);"
                ),
                "`peek` is still lent and still freed",
            ),
            Try(
                ONE_LINE_MORE.text.replace(
                    "SSL_SESSION_free(peek);",
                    "SSL_SESSION_up_ref(peek);\nSSL_SESSION_up_ref(peek);\nSSL_SESSION_free(peek);",
                ),
                "Not yet. ",
            ),
        ),
    ),
)

_CALLBACK = """\
/* sslrefs: peer TLS 1.2 */
int on_new(SSL *ssl, SSL_SESSION *session)
{
    printf("a new session");
    return 1;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
"""

CALLBACK = Challenge(
    name="callback",
    title="Kept by nobody",
    kind="repair",
    lesson="callbacks",
    task=TASK,
    start=_CALLBACK,
    hints=(
        "The callback is offered one reference. What does its return value say about it?",
        "1 keeps the reference, and nothing here stores it. What hands it back?",
    ),
    par=1,
    praise="0 hands the reference back: the callback only looked.",
    goal=Written(
        checks=(
            keeps("SSL_connect", "SSL_CTX_sess_set_new_cb"),
            needs(
                lambda run: "SSL_SESSION_free(session)" not in run.source,
                "It may be freed there, if 1 is returned. But a callback that only looks hands "
                "it back by its return value.",
            ),
            is_clean,
        ),
        solution=_CALLBACK.replace("return 1;", "return 0;"),
        tries=(
            Try(
                _CALLBACK.replace("SSL_CTX_sess_set_new_cb(ctx, on_new);\n", ""),
                "The program has lost its purpose: put SSL_CTX_sess_set_new_cb back.",
            ),
            Try(
                _CALLBACK.replace("return 1;", "SSL_SESSION_free(session);\n    return 0;"),
                "It may be freed there, if 1 is returned.",
            ),
            Try(
                _CALLBACK.replace("return 1;", "SSL_SESSION_up_ref(session);\n    return 0;"),
                "Not yet. ",
            ),
        ),
    ),
)

_TWICE = OVERWRITTEN.text

CONNECTED_TWICE = Challenge(
    name="connected-twice",
    title="Everything was freed, and the context stays",
    kind="repair",
    lesson="contexts",
    task="A program connects twice, and its context is never gone. " + TASK,
    start=_TWICE,
    hints=(
        "Who holds the context after the last line?",
        "The first connection lost its name in line 4. Free it while it has one.",
    ),
    par=1,
    praise="The connection gives back its two references to the context, and its session.",
    goal=Written(
        checks=(
            needs(
                lambda run: run.source.count("SSL_connect(ssl)") == 2,
                "The program needs both of its connections: put the second back.",
            ),
            refuses(
                lambda run: run.source.count("SSL_CTX_free(") > 1,
                "The context has one free too many now. It is not yours to free a second time: "
                "ask who holds it.",
            ),
            is_clean,
        ),
        solution=_TWICE.replace("\nssl =", "\nSSL_free(ssl);\nssl ="),
        tries=(
            Try(
                _TWICE.replace("ssl = SSL_new(ctx);\nSSL_connect(ssl);\nSSL_shut", "SSL_shut"),
                "The program needs both of its connections",
            ),
            Try(_TWICE + "SSL_CTX_free(ctx);\n" * 2, "The context has one free too many now."),
            Try(_TWICE.replace("\nssl =", "\nSSL_shutdown(ssl);\nssl ="), "Not yet. "),
        ),
    ),
)
