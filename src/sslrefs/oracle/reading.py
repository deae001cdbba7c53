"""A recorded timeline, read as a script that libssl can be led through."""

from __future__ import annotations

import re

from sslrefs.model.outcome import CallbackRun
from sslrefs.oracle.script import CallbackScript, Deed, Statement
from sslrefs.trace.timeline import Called, Ran, Step, Timeline

__all__ = ["read_timeline"]

_CALL = re.compile(r"(?:[\w\s*]+=\s*)?(?P<name>\w+)\s*(?P<rest>\(.*\))", re.DOTALL)


def read_timeline(timeline: Timeline) -> tuple[Statement, ...]:
    """The statements at the top of the run, up to where undefined behaviour begins."""
    statements = []
    for step in timeline.steps:
        if step.depth > 0:
            continue  # it is inside a later one
        statement = _statement(timeline, step)
        statements.append(statement)
        if statement.is_undefined:
            break
    return tuple(statements)


def _statement(timeline: Timeline, step: Step) -> Statement:
    """One step with all that ran inside it."""
    acts: list[Deed | Statement] = []
    ran: tuple[Statement, ...] = ()
    for event in step.events:
        match event:
            case Called(name=name, arguments=arguments, directions=directions):
                acts += ran
                ran = ()
                acts.append(Deed(name, arguments, directions))
            case Ran(first=first, last=last):
                acts += ran
                inner = (s for s in timeline.steps[first : last + 1] if s.depth == step.depth + 1)
                ran = tuple(_statement(timeline, one) for one in inner)
            case CallbackRun():
                # A function that ran just before this event was the callback.
                _add_callback(acts, event, ran)
                ran = ()
            case _:
                pass
    acts += ran
    return Statement(
        step.index,
        tuple(acts),
        step.world,
        step.returned,
        has_result=_is_one_call(step),
        is_undefined=step.undefined is not None,
    )


def _add_callback(
    acts: list[Deed | Statement], run: CallbackRun, ran: tuple[Statement, ...]
) -> None:
    """Give a callback to the call that libssl made it in: the last one."""
    deed = acts[-1]
    assert isinstance(deed, Deed)
    script = CallbackScript(run.name, run.function, run.arguments, run.returned, run.copy, ran)
    acts[-1] = deed._replace(callbacks=(*deed.callbacks, script))


def _is_one_call(step: Step) -> bool:
    """Whether the step's value is what its last call returned, as in `s = f(g(x));`."""
    match = _CALL.fullmatch(step.text.strip().rstrip(";").strip())
    if match is None or not step.calls or match["name"] != step.calls[-1]:
        return False
    depth = 0
    for place, letter in enumerate(match["rest"]):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return place == len(match["rest"]) - 1
    return False
