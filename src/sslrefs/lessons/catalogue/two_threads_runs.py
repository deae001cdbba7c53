"""The C texts of lesson 10, and what their runs show."""

from __future__ import annotations

from sslrefs.lessons.scenario import Bug, Expected, Scenario, Tally

__all__ = ["CALM", "GAP", "HALF_LOCKED", "LOCKED", "ONE_EACH", "ONE_FOR_TWO", "SPOILED"]

_SHARED = "SSL_SESSION *shared = SSL_SESSION_new();\n"
_MUTEX = "pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;\n"
_LOCK = "    pthread_mutex_lock(&lock);\n"
_UNLOCK = "    pthread_mutex_unlock(&lock);\n"
_COPY = "    SSL_SESSION *mine = shared;\n"
_TAKE = "    if (mine != NULL) SSL_SESSION_up_ref(mine);\n"
_GIVE = "    SSL_SESSION_free(mine);\n"
_END = "    return NULL;\n}\n"
_EVICT = """\
    SSL_SESSION *old = shared;
    shared = NULL;
    SSL_SESSION_free(old);
"""


def _threads(first: str, second: str) -> str:
    return f"""\
pthread_t t1, t2;
pthread_create(&t1, NULL, {first}, NULL);
pthread_create(&t2, NULL, {second}, NULL);
pthread_join(t1, NULL);
pthread_join(t2, NULL);
"""


def _look_up_and_evict(look_up: str, evict: str, head: str = "") -> str:
    return (
        f"{head}{_SHARED}void *look_up(void *unused) {{\n{look_up}{_END}"
        f"void *evict(void *unused) {{\n{evict}{_END}{_threads('look_up', 'evict')}"
    )


GAP = Scenario(
    _look_up_and_evict(_COPY + _TAKE + _GIVE, _EVICT),
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("shared",)),
            Tally(3, "session#1", 1, ("shared",)),
            Tally(10, "session#1", 1, ("evict:old",)),
            Tally(11, "session#1", 0),
        ),
        bug=Bug("race", 3, 4),
    ),
)

CALM = Scenario(
    _look_up_and_evict(_COPY + _TAKE + _GIVE, _EVICT, "/* sslrefs: schedule 1 1 1 2 2 2 */\n"),
    Expected(
        tallies=(
            Tally(2, "session#1", 1, ("shared",)),
            Tally(4, "session#1", 1, ("shared",)),
            Tally(5, "session#1", 2, ("shared", "look_up:mine")),
            Tally(6, "session#1", 1, ("shared",)),
            Tally(11, "session#1", 1, ("evict:old",)),
            Tally(12, "session#1", 0),
        )
    ),
)

HALF_LOCKED = Scenario(
    _look_up_and_evict(
        _COPY + _LOCK + _TAKE + _UNLOCK + _GIVE, _LOCK + _EVICT + _UNLOCK, head=_MUTEX
    ),
    Expected(
        tallies=(
            Tally(2, "session#1", 1, ("shared",)),
            Tally(4, "session#1", 1, ("shared",)),
            Tally(15, "session#1", 0),
        ),
        bug=Bug("race", 4, 6),
    ),
)

LOCKED = Scenario(
    _look_up_and_evict(
        _LOCK + _COPY + _TAKE + _UNLOCK + _GIVE, _LOCK + _EVICT + _UNLOCK, head=_MUTEX
    ),
    Expected(
        tallies=(
            Tally(5, "session#1", 1, ("shared",)),
            Tally(6, "session#1", 2, ("shared", "look_up:mine")),
            Tally(8, "session#1", 1, ("shared",)),
            Tally(15, "session#1", 0),
        )
    ),
)


def _both_free(before: str) -> str:
    return (
        f"{_SHARED}{before}void *finish(void *unused) {{\n"
        f"    SSL_SESSION_get_time(shared);\n    SSL_SESSION_free(shared);\n{_END}"
        f"{_threads('finish', 'finish')}"
    )


ONE_FOR_TWO = Scenario(
    _both_free(""),
    Expected(
        tallies=(Tally(1, "session#1", 1, ("shared",)), Tally(4, "session#1", 0)),
        bug=Bug("race", 4, 3),
    ),
)

ONE_EACH = Scenario(
    _both_free("SSL_SESSION_up_ref(shared);\n"),
    Expected(
        tallies=(
            Tally(1, "session#1", 1, ("shared",)),
            Tally(2, "session#1", 2, ("shared", "shared")),
            Tally(5, "session#1", 0),
        )
    ),
)

SPOILED = Scenario(
    """\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *leaving = SSL_new(ctx);
SSL_accept(leaving);
SSL *coming = SSL_new(ctx);
void *leave(void *unused) {
    SSL_free(leaving);
    return NULL;
}
void *come_back(void *unused) {
    SSL_accept(coming); /* sslrefs: peer resumes */
    SSL_shutdown(coming);
    SSL_free(coming);
    return NULL;
}
"""
    + _threads("leave", "come_back")
    + "SSL_CTX_free(ctx);\n",
    Expected(
        tallies=(
            Tally(5, "session#1", 2, ("ssl#1.session", "ctx#1.cache")),
            Tally(8, "session#1", 0),
            Tally(12, "session#2", 2, ("ssl#2.session", "ctx#1.cache")),
        ),
        bug=Bug("race", 8, 12),
    ),
)
