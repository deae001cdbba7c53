"""The sandbox: a text is built call by call beside its picture.

Puts the parts together and shows what came of each press; the workbench does
all that is done to the text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

import ipywidgets

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.lessons.texts import texts
from sslrefs.model.library import library_named
from sslrefs.model.objects import ObjectId
from sslrefs.studio.deeds import deeds
from sslrefs.studio.face import Face, Wish, face_of
from sslrefs.studio.workbench import Refused, Workbench
from sslrefs.widgets.growing import GrowingPlayer
from sslrefs.widgets.line import LineField, Quiet
from sslrefs.widgets.sandbox_calls import Palette
from sslrefs.widgets.sandbox_check import Check
from sslrefs.widgets.sandbox_lines import Lines
from sslrefs.widgets.sandbox_parts import Message, button, style

__all__ = ["Live", "Said", "Sandbox", "live", "sandbox"]

_NUMBERS = count(1)


class Said(str):
    """What a line did, shown without quotes in a notebook."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class Live:
    """A graph on the page that lines of C from other cells grow.

    Attributes:
        bench: The text and all it has been.
        player: The widget with the picture.
        number: How many were made before it in this process, and it.

    Example:
        >>> lab = Live()
        >>> lab.c("SSL_SESSION *s = SSL_SESSION_new();")
        session#1 is new with count 1, held by s.
    """

    def __init__(self, source: str = "", *, library: str | None = None) -> None:
        chosen = None if library is None else library_named(library)
        self.bench = Workbench(source, library=chosen)
        self.player = GrowingPlayer(self.bench.run, rerun=self._rerun)
        self.number = next(_NUMBERS)

    def c(self, text: str) -> Said:
        """Add lines of C; says what they did, or why they were not taken."""
        before = len(self.bench.run.timeline.steps)
        try:
            self.bench.add(text)
        except (Refused, ScriptError) as refused:
            return Said(refused)
        self.refresh()
        return Said("\n".join(self.bench.run.says[before:]))

    def undo(self) -> Said:
        """Take the last change back."""
        try:
            self.bench.undo()
        except Refused as refused:
            return Said(refused)
        self.refresh()
        return Said(f"Back to {_lines(len(self.bench.lines))}.")

    @property
    def source(self) -> str:
        """The C text so far."""
        return self.bench.source

    def refresh(self) -> None:
        """Show the text as it is now."""
        self.player.show(self.bench.run)

    def _rerun(self, wish: Wish) -> Face:
        chosen = library_named(wish.library)
        assert chosen is not None
        self.bench.choose(chosen)
        return face_of(self.bench.run)

    def __repr__(self) -> str:
        return str(self.bench.run)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.player._repr_mimebundle_(**options)


