"""What random walks choose from: calls, how often, with which directions and values.

Tables only. What is left out of the walks stands here with its reason.
"""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import NULL, Address, Function, Opaque, Text, Value

__all__ = [
    "DIRECTIONS",
    "POOLS",
    "SITUATIONS",
    "SLOTS",
    "VARIABLES",
    "Picks",
    "Pool",
]


class Picks:
    """A drawn number, taken apart into choices; 0 chooses what comes first."""

    def __init__(self, number: int) -> None:
        self._left = number

    def among(self, size: int) -> int:
        """A number below `size`."""
        self._left, choice = divmod(self._left, size)
        return choice


class Pool(NamedTuple):
    """Values for one parameter that is no object; `after` makes them relative to the clock."""

    values: tuple[Value, ...]
    is_time: bool = False


def _functions(*names: str) -> Pool:
    return Pool((NULL, *(Function(name) for name in names)))


_SWITCH = Pool((0, 1))
_SECONDS = Pool((0, 1, 300, 304, 305, 7200, 7201))
_TIMES = Pool((0, 1, 304, 305, 7200, 7201, -1), is_time=True)
_VERSIONS = Pool((0x303, 0x303, 0x304, 0))
_IDS = Pool((Text("one"), Text("two")))
_THREE = Pool((3,))
_BUFFER = Pool((Opaque("pointer"),))
_LENGTH = Pool((Address("length"),))

_LIKE_THE_CONTEXT = {
    ("SSL_set_options", "options"): Pool((0x4000, 0)),
    ("SSL_set_num_tickets", "number"): Pool((0, 1, 2, 3)),
    ("SSL_set_verify", "mode"): _SWITCH,
    ("SSL_set_verify", "verify"): Pool((NULL,)),
    ("SSL_set_session_id_context", "sid_ctx"): _IDS,
    ("SSL_set_session_id_context", "length"): Pool((3, 1)),
    ("SSL_set_min_proto_version", "version"): _VERSIONS,
    ("SSL_set_max_proto_version", "version"): _VERSIONS,
}
_FILE = Pool((Text("file.pem"),))
_FILE_CALLS = ("use_certificate_file", "use_certificate_chain_file", "use_PrivateKey_file")

VARIABLES = ("BIO *", "unsigned char **", "const unsigned char **", "SSL_SESSION **")
"""The types of parameters whose values are variables of the walk."""

