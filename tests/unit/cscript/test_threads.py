"""Threads take turns: whose turn it is, who waits, what each sees."""

from __future__ import annotations

import pytest

from sslrefs.audit.findings import judge
from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.trace.timeline import Timeline

TWO = """%s
SSL_SESSION *s = SSL_SESSION_new();
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
void *first(void *unused) {
%s
}
void *second(void *unused) {
%s
}
pthread_t t1, t2;
pthread_create(&t1, NULL, first, NULL);
pthread_create(&t2, NULL, second, NULL);
pthread_join(t1, NULL);
pthread_join(t2, NULL);
"""
UP_TWICE = "SSL_SESSION_up_ref(s);\nSSL_SESSION_up_ref(s);\nreturn NULL;"
DOWN_TWICE = "SSL_SESSION_free(s);\nSSL_SESSION_free(s);\nreturn NULL;"
LOCKED = "pthread_mutex_lock(&lock);\n{}\npthread_mutex_unlock(&lock);"


def two(first: str, second: str, schedule: str = "") -> Timeline:
    order = f"/* sslrefs: schedule {schedule} */" if schedule else ""
    return run_text(TWO % (order, first, second))


def order(timeline: Timeline) -> list[int]:
    return [step.thread for step in timeline.steps if step.thread]


def test_without_a_schedule_one_thread_ends_before_the_next_begins() -> None:
    assert order(two(UP_TWICE, DOWN_TWICE)) == [1, 1, 2, 2]


def test_a_schedule_says_who_makes_each_step() -> None:
    assert order(two(UP_TWICE, DOWN_TWICE, "2 1 2 1")) == [2, 1, 2, 1]


def test_after_the_schedule_the_latest_thread_goes_on() -> None:
    assert order(two(UP_TWICE, DOWN_TWICE, "1 2")) == [1, 2, 2, 1]


def test_a_turn_that_cannot_be_taken_is_said() -> None:
    timeline = two(UP_TWICE, DOWN_TWICE, "1 1 1 2")

    assert order(timeline) == [1, 1, 2, 2]
    assert any("names thread 1 when it has nothing to do" in n.text for n in timeline.notes)


def test_a_schedule_that_is_too_long_is_said() -> None:
    timeline = two(UP_TWICE, DOWN_TWICE, "1 1 2 2 2 1")

    assert any("nothing was left to do for 2 1" in note.text for note in timeline.notes)


def test_who_waits_for_a_mutex_has_no_turn() -> None:
    both = (LOCKED.format(UP_TWICE.removesuffix("\nreturn NULL;")), LOCKED.format("s = s;"))

    timeline = two(*both, "1 2 1 2 1")

    assert order(timeline)[:4] == [1, 1, 1, 1]
    assert [turn.able for turn in timeline.turns][:4] == [(1, 2), (1,), (1,), (1,)]
    assert order(timeline)[4:] == [2, 2, 2]


def test_threads_that_wait_for_each_other_are_stopped_with_a_message() -> None:
    locks = "pthread_mutex_lock(&{});\npthread_mutex_lock(&{});"
    text = TWO % (
        "/* sslrefs: schedule 1 2 */\npthread_mutex_t other;",
        locks.format("lock", "other"),
        locks.format("other", "lock"),
    )

    timeline = run_text(text.replace("*/\npthread", "*/ pthread"))

    assert timeline.cut == "the run stands still: thread 1 and thread 2 wait for a mutex for ever"


def test_a_mutex_locked_twice_by_one_thread_is_a_standstill() -> None:
    timeline = two("pthread_mutex_lock(&lock);\npthread_mutex_lock(&lock);", "")

    assert timeline.cut is not None
    assert "for ever" in timeline.cut


def test_each_thread_of_one_function_has_variables_of_its_own() -> None:
    timeline = run_text(
        "SSL_SESSION *s = SSL_SESSION_new();\n"
        "void *work(void *given) { SSL_SESSION *mine = given; SSL_SESSION_free(mine); }\n"
        "pthread_t t[2];\n"
        "SSL_SESSION_up_ref(s);\n"
        "for (int i = 0; i < 2; i++) pthread_create(&t[i], NULL, work, s);\n"
        "for (int i = 0; i < 2; i++) pthread_join(t[i], NULL);\n"
    )

    seen = {place for step in timeline.steps for place in step.variables}
    assert {"work:mine", "work(2):mine"} <= seen
    assert timeline.cut is None
    assert timeline.steps[-1].world.living() == []


def test_a_thread_nobody_joins_still_runs_and_that_is_said() -> None:
    timeline = run_text(
        "void *work(void *unused) { SSL_SESSION_new(); }\n"
        "pthread_t t;\npthread_create(&t, NULL, work, NULL);\n"
    )

    assert order(timeline) == [1]
    assert any("nobody joins thread 1 (work)" in note.text for note in timeline.notes)


def test_pthread_exit_ends_a_thread() -> None:
    assert order(two("pthread_exit(NULL);\nSSL_SESSION_free(s);", DOWN_TWICE)) == [2, 2]


def test_a_block_is_one_turn() -> None:
    timeline = two("if (s != NULL) {\n" + UP_TWICE + "\n}", DOWN_TWICE, "1 2 1")

    assert order(timeline) == [1, 1, 2, 2]


@pytest.mark.parametrize("schedule", ["0 1", "1,2", "one"])
def test_a_schedule_is_made_of_thread_numbers(schedule: str) -> None:
    with pytest.raises(ScriptError, match="unknown direction"):
        two(UP_TWICE, DOWN_TWICE, schedule)


def test_what_goes_wrong_in_every_order_is_no_race() -> None:
    """A session without a ticket, taken in one thread and offered in another."""
    text = """\
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static SSL_SESSION *shared;
static void *worker(void *arg)
{
    SSL *ssl = SSL_new(arg);
    pthread_mutex_lock(&lock);
    if (shared) SSL_set_session(ssl, shared);
    pthread_mutex_unlock(&lock);
    SSL_connect(ssl);
    pthread_mutex_lock(&lock);
    if (shared) SSL_SESSION_free(shared);
    shared = SSL_get1_session(ssl);
    pthread_mutex_unlock(&lock);
    SSL_shutdown(ssl);
    SSL_free(ssl);
    return NULL;
}
int main(void)
{
    pthread_t t[2];
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    for (int i = 0; i < 2; i++) pthread_create(&t[i], NULL, worker, ctx);
    for (int i = 0; i < 2; i++) pthread_join(t[i], NULL);
    SSL_SESSION_free(shared);
    SSL_CTX_free(ctx);
}
"""

    (finding,) = judge(run_text(text))

    assert finding.kind == "not_resumable"
    assert "SSL_read" in finding.fix
    assert "order decides" not in finding.message
