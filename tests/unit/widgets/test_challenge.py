"""The challenge widget: what its buttons do, what is kept, and what a failure looks like."""

from __future__ import annotations

import json
import zlib

import pytest

from sslrefs.lessons.challenges import CHALLENGES, challenge_named
from sslrefs.lessons.challenges.challenge import Written
from sslrefs.widgets.board import ChallengeBoard
from sslrefs.widgets.challenge import ChallengeBox, challenge
from sslrefs.widgets.progress import Progress

VIEW = "application/vnd.jupyter.widget-view+json"


def opened(name: str, progress: Progress | None = None) -> ChallengeBox:
    return ChallengeBox(challenge_named(name), progress=progress or Progress())


def write(box: ChallengeBox, text: str) -> None:
    assert box.editor is not None
    box.editor.value = text
    box.editor.press()


def press_run(box: ChallengeBox) -> None:
    assert box.editor is not None
    box.editor.press()


def solution(name: str) -> str:
    goal = challenge_named(name).goal
    assert isinstance(goal, Written)
    return goal.solution


def test_run_judges_the_text_and_shows_it() -> None:
    box = opened("lost-name")

    press_run(box)

    assert "✗ Not yet. Line 2 overwrites s" in box.verdict
    assert box.progress == {"solved": False, "best": None, "tries": 1, "hints": 0}
    assert box.player is not None
    assert box.player.position == 2  # the first wrong step
    assert box.children[-1] is box.player


@pytest.mark.parametrize(("name", "told"), [("lost-name", False), ("stale", True)])
def test_what_to_write_instead_is_not_told_in_a_repair(name: str, told: bool) -> None:
    box = opened(name)
    text = box.challenge.start

    write(box, text)

    assert box.player is not None
    for library in ("OpenSSL 3", "LibreSSL"):
        box.player.library = library
        payload = json.loads(zlib.decompress(box.player.payload))
        assert payload["findings"]
        assert [bool(finding["fix"]) for finding in payload["findings"]] == [told] * len(
            payload["findings"]
        )


def test_a_clean_run_is_shown_where_most_is_counted() -> None:
    box = opened("count-three")

    write(box, solution("count-three"))

    assert box.player is not None
    assert box.player.position == 3


def test_a_solution_is_praised_and_kept() -> None:
    progress = Progress()
    box = opened("lost-name", progress)

    write(box, solution("lost-name"))

    assert "✓ Solved." in box.verdict
    assert "1 changed line: that is par." in box.verdict
    assert box.progress == {"solved": True, "best": 1, "tries": 1, "hints": 0}
    assert progress.best == {"lost-name": 1}
    assert box.get_state()["progress"]["solved"]


def test_the_best_of_several_solutions_counts() -> None:
    box = opened("count-three")
    text = solution("count-three")

    write(box, text + "SSL_SESSION_free(NULL);\n")
    write(box, text)
    write(box, text + "SSL_SESSION_free(NULL);\n")

    assert box.progress["best"] == 6
    assert box.progress["tries"] == 3
    assert "7 calls; par is 6." in box.verdict


def test_the_text_that_comes_with_the_press_is_judged() -> None:
    box = opened("lost-name")
    assert box.editor is not None

    # What was typed is still under way: only the press has arrived.
    box.editor._hear(box.editor, {"event": "run", "text": solution("lost-name")}, None)
    box.editor._hear(box.editor, {"event": "other"}, None)

    assert box.progress["tries"] == 1
    assert box.progress["solved"]


def test_a_text_that_cannot_be_run_says_so_in_the_player() -> None:
    box = opened("count-three")

    write(box, "SSL_SESSION_up_ref(nobody);")

    assert "This text cannot be run." in box.verdict
    assert box.player is not None
    assert "nobody is not declared" in box.player.text


def test_each_run_has_one_player_and_the_old_one_is_closed() -> None:
    box = opened("count-three")

    press_run(box)
    first = box.player
    press_run(box)

    assert first is not None
    assert first.comm is None
    assert len(box.children) == 2


def test_the_player_can_show_another_library() -> None:
    box = opened("count-three")
    press_run(box)
    assert box.player is not None

    box.player.library = "LibreSSL"

    assert (box.player.problem, box.player.library) == ("", "LibreSSL")


