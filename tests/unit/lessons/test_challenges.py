"""Every challenge can be solved at its par, and every likely wrong try gets its own reply."""

from __future__ import annotations

import pytest

from sslrefs.lessons import LESSONS
from sslrefs.lessons.challenges import CHALLENGES, challenge_named
from sslrefs.lessons.challenges.challenge import Challenge, Chosen, Written
from sslrefs.lessons.challenges.judge import CANNOT_RUN, judge_line, judge_run, lines_changed
from sslrefs.studio.run import run

WRITTEN = [one for one in CHALLENGES if isinstance(one.goal, Written)]
CHOSEN = [one for one in CHALLENGES if isinstance(one.goal, Chosen)]
each_written = pytest.mark.parametrize("challenge", WRITTEN, ids=lambda one: one.name)
each_chosen = pytest.mark.parametrize("challenge", CHOSEN, ids=lambda one: one.name)


def goal(challenge: Challenge) -> Written:
    assert isinstance(challenge.goal, Written)
    return challenge.goal


def test_there_are_enough_of_every_kind() -> None:
    kinds = [challenge.kind for challenge in CHALLENGES]

    assert len(CHALLENGES) >= 15
    assert {kind: kinds.count(kind) >= 3 for kind in set(kinds)} == dict.fromkeys(
        ("reach", "break", "repair", "explain"), True
    )
    assert len({challenge.name for challenge in CHALLENGES}) == len(CHALLENGES)
    assert len({challenge.title for challenge in CHALLENGES}) == len(CHALLENGES)


def test_every_challenge_belongs_to_a_lesson() -> None:
    lessons = {lesson.name for lesson in LESSONS}

    assert [one.name for one in CHALLENGES if one.lesson not in lessons] == []


@each_written
def test_the_text_it_begins_with_does_not_reach_the_goal(challenge: Challenge) -> None:
    verdict = judge_run(challenge, run(challenge.start))

    assert not verdict.is_solved
    assert verdict.says


@each_written
def test_the_solution_reaches_the_goal_at_par(challenge: Challenge) -> None:
    verdict = judge_run(challenge, run(goal(challenge).solution))

    assert verdict.cost == challenge.par, verdict.says
    assert verdict.says.startswith(challenge.praise)
    assert verdict.says.endswith("that is par.")


@each_written
def test_a_likely_wrong_try_gets_the_reply_made_for_it(challenge: Challenge) -> None:
    assert goal(challenge).tries
    for attempt in goal(challenge).tries:
        verdict = judge_run(challenge, run(attempt.text))

        assert not verdict.is_solved, attempt.text
        assert verdict.says.startswith(attempt.reply), attempt.text


@each_written
def test_every_check_is_one_that_some_try_fails(challenge: Challenge) -> None:
    runs = [run(text) for text in (challenge.start, *(one.text for one in goal(challenge).tries))]
    first = [
        next(check for check in goal(challenge).checks if check(each) is not None) for each in runs
    ]

    assert [check for check in goal(challenge).checks if check not in first] == []


@each_chosen
def test_the_line_to_choose_is_the_first_wrong_one_of_the_run(challenge: Challenge) -> None:
    assert isinstance(challenge.goal, Chosen)
    (finding,) = run(challenge.start).findings

    assert challenge.goal.line == finding.wrong_line
    assert finding.shows_line is not None
    verdict = judge_line(challenge, finding.wrong_line, choices=1)
    assert verdict.cost == challenge.par == 1
    assert "1 choice: that is par." in verdict.says


@each_chosen
def test_every_other_line_that_runs_has_a_reply_of_its_own(challenge: Challenge) -> None:
    assert isinstance(challenge.goal, Chosen)
    lines = {step.line for step in run(challenge.start).timeline.steps}
    replies = challenge.goal.replies

    assert set(replies) | {challenge.goal.line} == lines
    assert len(set(replies.values())) == len(replies)
    for line, reply in replies.items():
        verdict = judge_line(challenge, line, choices=1)

        assert (verdict.is_solved, verdict.says) == (False, reply)


