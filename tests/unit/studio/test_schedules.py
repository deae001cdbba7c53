"""Orders of threads: each is tried once, the simplest first, and one that fails is shown."""

from __future__ import annotations

from math import comb

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.studio import schedules
from sslrefs.studio.run import run

TEXT = """
SSL_SESSION *s = SSL_SESSION_new();
void *up(void *unused) { SSL_SESSION_up_ref(s); SSL_SESSION_free(s); SSL_SESSION_free(s); }
void *look(void *unused) { SSL_SESSION_get_time(s); SSL_SESSION_get_timeout(s); }
pthread_t t1, t2;
pthread_create(&t1, NULL, up, NULL);
pthread_create(&t2, NULL, look, NULL);
pthread_join(t1, NULL);
pthread_join(t2, NULL);
"""
CLEAN = TEXT.replace("SSL_SESSION_free(s); }", "}") + "SSL_SESSION_free(s);\n"


def test_every_order_is_tried_once() -> None:
    assert f"all {comb(4, 2)} orders" in run(CLEAN).notes[-1].text
    assert run(CLEAN).findings == ()


def test_an_order_that_goes_wrong_is_shown_and_can_be_repeated() -> None:
    shown = run(TEXT)
    again = run(shown.pinned)

    assert [finding.kind for finding in shown.findings] == ["race"]
    assert again.findings == shown.findings
    assert again.pinned == again.source
    assert [s.line for s in again.timeline.steps] == [s.line for s in shown.timeline.steps]


def test_the_order_of_a_clean_run_has_the_fewest_switches() -> None:
    assert [turn.thread for turn in run(CLEAN).timeline.turns] == [1, 1, 2, 2]


def test_too_many_orders_are_not_cut_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "MOST_ORDERS", 4)

    assert "4 orders of the threads were tried, those with the fewest switches; there are more" in (
        run(CLEAN).notes[-1].text
    )


def test_a_text_without_threads_is_run_as_it_is() -> None:
    text = "SSL_SESSION *s = SSL_SESSION_new();"

    assert run(text).timeline == run_text(text)
    assert run(text).pinned == text


def test_an_order_that_stands_still_goes_wrong() -> None:
    lock = "pthread_mutex_t lock;\n" + CLEAN.replace("{ SSL", "{ pthread_mutex_lock(&lock); SSL")

    shown = run(lock)

    assert "for ever" in (shown.timeline.cut or "")
    assert "2 go wrong" in shown.notes[-1].text
