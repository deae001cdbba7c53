"""Each kind of text a learner may come up with gets its own reply."""

from __future__ import annotations

import pytest

from sslrefs.lessons.catalogue.broke_here import ANOTHER_WAY, CLEAN, ONE_LINE_MORE, TAKEN
from sslrefs.lessons.challenges import CANNOT_RUN, breaks_at_the_flush, is_repaired
from sslrefs.studio.run import run

UNCLEAN = TAKEN.text.replace("SSL_shutdown(ssl);\n", "SSL_SESSION_free(peek);\n")


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (
            ANOTHER_WAY.text,
            "Yes: over_release, wrong at line 8, shows at line 11, in SSL_CTX_flush_sessions.",
        ),
        (CLEAN.text, "Not yet: this run is clean."),
        (ONE_LINE_MORE.text, "That is a bug, but SSL_get0_session is still there."),
        (
            ONE_LINE_MORE.text.replace("get0_", "get_"),
            "That is a bug, but SSL_get_session is still there.",
        ),
        (UNCLEAN, "Another bug (over_release), and it does not show at the flush."),
        (TAKEN.text.replace("SSL_SESSION_free(peek);\n", ""), "Another bug (leak)"),
    ],
)
def test_breaking_at_the_flush(text: str, reply: str) -> None:
    assert breaks_at_the_flush(run(text)).startswith(reply)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (ONE_LINE_MORE.text, "Not yet. Line 7 gives back a reference to session#1"),
        (TAKEN.text, "Clean: you take a reference, so the free gives back your own."),
        (
            ONE_LINE_MORE.text.replace(
                "SSL_SESSION_free", "SSL_SESSION_up_ref(peek);\nSSL_SESSION_free"
            ),
            "Clean: you take a reference, so the free gives back your own.",
        ),
        (CLEAN.text, "Clean: what is lent is not freed."),
        (
            ONE_LINE_MORE.text.replace("SSL_accept(ssl);\n", ""),
            "Clean, but the program has lost its purpose: put SSL_accept back.",
        ),
        (
            "SSL_SESSION_free(NULL);",
            "Clean, but the program has lost its purpose: "
            "put SSL_accept and SSL_free and SSL_CTX_flush_sessions back.",
        ),
        (
            CLEAN.text.replace("SSL_shutdown", "SSL_SESSION_free(NULL);\nSSL_shutdown"),
            "Clean.",
        ),
    ],
)
def test_repairing(text: str, reply: str) -> None:
    assert is_repaired(run(text)).startswith(reply)


def test_a_text_that_cannot_be_run_is_no_traceback() -> None:
    assert breaks_at_the_flush(None) == CANNOT_RUN
    assert is_repaired(None) == CANNOT_RUN


def test_replies_fit_a_line_of_output() -> None:
    lines = [*is_repaired(run(ONE_LINE_MORE.text)).splitlines()]
    lines += breaks_at_the_flush(run(UNCLEAN)).splitlines()

    assert max(len(line) for line in lines) <= 90
