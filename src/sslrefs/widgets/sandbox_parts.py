"""What the parts of a sandbox share: its look, its buttons, the place for messages.

Knows no C and no workbench.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal

import ipywidgets

__all__ = ["Message", "button", "code", "style"]

Kind = Literal["said", "refused", "failed"]
_LEADS: dict[Kind, str] = {"said": "", "refused": "Not done. ", "failed": "This failed. "}


@cache
def style() -> str:
    """The style sheet of a sandbox, as an element."""
    sheet = resources.files("sslrefs.widgets").joinpath("sandbox.css").read_text(encoding="utf-8")
    return f"<style>{sheet}</style>"


def button(name: str, press: Callable[[], object], *, tip: str = "") -> ipywidgets.Button:
    """A button that is as wide as its name."""
    made = ipywidgets.Button(description=name, tooltip=tip or name)
    made.on_click(lambda _button: press())
    return made


def code(text: str) -> str:
    """A text of the program as HTML."""
    return f"<code>{html.escape(text)}</code>"


class Message:
    """The place where a sandbox says what it did, what it does not do, and what failed."""

    def __init__(self) -> None:
        self.box = ipywidgets.HTML()
        self.box.add_class("sslrefs-message")
        self.text = ""

    def show(self, kind: Kind, text: str) -> None:
        """Say something; an empty text says nothing."""
        self.text = f"{_LEADS[kind]}{text}" if text else ""
        role = "status" if kind == "said" else "alert"
        inner = html.escape(self.text).replace("\n", "<br>")
        self.box.value = f'<div class="sslrefs-{kind}" role="{role}">{inner}</div>' if text else ""
