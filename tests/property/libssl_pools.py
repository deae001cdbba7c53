"""Values for the parameters of random calls that are no objects."""

from __future__ import annotations

from typing import NamedTuple

from sslrefs.model.objects import NULL, Function, Opaque, Text, Value


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

POOLS: dict[tuple[str, str], Pool] = {
    ("sleep", "seconds"): _SECONDS,
    ("SSL_CTX_new", "method"): Pool((Opaque("pointer"),)),
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
    ("SSL_CTX_sess_set_cache_size", "size"): Pool((0, 1, 2, 3, 5)),
    ("SSL_CTX_sess_set_new_cb", "new_cb"): _functions(
        "look", "keep", "keep_a_second", "count_and_hand_back", "free_what_is_given"
    ),
    ("SSL_CTX_sess_set_remove_cb", "remove_cb"): _functions(
        "leave", "count_up_and_down", "take_one", "free_what_is_lent"
    ),
    ("SSL_CTX_sess_set_get_cb", "get_cb"): _functions("find", "find_and_give"),
    ("SSL_set_shutdown", "mode"): Pool((0, 1, 2, 3)),
    ("SSL_set_quiet_shutdown", "mode"): _SWITCH,
    ("SSL_read", "buffer"): _BUFFER,
    ("SSL_read", "size"): Pool((64,)),
    ("SSL_SESSION_set1_id", "id"): _IDS,
    ("SSL_SESSION_set1_id", "length"): _THREE,
    ("SSL_SESSION_set_time", "when"): _TIMES,
    ("SSL_SESSION_set_timeout", "seconds"): _SECONDS,
    ("SSL_SESSION_set_protocol_version", "version"): Pool((0x303, 0x304)),
}