def test_a_text_that_cannot_be_run_is_no_traceback() -> None:
    assert judge_run(WRITTEN[0], None).says == CANNOT_RUN


def test_a_run_that_was_cut_off_reaches_no_goal() -> None:
    text = "SSL_SESSION *s = SSL_SESSION_new();\nwhile (1) SSL_SESSION_up_ref(s);\n"

    verdict = judge_run(challenge_named("count-three"), run(text))

    assert not verdict.is_solved
    assert verdict.says.startswith("Not yet: the run was cut off.")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("SSL_SESSION_up_ref(s);\n" * 3 + "SSL_SESSION_free(s);\n" * 4, "8 calls; par is 6."),
        ("SSL_SESSION_up_ref(s);\n" * 2 + "SSL_SESSION_free(s);\n" * 3, "6 calls: that is par."),
    ],
)
def test_more_calls_than_par_are_told_and_solve(more: str, says: str) -> None:
    challenge = challenge_named("count-three")

    assert judge_run(challenge, run(challenge.start + more)).says.endswith(says)


def test_better_than_par_is_told_too() -> None:
    challenge = challenge_named("shared")
    fewer = goal(challenge).solution.replace("SSL_SESSION *s = SSL_get0_session(ssl);\n", "")
    fewer = fewer.replace("SSL_set_session(next, s)", "SSL_copy_session_id(next, ssl)")

    assert judge_run(challenge, run(fewer)).says.endswith("8 calls: better than par, which is 9.")


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        ("a;\nb;\n", 0),
        ("a;\n\n  b;\n", 0),
        ("a;\nc;\n", 1),
        ("b;\n", 1),
        ("a;\nx;\nb;\ny;\n", 2),
        ("x;\ny;\nz;\n", 3),
    ],
)
def test_changed_lines_are_counted_without_empty_ones(after: str, changed: int) -> None:
    assert lines_changed("a;\nb;\n", after) == changed


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "outlive",
            "SSL_free(ssl);\n",
            "SSL_get0_session(ssl);\nSSL_SESSION *s = SSL_get1_session(ssl);\nSSL_free(ssl);\n"
            "SSL_SESSION_free(NULL);\n",
        ),
        (
            "offered-and-kept",
            "SSL_get1_session(ssl);\n",
            "SSL_get0_session(ssl);\nSSL_SESSION_up_ref(kept);\n",
        ),
        (
            "client-cache",
            "SSL_free(ssl);\n",
            "SSL_CTX_add_session(ctx, SSL_get0_session(ssl));\nSSL_free(ssl);\n",
        ),
        ("not-yet-expired", "ctx, 100", "ctx, 99"),
        ("broken-off", "SSL_free(ssl)", "SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN);\nSSL_free(ssl)"),
        ("removed", "SSL_CTX_remove", "SSL_SESSION_free(s);\nSSL_CTX_remove"),
    ],
)
def test_another_way_to_the_goal_is_taken_too(name: str, old: str, new: str) -> None:
    challenge = challenge_named(name)
    text = challenge.start.replace(old, new, 1)
    if name == "outlive":
        text += "SSL_SESSION_free(s);\n"
    if name == "offered-and-kept":
        text = text.replace("SSL_connect(next)", "SSL_SESSION_free(kept);\nSSL_connect(next)")

    verdict = judge_run(challenge, run(text))

    assert verdict.is_solved, verdict.says


def test_the_two_ways_to_repair_the_flagship_both_solve() -> None:
    challenge = challenge_named("flush-hangs")
    taken = challenge.start.replace("get0", "get1")

    assert judge_run(challenge, run(taken)).cost == 1


def test_a_challenge_of_the_other_sort_is_refused() -> None:
    with pytest.raises(TypeError, match="first-wrong asks for a line: use judge_line"):
        judge_run(CHOSEN[0], None)
    with pytest.raises(TypeError, match="not-given-back asks for a text: use judge_run"):
        judge_line(WRITTEN[0], 1, choices=1)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no challenge is called 'x'; there are: not-given-back, "):
        challenge_named("x")
