"""The judge of challenges: reads a finished run, or a chosen line, and answers.

Runs nothing itself.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from sslrefs.lessons.challenges.challenge import Challenge, Chosen, Judged, Verdict, Written

__all__ = ["CANNOT_RUN", "calls_made", "judge_line", "judge_run", "lines_changed"]

CANNOT_RUN = "This text cannot be run. Its player says why: mend it, then try again."


def judge_run(challenge: Challenge, run: Judged | None) -> Verdict:
    """The verdict on a text that was written for a challenge.

    Args:
        challenge: What was asked for.
        run: The learner's run, or None when the text cannot be run.

    Raises:
        TypeError: The challenge asks for a line, not for a text.
    """
    if not isinstance(challenge.goal, Written):
        message = f"{challenge.name} asks for a line: use judge_line"
        raise TypeError(message)
    if run is None:
        return Verdict(says=CANNOT_RUN)
    if run.timeline.cut is not None:
        return Verdict(says=f"Not yet: the run was cut off. {run.timeline.cut}")
    for check in challenge.goal.checks:
        missing = check(run)
        if missing is not None:
            return Verdict(says=missing)
    counts_lines = challenge.unit == "changed line"
    cost = lines_changed(challenge.start, run.source) if counts_lines else calls_made(run)
    return _solved(challenge, cost)


def judge_line(challenge: Challenge, line: int, *, choices: int) -> Verdict:
    """The verdict on a chosen line.

    Args:
        challenge: What was asked for.
        line: The line that was chosen, counted from 1.
        choices: How many different lines were chosen so far, this one included.

    Raises:
        TypeError: The challenge asks for a text, not for a line.
    """
    goal = challenge.goal
    if not isinstance(goal, Chosen):
        message = f"{challenge.name} asks for a text: use judge_run"
        raise TypeError(message)
    if line == goal.line:
        return _solved(challenge, choices)
    return Verdict(says=goal.replies[line])


def calls_made(run: Judged) -> int:
    """How many functions of libssl the run called, a method such as TLS_client_method apart."""
    return sum(name.startswith("SSL_") for step in run.timeline.steps for name in step.calls)


def lines_changed(before: str, after: str) -> int:
    r"""How many lines were added, taken out or written anew; empty ones do not count.

    >>> lines_changed("a;\nb;\n", "a;\n\nc;\nd;\n")
    2
    """
    old, new = (
        [line.strip() for line in text.splitlines() if line.strip()] for text in (before, after)
    )
    changes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return sum(max(a2 - a1, b2 - b1) for kind, a1, a2, b1, b2 in changes if kind != "equal")


def _solved(challenge: Challenge, cost: int) -> Verdict:
    number = f"{cost} {challenge.unit}{'' if cost == 1 else 's'}"
    if cost == challenge.par:
        compared = f"{number}: that is par."
    elif cost < challenge.par:
        compared = f"{number}: better than par, which is {challenge.par}."
    else:
        compared = f"{number}; par is {challenge.par}."
    return Verdict(says=f"{challenge.praise} {compared}", cost=cost)
