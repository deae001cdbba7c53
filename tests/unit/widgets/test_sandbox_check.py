"""The sandbox beside the real libssl, and graphs that grow from code."""

from __future__ import annotations

import pytest

from sslrefs.oracle import compare
from sslrefs.oracle.comparison import Comparison, Difference, StepComparison
from sslrefs.oracle.library import LibsslNotFoundError
from sslrefs.widgets import sandbox_check
from sslrefs.widgets.sandbox import live, sandbox
from tests.unit.widgets.panel import NEW, UP, press, shown, type_in

VIEW = "application/vnd.jupyter.widget-view+json"


def test_the_check_marks_each_step_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = sandbox(f"{NEW}\n{UP}\nSSL_SESSION_free(s);")
    differs = (Difference("count of session#1", "2", "<3>"),)
    steps = (StepComparison(0), StepComparison(1, differs), StepComparison(2, (), "ended by X"))
    found = Comparison("OpenSSL 9.9", "lib", "OpenSSL 3", steps)
    monkeypatch.setattr(sandbox_check, "check", lambda _source: found)

    lab.tabs.selected_index = 2
    press(lab, "Check on real libssl")

    told = lab.check.result.value
    assert "<b>Model and libssl differ.</b> OpenSSL 9.9, modelled as OpenSSL 3." in told
    assert f"<li>✓ agreed: {NEW}</li>" in told
    assert "✗ differs" in told
    assert "libssl says &lt;3&gt;" in told
    assert "⚠ undefined from here: libssl ended by X" in told


def test_without_a_libssl_the_check_is_grey_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_source: str) -> Comparison:
        raise LibsslNotFoundError("no libssl was found on this machine")

    lab = sandbox(NEW)
    monkeypatch.setattr(sandbox_check, "check", none)

    lab.tabs.selected_index = 2

    assert lab.check.press.disabled
    assert "no libssl was found on this machine. Debian/Ubuntu: apt" in lab.check.result.value


@pytest.mark.libssl
def test_the_check_runs_the_text_on_the_libssl_of_the_machine() -> None:
    lab = sandbox(f"{NEW}\n{UP}\nSSL_SESSION_free(s);")

    press(lab, "Check on real libssl")

    assert compare.check(lab.source).agrees
    assert lab.check.result.value.startswith("<b>Model and libssl agree.</b>")
    assert lab.check.result.value.count("✓ agreed") == 3


def test_another_library_chosen_in_the_player_runs_the_text_on_it() -> None:
    lab = sandbox(NEW)

    lab.player.library = "LibreSSL"
    type_in(lab, UP)

    assert lab.player.problem == ""
    assert shown(lab)["library"] == "LibreSSL"
    assert len(shown(lab)["steps"]) == 2


def test_a_live_graph_grows_from_code() -> None:
    lab = live()

    said = [repr(lab.c(NEW)), repr(lab.c(UP)), repr(lab.c("SSL_SESSION_up_ref(t);"))]
    undone = repr(lab.undo())

    assert said[0] == "session#1 is new with count 1, held by s."
    assert said[1] == "session#1: 1 → 2, s takes one."
    assert said[2].startswith("line 3, column 20: t is not declared")
    assert undone == "Back to 1 line."
    assert lab.source == NEW
    assert len(shown(lab)["steps"]) == 1


def test_patches_wait_on_a_payload_and_are_not_sent_for_ever() -> None:
    lab = live("\n".join([NEW, *[UP] * 30]))
    lengths = []
    for _ in range(50):
        lab.c(UP)
        lengths.append(len(lab.player.growth))

    assert max(lengths) == 20
    assert min(lengths) == 0
    assert len(shown(lab)["steps"]) == 81


def test_it_is_shown_as_a_widget_and_as_text() -> None:
    for lab in (sandbox(NEW), live(NEW)):
        bundle = lab._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle

        assert VIEW in data
        assert "session#1 is new with count 1" in data["text/plain"]
