"""Challenges on two threads: say the order that goes wrong, and leave no order that does."""

from __future__ import annotations

from sslrefs.lessons.catalogue.two_threads_runs import CALM, LOCKED
from sslrefs.lessons.challenges.challenge import Challenge, Judged, Try, Written
from sslrefs.lessons.challenges.checks import breaks_with, is_clean, keeps, needs, refuses

__all__ = ["BAD_ORDER", "OPEN_TOO_EARLY"]

_DIRECTION = "sslrefs: schedule"
_PROGRAM = CALM.text.partition("\n")[2]


def _without_order(run: Judged) -> str:
    lines = run.source.splitlines(keepends=True)
    return "".join(line for line in lines if _DIRECTION not in line)


def _ordered(numbers: str) -> str:
    return f"/* {_DIRECTION} {numbers} */\n{_PROGRAM}"


BAD_ORDER = Challenge(
    name="bad-order",
    title="Once a week, now",
    kind="break",
    lesson="two_threads",
    task="In this order all is well. Write one that goes wrong, a `race`: change the numbers of "
    "`schedule`, each of which gives a thread one turn, and nothing else.",
    start=CALM.text,
    hints=(
        "In which gap has `mine` the address, and no reference?",
        "Let thread 1 copy the pointer, and then thread 2 do all it does: 1 2 2 2, and 1 again.",
    ),
    par=1,
    praise="Now it happens each time, and can be shown to somebody else.",
    goal=Written(
        checks=(
            needs(
                lambda run: _without_order(run) == _PROGRAM,
                "Change the numbers only: the program stays as it is.",
            ),
            needs(
                lambda run: _DIRECTION in run.source,
                "Without the direction the machine looks for an order. Say one yourself.",
            ),
            breaks_with("race", "Asked for is an order that makes a `race`."),
        ),
        is_one_line=True,
        solution=_ordered("1 2 2 2 1 1"),
        tries=(
            Try(_PROGRAM, "Without the direction the machine looks for an order."),
            Try(
                _ordered("1 1 1 2 2 2").replace("SSL_SESSION_free(old);", ""),
                "Change the numbers only",
            ),
            Try(_ordered("2 2 2 1 1 1"), "Not yet: this run is clean."),
            Try(_ordered("1 1 2 2 2 1"), "Not yet: this run is clean."),
        ),
    ),
)

_TAKE = "    if (mine != NULL) SSL_SESSION_up_ref(mine);\n"
_OPEN = "    pthread_mutex_unlock(&lock);\n"
_LOCK = "    pthread_mutex_lock(&lock);\n"
_COPY = "    SSL_SESSION *mine = shared;\n"
_EARLY = LOCKED.text.replace(_TAKE + _OPEN, _OPEN + _TAKE)

OPEN_TOO_EARLY = Challenge(
    name="open-too-early",
    title="Opened too early",
    kind="repair",
    lesson="two_threads",
    task="There is a lock, and still some orders go wrong. Move one line, so that none does.",
    start=_EARLY,
    hints=(
        "What may `evict` do between line 6 and line 7?",
        "Copying and counting are one act: open the lock after `SSL_SESSION_up_ref`.",
    ),
    par=2,
    praise="Copied and counted under one lock: no order goes wrong. (A moved line counts twice.)",
    goal=Written(
        checks=(
            refuses(
                lambda run: _DIRECTION in run.source,
                "That names one order, and in the world nobody does. All orders must be clean.",
            ),
            needs(
                lambda run: run.source.count("pthread_create(") == 2,
                "One thread alone is always right: let both run.",
            ),
            keeps("SSL_SESSION_up_ref", "SSL_SESSION_free"),
            is_clean,
        ),
        solution=LOCKED.text,
        tries=(
            Try(f"/* {_DIRECTION} 1 1 1 2 2 2 */\n{_EARLY}", "That names one order"),
            Try(
                _EARLY.replace("pthread_create(&t2, NULL, evict, NULL);\n", "").replace(
                    "pthread_join(t2, NULL);\n", ""
                ),
                "One thread alone is always right",
            ),
            Try(
                _EARLY.replace(_TAKE, "").replace("    SSL_SESSION_free(mine);\n", ""),
                "The program has lost its purpose: put SSL_SESSION_up_ref back.",
            ),
            Try(
                _EARLY.replace(_LOCK + _COPY + _OPEN + _TAKE, _COPY + _LOCK + _TAKE + _OPEN),
                "Not yet. ",
            ),
        ),
    ),
)
