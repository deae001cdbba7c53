from __future__ import annotations

from sslrefs.lessons.catalogue import alive
from sslrefs.lessons.challenges.judge import CANNOT_RUN
from sslrefs.lessons.tasks import breaks_with, is_clean_with
from sslrefs.studio.run import run

KEEPS = ("SSL_shutdown", "SSL_connect")


def test_the_bug_that_is_asked_for_is_accepted() -> None:
    said = breaks_with(run(alive.DETACHED.text), "not_resumable", keeps=KEEPS)

    assert said.startswith("Yes: not_resumable. Line 7 made session#1 not resumable")


def test_a_clean_run_and_another_bug_are_not() -> None:
    leak = alive.CLEAN.text.replace("SSL_SESSION_free(s);\n", "")

    assert breaks_with(run(alive.CLEAN.text), "leak") == (
        "Not yet: this run is clean. Asked for is leak."
    )
    assert breaks_with(run(leak), "not_resumable") == (
        "A bug, but another one: leak. Asked for is not_resumable."
    )


def test_a_repair_is_judged() -> None:
    assert is_clean_with(run(alive.LATE.text), keeps=KEEPS) == "Clean."
    assert is_clean_with(run(alive.EARLY.text), keeps=KEEPS).startswith("Not yet. The session")


def test_an_empty_text_is_no_solution() -> None:
    emptied = "The program has lost its purpose: put SSL_shutdown and SSL_connect back."

    assert is_clean_with(run("SSL_SESSION_free(NULL);"), keeps=KEEPS) == emptied
    assert breaks_with(run("SSL_SESSION *s = SSL_SESSION_new();"), "leak", keeps=KEEPS) == emptied


def test_a_text_that_cannot_be_run_is_no_traceback() -> None:
    assert breaks_with(None, "leak") == is_clean_with(None, keeps=KEEPS) == CANNOT_RUN
