"""The libssl functions the model knows: one row each, said once.

A row states what the function borrows, takes, gives back and gives, which
manual page says so, and what it does to the cache. The interpreter checks
arguments against it; narration, palette and reference page read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["CALLS", "Call", "Parameter", "call_named"]

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
}
_OBJECTS = ("SSL_CTX *", "SSL *", "SSL_SESSION *")


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

    @property
    def signature(self) -> str:
        """The C prototype."""
        inner = ", ".join(f"{p.type} {p.name}".replace("* ", "*") for p in self.parameters)
        return f"{self.type} {self.name}({inner or 'void'})".replace("* ", "*")


_PROTOTYPE = re.compile(r"(?P<type>.*?)\s*(?P<name>\w+)\((?P<inner>.*)\)")
_PARAMETER = re.compile(r"(?P<type>.*?)\s*(?P<name>\w+)(?P<null>\??)")


def _row(
    prototype: str,
    manual: str,
    says: str,
    *,
    gives: Literal["own", "lent", ""] = "",
    takes: str = "",
    gives_back: str = "",
    cache: str = "",
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
        parameters.append(
            Parameter(part["name"], part["type"], kind, use, part["null"] == "?")
        )
    result: Result = "number"
    if gives:
        result = gives
    elif match["type"] == "void":
        result = "nothing"
    elif "*" in match["type"]:
        result = "pointer"
    return Call(
        match["name"], match["type"], tuple(parameters), result, manual, says, cache
    )


_ROWS = (
    _row("time_t time(void * where?)", "time(3)", "the virtual clock, which only sleep moves"),
    _row("unsigned int sleep(unsigned int seconds)", "sleep(3)", "moves the virtual clock, at once"),
    _row("const void * TLS_client_method()", "SSL_CTX_new(3)", "names the client's side"),
    _row("const void * TLS_server_method()", "SSL_CTX_new(3)", "names the server's side"),
    _row("const void * TLS_method()", "SSL_CTX_new(3)", "names both sides"),
    _row(
        "SSL_CTX * SSL_CTX_new(void * method)",
        "SSL_CTX_new(3)",
        "makes a context with count 1, yours to free",
        gives="own",
    ),
    _row(
        "int SSL_CTX_up_ref(SSL_CTX * ctx)",
        "SSL_CTX_new(3)",
        "counts one reference more, yours to give back",
        takes="ctx",
    ),
    _row(
        "void SSL_CTX_free(SSL_CTX * ctx?)",
        "SSL_CTX_free(3)",
        "gives your reference back; at 0 it flushes the cache, then the memory goes",
        gives_back="ctx",
        cache="at 0 every session leaves it, is spoiled and shown to the remove callback",
    ),
    _row(
        "SSL * SSL_new(SSL_CTX * ctx)",
        "SSL_new(3)",
        "makes a connection with count 1, yours to free; it takes two references to its context",
        gives="own",
        takes="ctx",
    ),
    _row(
        "int SSL_up_ref(SSL * ssl)",
        "SSL_new(3)",
        "counts one reference more, yours to give back",
        takes="ssl",
    ),
    _row(
        "void SSL_free(SSL * ssl?)",
        "SSL_free(3)",
        "gives your reference back; at 0 the connection gives back its session and its context",
        gives_back="ssl",
        cache="without SSL_shutdown the session leaves it and is spoiled",
    ),
    _row(
        "int SSL_shutdown(SSL * ssl)",
        "SSL_shutdown(3)",
        "sends close_notify; after it SSL_free spares the session",
    ),
    _row(
        "int SSL_connect(SSL * ssl)",
        "SSL_connect(3)",
        "shakes hands as client; the connection holds the session",
        cache="a new session enters it if the mode has the client's bit",
    ),
    _row(
        "int SSL_accept(SSL * ssl)",
        "SSL_accept(3)",
        "shakes hands as server; the connection holds the session",
        cache="a new session with an id enters it if the mode has the server's bit",
    ),
    _row(
        "SSL_SESSION * SSL_get_session(SSL * ssl)",
        "SSL_get_session(3)",
        "lends the connection's session: no count, do not free it",
        gives="lent",
    ),
    _row(
        "SSL_SESSION * SSL_get0_session(SSL * ssl)",
        "SSL_get_session(3)",
        "lends the connection's session: no count, do not free it",
        gives="lent",
    ),
    _row(
        "SSL_SESSION * SSL_get1_session(SSL * ssl)",
        "SSL_get_session(3)",
        "gives the connection's session with one reference for you to free",
        gives="own",
    ),
    _row(
        "int SSL_set_session(SSL * ssl, SSL_SESSION * session?)",
        "SSL_set_session(3)",
        "the connection takes a reference of its own and gives its former session back",
        takes="session",
        cache="on a connection without SSL_shutdown the former session leaves it and is spoiled",
    ),
    _row(
        "SSL_SESSION * SSL_SESSION_new()",
        "SSL_SESSION_new(3)",
        "makes an empty session with count 1, yours to free",
        gives="own",
    ),
    _row(
        "int SSL_SESSION_up_ref(SSL_SESSION * session)",
        "SSL_SESSION_free(3)",
        "counts one reference more, yours to give back",
        takes="session",
    ),
    _row(
        "void SSL_SESSION_free(SSL_SESSION * session?)",
        "SSL_SESSION_free(3)",
        "gives your reference back; at 0 the memory goes, even if a cache still links it",
        gives_back="session",
    ),
    _row(
        "long SSL_CTX_set_session_cache_mode(SSL_CTX * ctx, long mode)",
        "SSL_CTX_set_session_cache_mode(3)",
        "sets which sessions the cache takes by itself; returns the old mode",
    ),
    _row(
        "int SSL_CTX_add_session(SSL_CTX * ctx, SSL_SESSION * session)",
        "SSL_CTX_add_session(3)",
        "the cache takes a reference of its own; 0 if it has this session already",
        takes="session",
        cache="the session enters it; one with an equal id leaves silently",
    ),
    _row(
        "int SSL_CTX_remove_session(SSL_CTX * ctx, SSL_SESSION * session?)",
        "SSL_CTX_add_session(3)",
        "the cache gives its reference back, yours stays yours; the session is spoiled",
        cache="the session leaves it and is shown to the remove callback",
    ),
    _row(
        "void SSL_CTX_flush_sessions(SSL_CTX * ctx, long when)",
        "SSL_CTX_flush_sessions(3)",
        "the cache gives back what has expired before `when`; 0 means all",
        cache="what has expired leaves it, is spoiled and shown to the remove callback",
    ),
    _row(
        "long SSL_CTX_sess_number(SSL_CTX * ctx)",
        "SSL_CTX_sess_number(3)",
        "how many sessions the cache links",
    ),
    _row(
        "int SSL_CTX_set_max_proto_version(SSL_CTX * ctx, int version)",
        "SSL_CTX_set_min_proto_version(3)",
        "the highest TLS version of connections made later",
    ),
    _row(
        "unsigned long SSL_CTX_set_options(SSL_CTX * ctx, unsigned long options)",
        "SSL_CTX_set_options(3)",
        "of the options SSL_OP_NO_TICKET decides whether a server keeps sessions",
    ),
    _row(
        "int SSL_CTX_set_session_id_context(SSL_CTX * ctx, const unsigned char * sid_ctx,"
        " unsigned int length)",
        "SSL_CTX_set_session_id_context(3)",
        "sessions are reused only within the same session id context",
    ),
    _row(
        "int SSL_CTX_use_certificate_file(SSL_CTX * ctx, const char * file, int type)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    _row(
        "int SSL_CTX_use_certificate_chain_file(SSL_CTX * ctx, const char * file)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    _row(
        "int SSL_CTX_use_PrivateKey_file(SSL_CTX * ctx, const char * file, int type)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects; the file is never opened",
    ),
    _row(
        "int SSL_CTX_check_private_key(SSL_CTX * ctx)",
        "SSL_CTX_use_certificate(3)",
        "changes no count of the model's objects",
    ),
    _row(
        "void SSL_CTX_sess_set_new_cb(SSL_CTX * ctx, callback new_cb?)",
        "SSL_CTX_sess_set_get_cb(3)",
        "the callback is offered one reference to each new session: 1 keeps it, 0 hands it back",
    ),
    _row(
        "void SSL_CTX_sess_set_remove_cb(SSL_CTX * ctx, callback remove_cb?)",
        "SSL_CTX_sess_set_get_cb(3)",
        "the callback sees each session that leaves the cache, still alive; it is only lent",
    ),
)

CALLS: dict[str, Call] = {row.name: row for row in _ROWS}


def call_named(name: str) -> Call | None:
    """The row of a function, or None when the model does not know it.

    >>> call_named("SSL_get1_session").result
    'own'
    """
    return CALLS.get(name)