POOLS: dict[tuple[str, str], Pool] = {
    ("sleep", "seconds"): _SECONDS,
    ("SSL_CTX_new", "method"): Pool(
        (
            *(Opaque("pointer") for _ in range(6)),
            Opaque("pointer", "client"),
            Opaque("pointer", "server"),
        )
    ),
    ("SSL_CTX_set_session_cache_mode", "mode"): Pool(
        (0, 1, 2, 3, 0x81, 0x103, 0x203, 0x303, 0x283)
    ),
    ("SSL_CTX_set_max_proto_version", "version"): _VERSIONS,
    ("SSL_CTX_set_options", "options"): Pool((0x4000, 0)),
    ("SSL_CTX_set_session_id_context", "sid_ctx"): _IDS,
    ("SSL_CTX_set_session_id_context", "length"): Pool((3, 1)),
    ("SSL_CTX_set_timeout", "seconds"): _SECONDS,
    ("SSL_CTX_set_num_tickets", "number"): Pool((0, 1, 2, 3)),
    ("SSL_CTX_set_quiet_shutdown", "mode"): _SWITCH,
    ("SSL_CTX_flush_sessions", "when"): _TIMES,
    ("SSL_CTX_flush_sessions_ex", "when"): _TIMES,
    ("SSL_CTX_sess_set_cache_size", "size"): Pool((0, 1, 2, 3, 5)),
    ("SSL_CTX_sess_set_new_cb", "new_cb"): _functions(
        "look", "keep", "keep_a_second", "count_and_hand_back", "free_what_is_given"
    ),
    ("SSL_CTX_sess_set_remove_cb", "remove_cb"): _functions(
        "leave", "count_up_and_down", "take_one", "free_what_is_lent"
    ),
    ("SSL_CTX_sess_set_get_cb", "get_cb"): _functions("find", "find_and_give"),
    ("SSL_CTX_set_min_proto_version", "version"): _VERSIONS,
    ("SSL_CTX_set_verify", "mode"): _SWITCH,
    ("SSL_CTX_set_verify", "verify"): Pool((NULL,)),
    **{("SSL_CTX_" + name, "file"): _FILE for name in _FILE_CALLS},
    **{("SSL_CTX_" + name, "type"): Pool((1,)) for name in _FILE_CALLS},
    ("time", "where"): Pool((NULL,)),
    ("d2i_SSL_SESSION", "length"): Pool((64,)),
    ("BIO_new", "type"): _BUFFER,
    ("PEM_read_bio_SSL_SESSION", "cb"): Pool((NULL,)),
    ("PEM_read_bio_SSL_SESSION", "u"): Pool((NULL,)),
    ("SSL_set_shutdown", "mode"): Pool((0, 1, 2, 3)),
    ("SSL_set_quiet_shutdown", "mode"): _SWITCH,
    **{(name, "buffer"): _BUFFER for name in ("SSL_read", "SSL_read_ex")},
    **{(name, "size"): Pool((64,)) for name in ("SSL_read", "SSL_read_ex")},
    **{(name, "data"): Pool((Text("hello"),)) for name in ("SSL_write", "SSL_write_ex")},
    **{(name, "size"): Pool((5, 1)) for name in ("SSL_write", "SSL_write_ex")},
    ("SSL_read_ex", "readbytes"): _LENGTH,
    ("SSL_write_ex", "written"): _LENGTH,
    **_LIKE_THE_CONTEXT,
    ("SSL_SESSION_set1_id", "id"): _IDS,
    ("SSL_SESSION_set1_id", "length"): _THREE,
    ("SSL_SESSION_set_time", "when"): _TIMES,
    ("SSL_SESSION_set_timeout", "seconds"): _SECONDS,
    ("SSL_SESSION_set_protocol_version", "version"): Pool((0x303, 0x304)),
}

DIRECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "SSL_connect": ((), (), ("fails",)),
    "SSL_accept": ((), ("peer resumes",), ("peer resumes",), ("fails",)),
    **dict.fromkeys(("SSL_read", "SSL_read_ex"), ((), (), ("peer closes",), ("peer breaks",))),
}

SITUATIONS = (
    "an open connection that was given another session: it is only shut and let go",
    "another side for a connection that is not fresh: it is not ready for another handshake",
    "an expired ticket, or expired entry beside a freed one: its age cannot be changed",
    "OpenSSL 3.3 and later: a session offered in the second in which it expires: a fraction decides",
    "OpenSSL 1.1.1: a server with a session of its own, which it takes for the client's",
    "OpenSSL 1.1.1: a client that asks for a spoiled session, whose id is then emptied",
)
"""What the walks leave out of calls they make."""

_OFTEN = (
    *("SSL_new", "SSL_connect", "SSL_connect", "SSL_accept", "SSL_accept", "SSL_shutdown"),
    *("SSL_free", "SSL_set_session", "SSL_get_session", "SSL_get1_session", "SSL_session_reused"),
    *("SSL_SESSION_new", "SSL_SESSION_up_ref", "SSL_SESSION_free", "SSL_SESSION_set1_id"),
    *("SSL_clear", "SSL_read", "SSL_read", "SSL_set_SSL_CTX"),
    *("SSL_CTX_add_session", "SSL_CTX_remove_session", "SSL_CTX_flush_sessions"),
)
SLOTS = (*(name for name in _OFTEN for _ in range(3)), *CALLS)
"""The calls a walk picks from, each as often as it stands here."""
