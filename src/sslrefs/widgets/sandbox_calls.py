"""The palette of a sandbox: calls by manual page, fitting arguments, a name for the result.

Chooses a C line and hands it on; adds nothing to a text itself.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets

from sslrefs.model.calls import CALLS, Call, Parameter
from sslrefs.studio.palette import Choice, argument_choices, c_line, free_name, ownership, pages
from sslrefs.studio.workbench import Refused, Workbench
from sslrefs.widgets.sandbox_parts import button, code

__all__ = ["Palette"]

FIRST = "SSL_CTX_new"
_TYPED = ("number", "text")


class Palette:
    """Chooses a call and its arguments.

    Attributes:
        search: The field that narrows the list of calls.
        calls: The list; rows that name a manual page choose nothing.
        fields: The arguments of the chosen call.
        name: The name for its result.
    """

    def __init__(self, bench: Workbench, do: Callable[[Callable[[], str]], object]) -> None:
        """`do` takes a function that makes the C line and adds what it gives."""
        self._bench = bench
        self.search = ipywidgets.Text(description="find", placeholder="a call, a page, “takes” …")
        self.search.layout.width = "100%"
        self.calls = ipywidgets.Select(description="calls", rows=8, layout={"width": "100%"})
        for named in (self.search, self.calls):
            named.add_class("sslrefs-named")
        self.about = ipywidgets.HTML()
        self.arguments = ipywidgets.VBox()
        self.arguments.add_class("sslrefs-arguments")
        self.name = ipywidgets.Text(description="result is")
        self.fields: list[ipywidgets.DOMWidget] = []
        self.preview = ipywidgets.HTML()
        self.go = button("Do it", lambda: do(self.line), tip="Add this call to the text")
        self.go.add_class("sslrefs-do")
        self.name.observe(lambda _change: self._preview(), "value")
        self.search.observe(lambda _change: self._list(), "value")
        self.calls.observe(lambda _change: self.refresh(), "value")
        self.box = ipywidgets.VBox(
            [self.search, self.calls, self.about, self.arguments, self.preview, self.go],
        )
        self._list()
        self.calls.value = FIRST

    @property
    def call(self) -> Call | None:
        """The chosen call; None on a row that names a page."""
        return CALLS.get(self.calls.value or "")

    def line(self) -> str:
        """The C line of what is chosen.

        Raises:
            Refused: No call is chosen, or it lacks something.
        """
        if self.call is None:
            raise Refused("This row is the name of a manual page: choose a call below it.")
        return c_line(self._bench, self.call, [str(f.value or "") for f in self.fields], self._name)

    @property
    def _name(self) -> str:
        return str(self.name.value) if self.name in self.arguments.children else ""

    def refresh(self) -> None:
        """Offer what fits now; what is offered already stays, with what was chosen in it."""
        call = self.call
        if call is None:
            self._offer_nothing("")
            return
        about = f"{code(call.signature)}<br><b>{escape(ownership(call))}</b>. {escape(call.says)}."
        try:
            offered = [argument_choices(self._bench, call, p) for p in call.parameters]
        except Refused as refused:
            self._offer_nothing(f"{about}<br>⚠ {escape(str(refused))}")
            return
        if self.about.value != about:
            self.about.value = about
            self.fields = [_field(parameter) for parameter in call.parameters]
            takes_name = call.result in ("own", "lent", "pointer") and call.type.endswith("*")
            named = (self.name,) if takes_name and not call.type.startswith("const") else ()
            self.arguments.children = (*self.fields, *named)
            for field in self.fields:
                field.observe(lambda _change: self._preview(), "value")
        for field, choices in zip(self.fields, offered, strict=True):
            _offer(field, choices)
        self.name.value = free_name(self._bench, call)
        self.go.disabled = False
        self._preview()

    def _offer_nothing(self, about: str) -> None:
        self.about.value, self.preview.value = about, ""
        self.fields, self.arguments.children, self.go.disabled = [], (), True

    def _preview(self) -> None:
        """The line that "Do it" would add, or what is wrong with it."""
        try:
            self.preview.value = code(self.line())
        except Refused as refused:
            self.preview.value = f"⚠ {escape(str(refused))}"

    def _list(self) -> None:
        """The calls that are looked for, each below its page."""
        options: list[tuple[str, str]] = []
        for page, calls in pages(self.search.value).items():
            options.append((page, page))
            options += [(f"\u2003{call.name} · {ownership(call)}", call.name) for call in calls]
        chosen = self.calls.value
        names = [value for _label, value in options]
        self.calls.options = options
        if chosen in names:
            self.calls.value = chosen
        elif self.search.value:
            self.calls.value = next((name for name in names if name in CALLS), None)
        self.refresh()


def _field(parameter: Parameter) -> ipywidgets.DOMWidget:
    """The chooser of one argument: a list, or a field where anything may be typed."""
    if parameter.kind in _TYPED:
        return ipywidgets.Combobox(description=parameter.name, ensure_option=False)
    return ipywidgets.Dropdown(description=parameter.name)


def _offer(field: ipywidgets.DOMWidget, choices: tuple[Choice, ...]) -> None:
    """Fill a chooser; nothing is sent if nothing changed."""
    if isinstance(field, ipywidgets.Combobox):
        codes = tuple(choice.code for choice in choices)
        if field.options != codes:
            field.options, field.value = codes, codes[0]
        return
    options = tuple((choice.label, choice.code) for choice in choices)
    if field.options == options:
        return
    known = {code for _label, code in field.options}
    before = field.value
    field.options = options
    is_there = any(code == before for _label, code in options)
    # What just came is most likely meant; else the choice stays.
    if known and is_there and options[0][1] in known:
        field.value = before
    else:
        field.value = options[0][1]
