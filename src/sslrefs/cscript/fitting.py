"""Whether a name or a type fits what libssl declares."""

from __future__ import annotations

from sslrefs.cscript.diagnostics import nearest
from sslrefs.cscript.types import UNKNOWN, is_foreign, is_pointer
from sslrefs.model.calls import Parameter

__all__ = ["counted", "is_object", "is_slip", "may_pass"]

_OBJECT_KINDS = ("ctx", "ssl", "session")


def is_slip(name: str, known: str) -> bool:
    """Whether `name` is misspelt; a get for a set or an `_ex` is another function of libssl."""
    if name.replace("get", "set") == known.replace("get", "set"):
        return False
    if name.startswith(f"{known}_") or known.startswith(f"{name}_"):
        return False
    return nearest(name, (known,), cutoff=0.93) is not None


def counted(arguments: int) -> str:
    """A number of arguments in words."""
    return f"{arguments} argument{'' if arguments == 1 else 's'}"


def is_object(type_: str) -> bool:
    """Whether the type is a pointer to one of the counted objects."""
    return type_ in ("SSL_CTX *", "SSL *", "SSL_SESSION *")


def may_pass(parameter: Parameter, found: str) -> bool:
    """Whether a value of the type `found` is acceptable C for the parameter."""
    if found in (UNKNOWN, "void *") or is_foreign(found):
        return True
    if parameter.kind in _OBJECT_KINDS:
        return found in (parameter.type, "NULL")
    if parameter.kind == "number":
        return found == "NULL" or not (is_pointer(found) or found == "function")
    if parameter.kind == "function":
        return found in ("function", "function *", "NULL")
    return found == "NULL" or is_pointer(found)
