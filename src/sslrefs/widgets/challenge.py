"""A challenge in a notebook: its task, a text to work on, hints, a verdict, and the player.

Shows and asks; what is right is said by the judge in `lessons.challenges`.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache, partial
from importlib import resources
from typing import Any

import ipywidgets
import traitlets

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.lessons.challenges import challenge_named
from sslrefs.lessons.challenges.challenge import Challenge, Chosen, Verdict, Written
from sslrefs.lessons.challenges.checks import moments
from sslrefs.lessons.challenges.judge import judge_line, judge_run
from sslrefs.model.library import library_named
from sslrefs.studio.face import Face, Wish, face_of
from sslrefs.studio.run import Run, attempt
from sslrefs.widgets.choice import ChoiceButton
from sslrefs.widgets.dress import marked
from sslrefs.widgets.editor import Editor
from sslrefs.widgets.player import Player
from sslrefs.widgets.progress import PROGRESS, Progress

__all__ = ["ChallengeBox", "challenge", "style"]

KINDS = {
    "reach": "Reach it",
    "break": "Break it",
    "repair": "Repair it",
    "explain": "Explain it",
}
Press = Callable[[], None]


@cache
def style() -> str:
    """The style sheet of challenges, as an element."""
    sheet = resources.files("sslrefs.widgets").joinpath("challenge.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"


class ChallengeBox(ipywidgets.VBox):
    """A challenge to work on.

    Attributes:
        challenge: What is asked for.
        progress: What was done so far, kept with the notebook's widgets: `solved`, `best`
            (the least it took, or None), `tries`, `hints` (how many were shown).
        editor: The learner's text; None where a line is to be chosen.
        player: The player of the last run, or None.
    """

    progress = traitlets.Dict().tag(sync=True)

    def __init__(self, challenge: Challenge, *, progress: Progress = PROGRESS) -> None:
        """A challenge to work on; what was solved is noted in `progress`."""
        self.challenge = challenge
        self._book = progress
        self.player: Player | None = None
        self.editor: Editor | None = None
        self._lines: dict[int, ChoiceButton] = {}
        self._chosen: set[int] = set()
        self._hints, self._verdict = ipywidgets.HTML(), ipywidgets.HTML()
        self.buttons: dict[str, ChoiceButton] = {}
        best = progress.best.get(challenge.name)
        self._desk = ipywidgets.VBox([self._head(), *self._work(), self._hints, self._verdict])
        self._desk.add_class("sslrefs-desk")
        super().__init__([self._desk])
        self.add_class("sslrefs-challenge")
        self.progress = {"solved": best is not None, "best": best, "tries": 0, "hints": 0}
        if best is not None:
            self._mark_solved()

    @property
    def verdict(self) -> str:
        """The verdict that is shown, as HTML; empty before the first try."""
        return str(self._verdict.value)

    @property
    def hints(self) -> str:
        """The hints that are shown, as HTML."""
        return str(self._hints.value)

    def run(self, text: str) -> None:
        """Run a text of the learner's, judge it and show it."""
        result = attempt(text)
        verdict = judge_run(self.challenge, result if isinstance(result, Run) else None)
        self._judged(verdict)
        self._play(result, text)

    def choose(self, line: int) -> None:
        """Choose a line as the first wrong one; the reply appears.

        Raises:
            KeyError: The line cannot be chosen.
        """
        button = self._lines[line]
        self._chosen.add(line)
        verdict = judge_line(self.challenge, line, choices=len(self._chosen))
        for each in self._lines.values():
            each.chosen = each is button
        self._judged(verdict)
        if verdict.is_solved:
            self._play(attempt(self.challenge.start), self.challenge.start)

    def hint(self) -> None:
        """Show one hint more; after the last one the solution can be shown."""
        shown = min(self.progress["hints"] + 1, len(self.challenge.hints))
        self.progress = {**self.progress, "hints": shown}
        self._hints.value = "".join(
            f'<div class="sslrefs-hint" role="status"><strong>Hint {number}.</strong> '
            f"{marked(text)}</div>"
            for number, text in enumerate(self.challenge.hints[:shown], 1)
        )
        self._label_buttons()

    def restart(self) -> None:
        """Put the text back that the challenge began with."""
        if self.editor is not None:
            self.editor.value = self.challenge.start
        self._verdict.value = ""

    def reveal(self) -> None:
        """Show a solution; the learner's text stays."""
        if self.progress["hints"] < len(self.challenge.hints) and not self.progress["solved"]:
            self._say("other", "A solution comes after the two hints.")
            return
        goal = self.challenge.goal
        if isinstance(goal, Written):
            shown = f"<pre>{html.escape(goal.solution)}</pre>"
            self._say("other", f"<strong>A solution at par.</strong>{shown}")
        else:
            line = self.challenge.start.splitlines()[goal.line - 1]
            self._say("other", f"It is line {goal.line}, <code>{html.escape(line)}</code>.")

    def _head(self) -> ipywidgets.HTML:
        one = self.challenge
        par = f"{one.par} {one.unit}{'' if one.par == 1 else 's'}"
        return ipywidgets.HTML(
            f'{style()}<h3><span class="sslrefs-kind">{KINDS[one.kind]}</span>'
            f"{html.escape(one.title)}</h3>{marked(one.task)} "
            f'<span class="sslrefs-par">Par: {par}.</span>'
        )

    def _work(self) -> list[Any]:
        """The text, as an editor or as lines to choose from, and the buttons below it."""
        presses: dict[str, Press] = {"Hint": self.hint, "Show a solution": self.reveal}
        work: Any
        if isinstance(self.challenge.goal, Written):
            work = self.editor = Editor(
                self.challenge.start,
                label="Your C text",
                run=lambda text: self._safely(partial(self.run, text)),
            )
            presses["Start again"] = self.restart
        else:
            work = self._lines_to_choose(self.challenge.goal)
        self.buttons = {name: self._button(name, press) for name, press in presses.items()}
        row = ipywidgets.HBox(list(self.buttons.values()))
        row.add_class("sslrefs-buttons")
        return [work, row]

    def _lines_to_choose(self, goal: Chosen) -> ipywidgets.VBox:
        shown: list[Any] = []
        for number, text in enumerate(self.challenge.start.splitlines(), 1):
            line = f"{number:>2}  {text}"
            if number == goal.line or number in goal.replies:
                self._lines[number] = self._button(line, partial(self.choose, number))
                shown.append(self._lines[number])
            else:
                shown.append(
                    ipywidgets.HTML(f'<div class="sslrefs-still">{html.escape(line)}</div>')
                )
        box = ipywidgets.VBox(shown)
        box.add_class("sslrefs-lines")
        return box

    def _button(self, name: str, press: Press) -> ChoiceButton:
        return ChoiceButton(description=name, press=partial(self._safely, press))

    def _safely(self, press: Press) -> None:
        """Do what a button says; what fails is seen in the widget."""
        try:
            press()
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            name = type(error).__name__
            self._say("error", f"<strong>This failed.</strong> {html.escape(f'{name}: {error}')}")

    def _judged(self, verdict: Verdict) -> None:
        before = self.progress
        self.progress = {**before, "tries": before["tries"] + 1}
        if verdict.cost is None:
            self._say("other", f"✗ {marked(verdict.says)}")
            return
        costs = [cost for cost in (before["best"], verdict.cost) if cost is not None]
        self.progress = {**self.progress, "solved": True, "best": min(costs)}
        self._book.solved(self.challenge.name, verdict.cost)
        self._say("right", f"<strong>✓ Solved.</strong> {marked(verdict.says)}")
        self._mark_solved()

    def _mark_solved(self) -> None:
        self._desk.add_class("sslrefs-solved")
        self._label_buttons()

    def _label_buttons(self) -> None:
        left = len(self.challenge.hints) - self.progress["hints"]
        self.buttons["Hint"].description = f"Hint ({left} left)" if left else "No hints left"

    def _say(self, kind: str, text: str) -> None:
        self._verdict.value = (
            f'<div class="sslrefs-verdict sslrefs-{kind}" role="status">{text}</div>'
        )

    def _play(self, result: Run | ScriptError, source: str) -> None:
        """Show the run in a new player, at the moment that matters."""
        position = _moment(result) if isinstance(result, Run) else 0

        def rerun(wish: Wish) -> Face:
            library = wish.library
            again = face_of(attempt(source, library=library_named(library)), library=library)
            return _spared(again) if self.challenge.kind == "repair" else again

        face = face_of(result)
        if self.challenge.kind == "repair":
            face = _spared(face)
        old = self.player
        self.player = Player(**face._asdict(), position=position, rerun=rerun)
        self.children = [self._desk, self.player]
        if old is not None:
            old.close()

    def __str__(self) -> str:
        one = self.challenge
        return f"{KINDS[one.kind]}: {one.title}\n{one.task}\n\n{one.start}"

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The widget, with the challenge as text where widgets cannot be shown."""
        bundle = super()._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def _spared(face: Face) -> Face:
    """The face without what to write instead: in a repair that is for the learner to find."""
    findings = face.payload.get("findings")
    if not isinstance(findings, list):
        return face
    return face._replace(
        payload={**face.payload, "findings": [{**finding, "fix": ""} for finding in findings]}
    )


def _moment(run: Run) -> int:
    """The first wrong step of a run, or the step at which most references are counted."""
    if run.findings:
        return run.findings[0].wrong_step + 1
    counts = [(count, step.index + 1) for step, _, count, _ in moments(run)]
    return max(counts, key=lambda one: one[0], default=(0, 0))[1]


def challenge(name: str) -> ChallengeBox:
    """A challenge to work on in the notebook.

    Args:
        name: Its name; `sslrefs.challenges()` shows all of them.

    Raises:
        ValueError: No challenge is called `name`; the message lists those that are there.

    Example:
        >>> challenge("three-holders").progress["solved"]
        False
    """
    return ChallengeBox(challenge_named(name))
