"""Values of the model as C sees them, and back: the argument and result side of a call."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from sslrefs.model.objects import (
    NULL,
    Address,
    Function,
    ObjectId,
    Opaque,
    Side,
    Text,
    Value,
    show,
)
from sslrefs.oracle.comparison import Difference
from sslrefs.oracle.names import Names
from sslrefs.oracle.script import CallbackName

__all__ = ["CALLBACK_TYPES", "CannotBeReplayedError", "Values", "to_number"]

_POINTER = ctypes.c_void_p
CALLBACK_TYPES: dict[CallbackName, Any] = {
    "new_cb": ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER),
    "remove_cb": ctypes.CFUNCTYPE(None, _POINTER, _POINTER),
    "get_cb": ctypes.CFUNCTYPE(
        _POINTER, _POINTER, _POINTER, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
    ),
}
_SETTERS: dict[str, CallbackName] = {
    "SSL_CTX_sess_set_new_cb": "new_cb",
    "SSL_CTX_sess_set_remove_cb": "remove_cb",
    "SSL_CTX_sess_set_get_cb": "get_cb",
}

_SIDES: dict[str, Side] = {"TLS_client_method": "client", "TLS_server_method": "server"}
_FILLS_A_BUFFER = ("SSL_read", "SSL_read_ex", "SSL_write", "SSL_write_ex", "time")


class CannotBeReplayedError(ValueError):
    """The oracle has no way to make this call on the real library."""


class Values:
    """Turns values into C and results into a verdict, for one run."""

    def __init__(self, names: Names, call_back: Callable[..., Any]) -> None:
        self._names = names
        self._call_back = call_back
        self._functions: dict[tuple[CallbackName, str], Any] = {}
        self._methods: dict[Side, int | None] = {}

    def to_c(self, value: Value, function: str) -> Any:
        """What to pass to the C function named `function`."""
        match value:
            case int():
                return value
            case ObjectId():
                native = self._names.native(value)
                if native is None:
                    message = f"{value} was never made by libssl"
                    raise CannotBeReplayedError(message)
                return native.address
            case Text(text=text):
                return text.encode()
            case Function(name=name):
                return self._function(_SETTERS[function], name)
            case Opaque(side=side):
                return self._methods.get(side)
            case Address() if function in _FILLS_A_BUFFER:
                return None  # the oracle has buffers of its own
        if value is NULL:
            return None
        message = f"{function} is given {show(value)}, which only a compiler could pass"
        raise CannotBeReplayedError(message)

    def _function(self, kind: CallbackName, name: str) -> Any:
        """A C function that leads back to the script; libssl keeps a bare pointer to it."""
        made = self._functions.get((kind, name))
        if made is None:

            def enter(*arguments: Any) -> Any:
                return self._call_back(kind, name, arguments)

            made = self._functions[kind, name] = CALLBACK_TYPES[kind](enter)
        return ctypes.cast(made, _POINTER)

    def learn_method(self, name: str, actual: int | None) -> None:
        """Remember an SSL_METHOD by the side it serves: the model knows no more of it."""
        self._methods[_SIDES.get(name, "")] = actual

    def verdict(self, what: str, expected: Value | None, actual: Any) -> list[Difference]:
        """How a value of libssl differs from the one the model expects."""
        if isinstance(expected, ObjectId):
            agrees = actual is not None and self._names.at(expected, actual)
            shown = self._names.name_at(actual)
        elif expected is NULL:
            agrees, shown = not actual, self._names.name_at(actual)
        elif isinstance(expected, int):
            agrees, shown = expected == actual, str(actual)
        else:
            return []
        return [] if agrees else [Difference(what, str(show(expected)), shown)]


def to_number(value: Value | None) -> int:
    """A number as a C callback returns it."""
    return value if isinstance(value, int) else 0