class Sandbox(Live):
    """The picture with a panel beside it that builds the text.

    Attributes:
        box: The widget that a notebook shows.
        field: Where a line of C is typed.
        palette: The calls and their arguments.
        lines: The lines of the text.
        check: The comparison with the real libssl.
        message: What the panel says.
    """

    def __init__(self, source: str = "", *, library: str | None = None) -> None:
        super().__init__(source, library=library)
        self.message = Message()
        self.field = LineField("a line of C, such as SSL_SESSION_up_ref(s);", "Add", self._type)
        self.palette = Palette(self.bench, lambda line: self.attempt(lambda: self._add(line())))
        self.lines = Lines(self.bench, self.attempt)
        self.check = Check(self.bench, self.guard)
        self.deeds = ipywidgets.HBox()
        self.deeds.add_class("sslrefs-deeds")
        self.start = ipywidgets.Dropdown(
            description="text",
            options=[("start from …", ""), *((name, name) for name in texts())],
            tooltip="Put the text of a lesson or a case here; undo brings this one back",
        )
        self.start.add_class("sslrefs-named")
        self.start.observe(self._start, "value")
        self.player.observe(lambda _change: self._offer(), "selected")
        self.box = self._panel()

    # -- what is done ------------------------------------------------------

    def attempt(self, action: Callable[[], None]) -> bool:
        """Do something to the text and show it; whether it was done."""
        if not self.guard(action):
            return False
        self.refresh()
        self.message.show("said", self._standing())
        return True

    def guard(self, action: Callable[[], None]) -> bool:
        """Do something; whatever goes wrong in it stands in the panel, whoever is to blame."""
        try:
            action()
        except Refused as refused:
            self.message.show("refused", str(refused))
        except ScriptError as error:
            self.message.show("refused", str(error))
        except Exception as error:  # noqa: BLE001 - ipywidgets would only log it, nobody would see
            self.message.show("failed", f"{type(error).__name__}: {error}")
        else:
            return True
        return False

    def refresh(self) -> None:
        """Show the text as it is now, in the picture and in the panel."""
        super().refresh()
        if hasattr(self, "message"):
            self._refresh_tab()
            self._offer()

    def _add(self, text: str) -> None:
        self.bench.add(text)

    def _type(self, text: str) -> None:
        """Take the typed line; a line that is not taken stays in the field."""
        if self.attempt(lambda: self._add(text)):
            self.field.show("")

    def _start(self, change: dict[str, Any]) -> None:
        name = change["new"]
        if not name:
            return
        self.attempt(lambda: self.bench.start(texts()[name]))
        self.start.value = ""

    def _standing(self) -> str:
        """How long the text is and what it still owes."""
        lines = f"{_lines(len(self.bench.lines))}."
        owed = ", ".join(sorted({str(bug.object) for bug in self.bench.run.owed}))
        return f"{lines} To be given back: {owed}." if owed else lines

    # -- what is shown -----------------------------------------------------

    def _panel(self) -> ipywidgets.Widget:
        tools = ipywidgets.HBox(
            [
                button("Undo", lambda: self.attempt(self.bench.undo)),
                button("Redo", lambda: self.attempt(self.bench.redo)),
                button("Clear", lambda: self.attempt(self.bench.clear)),
                self.start,
            ]
        )
        tools.add_class("sslrefs-tools")
        self.tabs = ipywidgets.Tab([self.palette.box, self.lines.box, self.check.box])
        self.tabs.titles = ("Calls", "Lines", "Check")
        self.tabs.observe(lambda _change: self.guard(self._refresh_tab), "selected_index")
        panel = ipywidgets.VBox(
            [
                Quiet(),
                ipywidgets.HTML(style()),
                tools,
                self.field,
                self.message.box,
                self.deeds,
                self.tabs,
            ]
        )
        panel.add_class("sslrefs-bench")
        box = ipywidgets.Box([panel, self.player])
        box.add_class("sslrefs-sandbox")
        return box

    def _refresh_tab(self) -> None:
        """Bring the tab that is seen up to date; the others follow when they are."""
        part = (self.palette, self.lines, self.check)[self.tabs.selected_index or 0]
        part.refresh()

    def _offer(self) -> None:
        """Buttons with what can be done to the selected object."""
        name = str(self.player.selected)
        kind, _, number = name.partition("#")
        if not number.isdigit():
            self.deeds.children = ()
            return
        target = ObjectId(kind, int(number))  # type: ignore[arg-type]  # the player names objects of the run
        try:
            offered = deeds(self.bench, target)
        except Refused as refused:
            self.deeds.children = (ipywidgets.Label(str(refused)),)
            return
        buttons = []
        for deed in offered:
            press = partial(self.attempt, partial(self._add, deed.code))
            made = button(deed.call, press, tip=f"{deed.code} — {deed.why}")
            made.disabled = not deed.code
            buttons.append(made)
        self.deeds.children = (ipywidgets.Label(f"{name}:"), *buttons)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """The widget, with the run as text where widgets cannot be shown."""
        bundle = self.box._repr_mimebundle_(**options)
        return {**bundle, "text/plain": str(self)}


def _lines(number: int) -> str:
    return f"{number} line{'' if number == 1 else 's'}"


def live(source: str = "", *, library: str | None = None) -> Live:
    """A graph that grows with each `lab.c("…")` of later cells.

    Args:
        source: The C text to begin with.
        library: Which libssl is modelled; by default OpenSSL 3, or what the text says.

    Manual: SSL_SESSION_free(3).
    """
    return Live(source, library=library)


def sandbox(source: str = "", *, library: str | None = None) -> Sandbox:
    """A panel of calls beside a picture that grows with each of them.

    Args:
        source: The C text to begin with.
        library: Which libssl is modelled; by default OpenSSL 3, or what the text says.

    Manual: SSL_SESSION_free(3).
    """
    return Sandbox(source, library=library)
