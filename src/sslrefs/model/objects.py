"""The nouns of libssl that are counted, and the values a C expression can have.

Nothing here knows a rule: records only, immutable, and cheap to make (named
tuples, because a run makes several of them per step).
"""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple

from pyrsistent import PMap, pmap

__all__ = [
    "NULL",
    "UNINITIALISED",
    "Address",
    "Bio",
    "Bytes",
    "CacheKey",
    "Ctx",
    "Function",
    "Kind",
    "Null",
    "ObjectId",
    "Opaque",
    "Session",
    "Side",
    "Ssl",
    "Text",
    "Uninitialised",
    "Value",
    "show",
]

Kind = Literal["ctx", "ssl", "session"]


class ObjectId(NamedTuple):
    """Names one object: its kind and its number, counted per kind from 1.

    >>> str(ObjectId("session", 1))
    'session#1'
    """

    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}#{self.number}"


class Null(Enum):
    """The type of :data:`NULL`."""

    NULL = "NULL"


class Uninitialised(Enum):
    """The type of :data:`UNINITIALISED`."""

    UNINITIALISED = "uninitialised"


NULL = Null.NULL
UNINITIALISED = Uninitialised.UNINITIALISED


class Function(NamedTuple):
    """A pointer to a function of the program, given to libssl as a callback."""

    name: str


class Text(NamedTuple):
    """A pointer to a C string literal."""

    text: str


class Address(NamedTuple):
    """A pointer to a variable or a buffer of the program (`&s`, `buf`).

    `content` is what stands there; it is filled in for a libssl call.
    """

    place: str
    content: Value | None = None


class Bytes(NamedTuple):
    """A pointer to the bytes of an encoded session, or to its PEM text."""

    session: Session


class Bio(NamedTuple):
    """A memory BIO of the program, by number from 1."""

    number: int


Side = Literal["", "client", "server"]
"""A side of a handshake; "" where none is settled, or both are open."""


class Opaque(NamedTuple):
    """A value the model does not look into; `label` is how it is shown.

    Of an SSL_METHOD it knows the one `side` it was made for, "" for both.
    """

    label: str
    side: Side = ""


Value = int | ObjectId | Null | Uninitialised | Function | Text | Address | Bytes | Bio | Opaque


def show(value: Value | None) -> str | int | None:
    """The value as libssl's vectors and our JSON write it.

    >>> show(NULL), show(ObjectId("ssl", 2)), show(3)
    ('NULL', 'ssl#2', 3)
    """
    match value:
        case None | int():
            return value
        case ObjectId():
            return str(value)
        case Null() | Uninitialised():
            return str(value.value)
        case Opaque(label=label):
            return label
        case Function(name=name):
            return name
        case Text() | Address() | Bytes() | Bio():
            return "pointer"


CacheKey = tuple[int, str]
_NOTHING: PMap[CacheKey, ObjectId] = pmap()


class Ctx(NamedTuple):
    """An SSL_CTX: its count and what of it decides who holds a session.

    `method` is the one side its SSL_METHOD serves, "" for both.
    `cache` is its session cache: the session by protocol version and id;
    `dead_links` counts the entries whose session is gone already, and
    `has_broken_list` says that another context's list took over a link.
    """

    count: int = 1  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    alive: bool = True
    method: Side = ""
    cache_mode: int = 2
    cache: PMap[CacheKey, ObjectId] = _NOTHING
    dead_links: int = 0
    has_broken_list: bool = False
    cache_size: int = 20480
    timeout: int = 7200
    min_version: int = 0
    max_version: int = 0x304
    no_ticket: bool = False
    tickets: int = 2
    verify_peer: bool = False
    id_context: str = ""
    quiet_shutdown: bool = False
    new_cb: str = ""
    remove_cb: str = ""
    get_cb: str = ""
    connected: int = 0
    accepted: int = 0
    hits: int = 0
    cb_hits: int = 0
    misses: int = 0
    timeouts: int = 0
    cache_full: int = 0


class Ssl(NamedTuple):
    """An SSL. It holds two references to contexts and at most one to a session.

    `ctx` is the context in use, `session_ctx` the one given to SSL_new, in
    whose cache its sessions are kept. `state` is "fresh" before a handshake,
    "connected" after one and "failed" after a fatal error. `method` is the one
    side its SSL_METHOD serves, "" for both; it `is_barred` when its side was
    chosen and the method of that moment had no handshake for it. `is_cut_off` says
    that SSL_set_session on an open connection has taken its record layer away,
    `is_silent` that the peer has said its last word.
    """

    ctx: ObjectId
    session_ctx: ObjectId
    count: int = 1  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    alive: bool = True
    session: ObjectId | None = None
    state: Literal["fresh", "connected", "failed"] = "fresh"
    side: Side = ""
    method: Side = ""
    is_barred: bool = False
    version: int = 0
    sent_shutdown: bool = False
    received_shutdown: bool = False
    quiet_shutdown: bool = False
    is_cut_off: bool = False
    is_silent: bool = False
    hit: bool = False
    min_version: int = 0
    max_version: int = 0x304
    no_ticket: bool = False
    tickets: int = 2
    verify_peer: bool = False
    id_context: str = ""
    waiting_tickets: int = 0


class Session(NamedTuple):
    """An SSL_SESSION.

    `key` stands for the bytes of its id ("" when it has none); two sessions
    with the same key are equal for a cache. Without a cipher (`has_cipher`,
    set by a handshake) a session cannot be encoded. `spoiled` is libssl's mark
    "not resumable". `cached_in` is the context whose list links it, and
    `added` orders sessions in that list.
    """

    count: int = 1  # type: ignore[assignment]  # the field shadows a method of tuple nobody needs
    alive: bool = True
    key: str = ""
    has_ticket: bool = False
    has_cipher: bool = False
    spoiled: bool = False
    version: int = 0
    time: int = 0
    timeout: int = 304
    id_context: str = ""
    cached_in: ObjectId | None = None
    added: int = 0

    @property
    def cache_key(self) -> CacheKey:
        """What a cache compares: protocol version and id."""
        return (self.version, self.key)

    @property
    def is_resumable(self) -> bool:
        """Whether SSL_SESSION_is_resumable(3) would say 1."""
        return not self.spoiled and (self.key != "" or self.has_ticket)
