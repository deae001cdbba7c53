"""One line of a text changed: what a repair is, and what a fork of a run starts from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast, get_args

__all__ = ["Action", "Edit", "EditError", "read_edit"]

Action = Literal["delete", "replace", "insert before", "insert after"]


class EditError(ValueError):
    """What was to be done to a text cannot be done; the message is for people."""


class Edit(NamedTuple):
    r"""What is done to a line of a text; `code` is what is written there ("" for a deletion).

    Line 0 is the place before the first line: only "insert after" means something there.

    >>> Edit("replace", 2, "b();").applied("one();\ntwo();")
    'one();\nb();'
    """

    action: Action
    line: int
    code: str = ""

    def applied(self, source: str) -> str:
        """The text that comes of it.

        Raises:
            EditError: The text has no such line.
        """
        lines = source.split("\n")
        lowest = 0 if self.action == "insert after" else 1
        if not lowest <= self.line <= len(lines):
            message = f"the text has the lines 1 to {len(lines)}; {self.line} is none of them"
            raise EditError(message)
        first = self.line if self.action == "insert after" else self.line - 1
        last = first if self.action.startswith("insert") else self.line
        code = [] if self.action == "delete" else [self.code]
        return "\n".join([*lines[:first], *code, *lines[last:]])

    @property
    def says(self) -> str:
        """The edit in words."""
        if self.action == "delete":
            return f"delete line {self.line}"
        place = {"replace": "write in", "insert before": "insert before"}
        return f"{place.get(self.action, 'insert after')} line {self.line}: {self.code.strip()}"


def read_edit(data: Mapping[str, object]) -> Edit | None:
    """The edit that a front end sent; None where it leaves it to us to find a repair.

    Raises:
        EditError: It is none.
    """
    if data == {"action": "repair"}:
        return None
    action, line, code = data.get("action"), data.get("line"), data.get("code", "")
    if action not in get_args(Action) or not isinstance(line, int) or not isinstance(code, str):
        message = f"this is no edit of a line: {dict(data)!r}"
        raise EditError(message)
    return Edit(cast("Action", action), line, code)
