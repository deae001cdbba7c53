"""What can be called next: calls by manual page, arguments that fit, the C line of a choice.

Reads the call table and a workbench; runs nothing and knows no widget.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sslrefs.cscript.names import CONSTANTS, KNOWN_TYPES
from sslrefs.model.calls import CALLS, Call, Parameter
from sslrefs.model.objects import ObjectId, Value
from sslrefs.studio.workbench import Refused, Workbench

__all__ = ["Choice", "argument_choices", "c_line", "free_name", "ownership", "pages", "variables"]


class Choice(NamedTuple):
    """One argument that fits: what people read, and what is written."""

    label: str
    code: str


_FIRST = (
    *("SSL_SESSION_free(3)", "SSL_CTX_new(3)", "SSL_CTX_free(3)", "SSL_new(3)", "SSL_free(3)"),
    *("SSL_accept(3)", "SSL_connect(3)", "SSL_get_session(3)", "SSL_set_session(3)"),
    *("SSL_shutdown(3)", "SSL_SESSION_new(3)", "SSL_CTX_add_session(3)"),
    *("SSL_CTX_flush_sessions(3)", "SSL_CTX_set_session_cache_mode(3)"),
    "SSL_CTX_sess_set_get_cb(3)",
)
"""The pages that are looked for most; the others follow by name."""
_RESULTS = {
    "own": "gives you a reference",
    "lent": "lends, do not free",
}
_METHODS = ("TLS_server_method()", "TLS_client_method()", "TLS_method()")
_USUAL: dict[str, tuple[str, ...]] = {
    "SSL_CTX_set_session_cache_mode": tuple(
        name for name in CONSTANTS if name.startswith("SSL_SESS_CACHE_")
    ),
    **dict.fromkeys(("SSL_CTX_set_options", "SSL_set_options"), ("SSL_OP_NO_TICKET",)),
    **dict.fromkeys(
        (
            *("SSL_CTX_set_min_proto_version", "SSL_CTX_set_max_proto_version"),
            *("SSL_set_min_proto_version", "SSL_set_max_proto_version"),
            "SSL_SESSION_set_protocol_version",
        ),
        ("TLS1_2_VERSION", "TLS1_3_VERSION"),
    ),
    "SSL_CTX_flush_sessions": ("0", "time(NULL)"),
    "SSL_CTX_flush_sessions_ex": ("0", "time(NULL)"),
    **dict.fromkeys(
        ("SSL_CTX_set_verify", "SSL_set_verify"), ("SSL_VERIFY_NONE", "SSL_VERIFY_PEER")
    ),
    "SSL_set_shutdown": ("SSL_SENT_SHUTDOWN", "SSL_RECEIVED_SHUTDOWN"),
    "SSL_CTX_use_certificate_file": ("SSL_FILETYPE_PEM",),
    "SSL_CTX_use_PrivateKey_file": ("SSL_FILETYPE_PEM",),
    **dict.fromkeys(("SSL_CTX_set_session_id_context", "SSL_set_session_id_context"), ("2",)),
    "SSL_SESSION_set1_id": ("2",),
    "SSL_CTX_set_timeout": ("300",),
    "SSL_SESSION_set_timeout": ("300",),
    "SSL_SESSION_set_time": ("time(NULL)",),
    **dict.fromkeys(("SSL_read", "SSL_read_ex"), ("sizeof buf",)),
    **dict.fromkeys(("SSL_write", "SSL_write_ex"), ("5",)),
    "sleep": ("301",),
}
_MADE = {"buf": ("buf", "char buf[16];"), "&length": ("length", "size_t length;")}
"""What a call writes to: the argument, its variable, and the line that makes it."""
_NAMES = {"SSL_CTX *": "ctx", "SSL *": "ssl", "SSL_SESSION *": "s", "BIO *": "bio"}
_COUNTED = ("ctx", "ssl", "session")
_RESERVED = frozenset(
    {
        *("auto", "break", "case", "char", "const", "continue", "default", "do", "double"),
        *("else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long"),
        *("main", "register", "return", "short", "signed", "sizeof", "static", "struct"),
        *("switch", "typedef", "union", "unsigned", "void", "volatile", "while"),
    }
)


def pages(search: str = "") -> dict[str, tuple[Call, ...]]:
    """The calls that have every word of `search` in name, page or ownership, by manual page.

    The pages that are looked for most come first.

    >>> list(pages("up_ref SESSION"))
    ['SSL_SESSION_free(3)']
    """
    wanted = search.casefold().split()
    found: dict[str, list[Call]] = {}
    for call in CALLS.values():
        text = f"{call.name} {call.manual} {ownership(call)} {call.says}".casefold()
        if all(word in text for word in wanted):
            found.setdefault(call.manual, []).append(call)
    known = [page for page in _FIRST if page in found]
    order = [*known, *sorted(page for page in found if page not in known)]
    return {page: tuple(found[page]) for page in order}


def ownership(call: Call) -> str:
    """What a call does with references, in the words of the table.

    >>> ownership(CALLS["SSL_new"]), ownership(CALLS["SSL_get0_session"])
    ('takes ctx; gives you a reference', 'borrows ssl; lends, do not free')
    """
    parts = [
        f"{use} {', '.join(names)}"
        for use in ("gives back", "takes", "borrows")
        if (names := [p.name for p in call.parameters if p.use == use and p.kind in _COUNTED])
    ]
    if call.result in _RESULTS:
        parts.append(_RESULTS[call.result])
    return "; ".join(parts) or "counts nothing"


def variables(bench: Workbench) -> dict[str, Value]:
    """The pointers to counted objects that a new line can name, with their values."""
    steps = bench.run.timeline.steps
    return dict(steps[-1].variables) if steps else {}


def argument_choices(bench: Workbench, call: Call, parameter: Parameter) -> tuple[Choice, ...]:
    """The arguments that fit a parameter, the newest variable first.

    A dead object fits too: passing it is a mistake to learn from. Numbers and
    texts are proposals; others may be typed.

    Raises:
        Refused: Nothing fits; the message says how to get something that does.
    """
    types, values = bench.types, variables(bench)
    null = [Choice("NULL", "NULL")] if parameter.null_is_fine else []
    if parameter.kind == "number":
        return tuple(Choice(word, word) for word in _USUAL.get(call.name, ("0", "1")))
    if parameter.kind == "text" and not parameter.type.endswith("**"):
        proposal = '"file.pem"' if parameter.name == "file" else '"id"'
        return (Choice(proposal, proposal),)
    if call.name == "SSL_CTX_new":
        return tuple(Choice(word, word) for word in _METHODS)
    wanted = "function" if parameter.kind == "function" else parameter.type
    found = [
        Choice(_told(name, values, bench), name)
        for name in reversed(types)
        if types[name] == wanted
    ]
    if wanted.endswith("**"):
        base = wanted.removesuffix("*").removeprefix("const ")
        found += [Choice(f"&{name}", f"&{name}") for name in types if types[name] == base]
    if call.name == "BIO_new":
        found.append(Choice("BIO_s_mem()", "BIO_s_mem()"))
    if parameter.name == "data":
        found.append(Choice('"hello"', '"hello"'))
    written = {"buffer": "buf", "readbytes": "&length", "written": "&length"}.get(parameter.name)
    if written:
        variable, made = _MADE[written]
        is_new = "" if variable in types else f" (a new one: {made})"
        found.append(Choice(written + is_new, written))
    if not found and not null:
        raise Refused(_missing(call, parameter))
    return (*found, *null)


def _told(name: str, values: Mapping[str, Value], bench: Workbench) -> str:
    """A variable and where it points."""
    value = values.get(name)
    if not isinstance(value, ObjectId):
        return name if value is None else f"{name} ({value})"
    record = bench.run.timeline.steps[-1].world.record(value)
    return f"{name} → {value}" if record.alive else f"{name} → {value}, freed"


def _missing(call: Call, parameter: Parameter) -> str:
    """What to do when no variable fits."""
    if parameter.kind == "function":
        example = "int on_new(SSL *ssl, SSL_SESSION *s) { return 0; }"
        return f"{call.name} wants a function of your text: type one, such as {example}"
    makers = [c for c in CALLS.values() if c.type == parameter.type and c.name != call.name]
    get = f"make one with {makers[0].name}" if makers else "type a line that declares one"
    wanted = f"{parameter.type} {parameter.name}".replace("* ", "*")
    return f"{call.name} wants {wanted}, and no variable is one: {get}."


def free_name(bench: Workbench, call: Call) -> str:
    """A name for the result that nothing has yet; "" for a call that gives no object.

    >>> free_name(Workbench("SSL_SESSION *s = SSL_SESSION_new();"), CALLS["SSL_SESSION_dup"])
    's2'
    """
    if call.type not in _NAMES:
        return ""
    is_peek = call.type == "SSL_SESSION *" and call.result == "lent"
    base = "peek" if is_peek else _NAMES[call.type]
    number = 1
    while (name := base if number == 1 else f"{base}{number}") in bench.types:
        number += 1
    return name


def c_line(bench: Workbench, call: Call, arguments: list[str], name: str = "") -> str:
    """The C statement of a call; a name declares a variable for its result.

    Raises:
        Refused: An argument is missing, or the name cannot be used.
    """
    for parameter, code in zip(call.parameters, arguments, strict=True):
        if not code.strip():
            raise Refused(
                f"The argument {parameter.name} of {call.name} is empty: choose or type it."
            )
    given = [code.strip() for code in arguments]
    said = f"{call.name}({', '.join(given)});"
    for argument, (variable, made) in _MADE.items():
        if argument in given and variable not in bench.types:
            said = f"{made} {said}"
    name = name.strip()
    if not name:
        return said
    if call.result == "nothing":
        raise Refused(f"{call.name} returns nothing: leave the name empty.")
    _may_be_new(bench, name)
    return f"{call.type} {name} = {said}".replace("* ", "*")


def _may_be_new(bench: Workbench, name: str) -> None:
    """Refuses a name that no new variable can have."""
    if name in bench.types:
        raise Refused(
            f"The name {name} is taken. Choose another; to overwrite the variable, "
            f"type {name} = …; in the field for a C line."
        )
    is_word = re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name)
    if (
        not is_word
        or name in _RESERVED
        or name in CALLS
        or name in CONSTANTS
        or name in KNOWN_TYPES
    ):
        raise Refused(f"{name} cannot be the name of a variable: take letters, digits and _.")
