"""The sandbox by its handlers: what each press does to the text, and what it says."""

from __future__ import annotations

import pytest

from sslrefs.lessons import scenarios
from sslrefs.lessons.casebook import CASES
from sslrefs.studio.workbench import MOST_LINES
from sslrefs.widgets.sandbox import sandbox
from tests.unit.widgets.panel import NEW, UP, press, shown, type_in


def test_a_call_is_chosen_and_done() -> None:
    lab = sandbox()

    press(lab, "Do it")
    lab.palette.calls.value = "SSL_new"
    press(lab, "Do it")

    assert lab.source.split("\n") == [
        "SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());",
        "SSL *ssl = SSL_new(ctx);",
    ]
    assert lab.message.text == "2 lines. To be given back: ctx#1, ssl#1."
    assert shown(lab)["objects"] == ["ctx#1", "ssl#1"]
    assert lab.player.position == 2


def test_the_chosen_call_shows_its_contract_and_the_line_to_come() -> None:
    lab = sandbox(NEW)

    lab.palette.calls.value = "SSL_SESSION_free"

    assert "<b>gives back session</b>" in lab.palette.about.value
    assert "SSL_SESSION_free(SSL_SESSION *session)" in lab.palette.about.value
    assert lab.palette.preview.value == "<code>SSL_SESSION_free(s);</code>"
    assert [label for label, _code in lab.palette.fields[0].options] == ["s → session#1", "NULL"]


def test_the_name_of_the_result_is_proposed_and_a_taken_one_refused() -> None:
    lab = sandbox(NEW)
    lab.palette.calls.value = "SSL_SESSION_new"
    proposed = lab.palette.name.value

    lab.palette.name.value = "s"
    press(lab, "Do it")

    assert proposed == "s2"
    assert lab.message.text.startswith("Not done. The name s is taken.")
    assert "The name s is taken." in lab.palette.preview.value
    assert lab.source == NEW


def test_without_a_fitting_variable_the_button_is_grey_and_says_why() -> None:
    lab = sandbox()

    lab.palette.calls.value = "SSL_SESSION_free"
    with_null = lab.palette.go.disabled
    lab.palette.calls.value = "SSL_new"

    assert not with_null
    assert lab.palette.go.disabled
    assert "no variable is one: make one with SSL_CTX_new." in lab.palette.about.value


def test_the_search_narrows_the_list_and_chooses_its_first_call() -> None:
    lab = sandbox()

    lab.palette.search.value = "up_ref session"

    names = [value for _label, value in lab.palette.calls.options]
    assert names == ["SSL_SESSION_free(3)", "SSL_SESSION_up_ref"]
    assert lab.palette.calls.value == "SSL_SESSION_up_ref"


def test_a_row_that_names_a_page_chooses_nothing() -> None:
    lab = sandbox()

    lab.palette.calls.value = "SSL_new(3)"

    assert lab.palette.go.disabled
    assert lab.palette.fields == []


def test_a_typed_line_is_taken_and_a_wrong_one_stays_to_be_mended() -> None:
    lab = sandbox()

    told: list[object] = []
    lab.field.send = lambda content, buffers=None: told.append(content)

    type_in(lab, NEW)
    type_in(lab, "SSL_SESSION_fre(s);")

    assert told == [{"heard": True}, {"show": ""}, {"heard": True}]
    assert lab.message.text.startswith("Not done. line 2, column 1: no function is called")
    assert lab.source == NEW


def test_a_mistake_that_is_c_is_allowed_and_becomes_a_finding() -> None:
    lab = sandbox(NEW)

    for _ in range(2):
        type_in(lab, "SSL_SESSION_free(s);")

    assert [finding["kind"] for finding in shown(lab)["findings"]] == ["double_free"]


def test_the_selected_object_offers_buttons_that_work() -> None:
    lab = sandbox(f"{NEW}\nSSL_CTX *ctx = SSL_CTX_new(TLS_method());")

    lab.player.selected = "session#1"
    press(lab, "SSL_CTX_add_session")
    lab.player.selected = ""

    assert lab.source.endswith("SSL_CTX_add_session(ctx, s);")
    assert lab.deeds.children == ()


def test_an_object_nobody_points_to_says_so() -> None:
    lab = sandbox(f"{NEW}\ns = NULL;")

    lab.player.selected = "session#1"

    assert "No variable of the text points to session#1" in lab.deeds.children[0].value


def test_undo_redo_clear_and_start() -> None:
    lab = sandbox(NEW)
    type_in(lab, UP)
    texts = []

    for name in ("Undo", "Redo", "Clear", "Undo"):
        press(lab, name)
        texts.append(lab.source)
    lab.start.value = "start_here.count"
    lesson = lab.source
    lab.start.value = "casebook.handed_over"

    assert lab.source == CASES["HANDED_OVER"].buggy.strip("\n")
    assert texts == [NEW, f"{NEW}\n{UP}", "", f"{NEW}\n{UP}"]
    assert lesson == scenarios()["start_here.count"].text.strip("\n")
    assert lab.start.value == ""


def test_a_line_is_changed_deleted_and_forked_from() -> None:
    lab = sandbox(f"{NEW}\n{UP}\n{UP}")
    lines = lab.lines
    lab.tabs.selected_index = 1

    lines.line.value = 2
    lines.field._take("SSL_SESSION_free(s);")
    changed = lab.source
    lines.line.value = 3
    press(lab, "Delete")
    deleted = lab.source
    lines.line.value = 1
    press(lab, "Fork here")
    forked = lab.source
    lines.branch.value = 0

    assert changed == f"{NEW}\nSSL_SESSION_free(s);\n{UP}"
    assert deleted == f"{NEW}\nSSL_SESSION_free(s);"
    assert forked == NEW
    assert lab.source == deleted
    assert lines.whole.value == deleted


def test_the_whole_text_can_be_written_anew() -> None:
    lab = sandbox(NEW)

    lab.lines.whole.value = f"{NEW}\n{UP}\n"
    lab.lines.whole.press()

    assert lab.source == f"{NEW}\n{UP}"


def test_at_the_limit_the_panel_says_so() -> None:
    lab = sandbox("\n".join([NEW, *[UP] * (MOST_LINES - 1)]))

    type_in(lab, UP)

    assert f"would have {MOST_LINES + 1} lines; a sandbox takes {MOST_LINES}" in lab.message.text
    assert len(lab.bench.lines) == MOST_LINES


def test_an_error_of_python_appears_in_the_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = sandbox(NEW)

    def fails(_text: str) -> None:
        raise ZeroDivisionError("nobody expected <this>")

    monkeypatch.setattr(lab.bench, "add", fails)
    type_in(lab, UP)

    assert lab.message.text == "This failed. ZeroDivisionError: nobody expected <this>"
    assert "nobody expected &lt;this&gt;" in lab.message.box.value
    assert 'role="alert"' in lab.message.box.value
