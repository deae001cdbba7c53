"""One row of the call table: what a libssl function borrows, takes, gives back and gives.

The interpreter checks arguments against it; narration, palette and the
reference page read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Call", "Parameter", "row"]

ParameterKind = Literal["ctx", "ssl", "session", "number", "text", "function", "pointer"]
Use = Literal["borrows", "takes", "gives back"]
Result = Literal["own", "lent", "number", "pointer", "nothing"]

_KINDS: dict[str, ParameterKind] = {
    "SSL_CTX *": "ctx",
    "SSL *": "ssl",
    "SSL_SESSION *": "session",
    "const char *": "text",
    "const unsigned char *": "text",
    "callback": "function",
    "void *": "pointer",
    "unsigned char **": "pointer",
    "const unsigned char **": "pointer",
    "SSL_SESSION **": "pointer",
    "BIO *": "pointer",
    "size_t *": "pointer",
    "const BIO_METHOD *": "pointer",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, C type, and what the call does with a reference.

    "borrows": uses the object, counts nothing. "takes": counts a reference of
    its own, the caller keeps his. "gives back": the caller's reference is gone
    afterwards. `null_is_fine` says that NULL is allowed.
    """

    name: str
    type: str
    kind: ParameterKind
    use: Use
    null_is_fine: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One libssl function.

    `result` says what the caller gets: an object that is his to free ("own"),
    one that is lent, a number, another pointer, or nothing.
    """

    name: str
    type: str
    parameters: tuple[Parameter, ...]
    result: Result
    manual: str
    says: str
    cache: str
    since: str

    @property
    def signature(self) -> str:
        """The C prototype."""
        inner = ", ".join(f"{p.type} {p.name}".replace("* ", "*") for p in self.parameters)
        return f"{self.type} {self.name}({inner or 'void'})".replace("* ", "*")


_PROTOTYPE = re.compile(r"(?P<type>.*?)\s*(?P<name>\w+)\((?P<inner>.*)\)")
_PARAMETER = re.compile(r"(?P<type>.*?)\s*(?P<name>\w+)(?P<null>\??)")


def row(
    prototype: str,
    manual: str,
    says: str,
    *,
    gives: Literal["own", "lent", ""] = "",
    takes: str = "",
    gives_back: str = "",
    cache: str = "",
    since: str = "",
) -> Call:
    """A row from a C prototype; a `?` after a parameter's name allows NULL."""
    match = _PROTOTYPE.fullmatch(prototype)
    assert match is not None
    parameters = []
    for text in filter(None, match["inner"].split(", ")):
        part = _PARAMETER.fullmatch(text)
        assert part is not None
        use: Use = "borrows"
        if part["name"] == takes:
            use = "takes"
        if part["name"] == gives_back:
            use = "gives back"
        kind = _KINDS.get(part["type"], "number")
        parameters.append(Parameter(part["name"], part["type"], kind, use, part["null"] == "?"))
    result: Result = "number"
    if gives:
        result = gives
    elif match["type"] == "void":
        result = "nothing"
    elif "*" in match["type"]:
        result = "pointer"
    return Call(match["name"], match["type"], tuple(parameters), result, manual, says, cache, since)
