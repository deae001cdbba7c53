"""One line of a text changed, and what a front end may send for it."""

from __future__ import annotations

import pytest

from sslrefs.studio.edit import Edit, EditError, read_edit

TEXT = "a();\nb();\nc();"


@pytest.mark.parametrize(
    ("edit", "text", "says"),
    [
        (Edit("delete", 2), "a();\nc();", "delete line 2"),
        (Edit("replace", 3, "d();"), "a();\nb();\nd();", "write in line 3: d();"),
        (
            Edit("insert before", 1, " d();"),
            " d();\na();\nb();\nc();",
            "insert before line 1: d();",
        ),
        (Edit("insert after", 3, "d();"), "a();\nb();\nc();\nd();", "insert after line 3: d();"),
        (Edit("insert after", 0, "d();"), "d();\na();\nb();\nc();", "insert after line 0: d();"),
    ],
)
def test_one_line_is_changed_and_said(edit: Edit, text: str, says: str) -> None:
    assert edit.applied(TEXT) == text
    assert edit.says == says
    assert read_edit(edit._asdict()) == edit


@pytest.mark.parametrize("edit", [Edit("delete", 0), Edit("replace", 4), Edit("insert after", -1)])
def test_a_line_that_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError, match=f"the text has the lines 1 to 3; {edit.line} is none"):
        edit.applied(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        {"action": "burn", "line": 1, "code": ""},
        {"action": "delete", "line": "1", "code": ""},
        {"action": "replace", "line": 1, "code": None},
        {"line": 1},
    ],
)
def test_what_is_no_edit_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(EditError, match="this is no edit of a line"):
        read_edit(data)


def test_a_repair_is_left_to_us() -> None:
    assert read_edit({"action": "repair"}) is None