def test_hints_come_one_by_one_and_then_the_solution() -> None:
    box = opened("three-holders")
    first, second = box.challenge.hints

    box.buttons["Show a solution"].click()
    assert "A solution comes after the two hints." in box.verdict
    box.buttons["Hint"].click()
    assert first[:20] in box.hints
    assert second[:20] not in box.hints
    assert box.buttons["Hint"].description == "Hint (1 left)"
    box.buttons["Hint"].click()
    box.buttons["Hint"].click()
    assert second[:20] in box.hints
    assert box.buttons["Hint"].description == "No hints left"
    box.buttons["Show a solution"].click()

    assert "SSL_get1_session(ssl);" in box.verdict
    assert box.editor is not None
    assert box.editor.value == box.challenge.start
    assert box.progress["hints"] == 2


def test_start_again_brings_the_text_back() -> None:
    box = opened("count-three")
    write(box, "nonsense")

    box.buttons["Start again"].click()

    assert box.editor is not None
    assert box.editor.value == box.challenge.start
    assert box.verdict == ""


def test_a_wrong_line_gets_its_reply_and_the_right_one_the_player() -> None:
    box = opened("first-wrong")
    lines = box._lines
    assert box.editor is None

    lines[4].click()
    assert "A third name for two references." in box.verdict
    assert box.player is None
    lines[8].click()

    assert "2 choices; par is 1." in box.verdict
    assert box.player is not None
    assert not lines[4].chosen
    assert lines[8].chosen
    box.buttons["Show a solution"].click()
    assert "It is line 8" in box.verdict


def test_the_same_wrong_line_chosen_twice_costs_once() -> None:
    box = opened("first-wrong")

    for line in (4, 4, 8):
        box._lines[line].click()

    assert box.progress["best"] == 2


def test_what_was_solved_is_known_when_the_cell_runs_again() -> None:
    progress = Progress()
    write(opened("lost-name", progress), solution("lost-name"))

    again = opened("lost-name", progress)

    assert again.progress["solved"]
    assert "sslrefs-solved" in again.children[0]._dom_classes


def test_a_failure_is_seen_in_the_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    box = opened("count-three")

    def fail(*_arguments: object) -> None:
        message = "the <judge> is ill"
        raise RuntimeError(message)

    monkeypatch.setattr("sslrefs.widgets.challenge.judge_run", fail)
    press_run(box)

    assert "This failed." in box.verdict
    assert "RuntimeError: the &lt;judge&gt; is ill" in box.verdict


def test_without_widgets_a_challenge_is_text() -> None:
    bundle = opened("count-three")._repr_mimebundle_()

    assert set(bundle) == {VIEW, "text/plain"}
    assert bundle["text/plain"].startswith("Reach it: Three, and all yours\nBring a session")


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="there are: not-given-back, count-three"):
        challenge("no-such")


def test_the_board_begins_with_the_first_unsolved_and_counts() -> None:
    progress = Progress()
    progress.solved("not-given-back", 2)
    board = ChallengeBoard(progress=progress)

    assert board.current.challenge.name == CHALLENGES[1].name == "count-three"
    assert f"1 of {len(CHALLENGES)} solved</strong>, 0 of them at par" in board.score
    write(board.current, solution("count-three"))

    assert f"2 of {len(CHALLENGES)} solved</strong>, 1 of them at par" in board.score
    assert str(board).splitlines()[1] == "✓ 2. Three, and all yours (Reach it)"
    assert board.chooser.value == "count-three"


def test_the_board_keeps_what_was_written_in_each() -> None:
    board = ChallengeBoard(progress=Progress())
    write(board.current, "SSL_SESSION *mine;")

    board.chooser.value = "first-wrong"
    assert board.current.challenge.kind == "explain"
    board.chooser.value = "not-given-back"

    assert board.current.editor is not None
    assert board.current.editor.value == "SSL_SESSION *mine;"
    assert set(board._repr_mimebundle_()) == {VIEW, "text/plain"}


def test_when_all_is_solved_the_board_begins_with_the_first() -> None:
    progress = Progress()
    for one in CHALLENGES:
        progress.solved(one.name, one.par)

    board = ChallengeBoard(progress=progress)

    assert board.current.challenge is CHALLENGES[0]
    assert f"{len(CHALLENGES)} of {len(CHALLENGES)} solved" in board.score
