"""The C prototypes of the functions that the oracle calls: libssl's, libcrypto's and time(3).

A table only: it loads nothing and calls nothing.
"""

from __future__ import annotations

import ctypes
from typing import Any, Literal, NamedTuple

__all__ = ["MACROS", "SIGNATURES", "CType", "Macro", "Signature"]

CType = Literal[
    "void", "int", "uint", "long", "ulong", "size", "ctx", "ssl", "session", "pointer", "text"
]
"""How a value crosses into C; the three kinds of object are pointers with a name."""

_CTYPES: dict[CType, Any] = {
    "void": None,
    "int": ctypes.c_int,
    "uint": ctypes.c_uint,
    "long": ctypes.c_long,
    "ulong": ctypes.c_ulong,
    "size": ctypes.c_size_t,
    "text": ctypes.c_char_p,
}


class Signature(NamedTuple):
    """A function's result and parameters."""

    result: CType
    parameters: tuple[CType, ...]

    @property
    def restype(self) -> Any:
        """The result as ctypes wants it."""
        return _CTYPES.get(self.result, ctypes.c_void_p)

    @property
    def argtypes(self) -> list[Any]:
        """The parameters as ctypes wants them."""
        return [_CTYPES.get(one, ctypes.c_void_p) for one in self.parameters]


class Macro(NamedTuple):
    """A macro of the public headers that comes down to SSL_CTX_ctrl or SSL_ctrl."""

    control: Literal["SSL_CTX_ctrl", "SSL_ctrl"]
    command: int


MACROS = {
    "SSL_CTX_sess_number": Macro("SSL_CTX_ctrl", 20),
    "SSL_CTX_sess_connect_good": Macro("SSL_CTX_ctrl", 22),
    "SSL_CTX_sess_accept_good": Macro("SSL_CTX_ctrl", 25),
    "SSL_CTX_sess_cb_hits": Macro("SSL_CTX_ctrl", 28),
    "SSL_CTX_sess_misses": Macro("SSL_CTX_ctrl", 29),
    "SSL_CTX_sess_hits": Macro("SSL_CTX_ctrl", 27),
    "SSL_CTX_sess_timeouts": Macro("SSL_CTX_ctrl", 30),
    "SSL_CTX_sess_cache_full": Macro("SSL_CTX_ctrl", 31),
    "SSL_CTX_sess_set_cache_size": Macro("SSL_CTX_ctrl", 42),
    "SSL_CTX_sess_get_cache_size": Macro("SSL_CTX_ctrl", 43),
    "SSL_CTX_set_session_cache_mode": Macro("SSL_CTX_ctrl", 44),
    "SSL_CTX_get_session_cache_mode": Macro("SSL_CTX_ctrl", 45),
    "SSL_CTX_set_tlsext_ticket_keys": Macro("SSL_CTX_ctrl", 59),
    "SSL_CTX_set1_sigalgs_list": Macro("SSL_CTX_ctrl", 98),
    "SSL_CTX_set_min_proto_version": Macro("SSL_CTX_ctrl", 123),
    "SSL_CTX_set_max_proto_version": Macro("SSL_CTX_ctrl", 124),
    "SSL_set_min_proto_version": Macro("SSL_ctrl", 123),
    "SSL_set_max_proto_version": Macro("SSL_ctrl", 124),
}

_PROTOTYPES = """
TLS_method                      pointer
TLS_client_method               pointer
TLS_server_method               pointer
SSL_CTX_new                     ctx      pointer
SSL_CTX_up_ref                  int      ctx
SSL_CTX_free                    void     ctx
SSL_CTX_ctrl                    long     ctx int long pointer
SSL_ctrl                        long     ssl int long pointer
SSL_set_options                 ulong    ssl ulong
SSL_set_verify                  void     ssl int pointer
SSL_set_session_id_context      int      ssl text uint
SSL_set_num_tickets             int      ssl size
SSL_read_ex                     int      ssl pointer size pointer
SSL_write_ex                    int      ssl text size pointer
SSL_CTX_set_options             ulong    ctx ulong
SSL_CTX_set_verify              void     ctx int pointer
SSL_CTX_set_session_id_context  int      ctx text uint
SSL_CTX_set_timeout             long     ctx long
SSL_CTX_use_certificate         int      ctx pointer
SSL_CTX_use_PrivateKey          int      ctx pointer
SSL_CTX_check_private_key       int      ctx
SSL_CTX_add_session             int      ctx session
SSL_CTX_remove_session          int      ctx session
SSL_CTX_flush_sessions          void     ctx long
SSL_CTX_flush_sessions_ex       void     ctx long
SSL_CTX_sessions                pointer  ctx
SSL_CTX_sess_set_new_cb         void     ctx pointer
SSL_CTX_sess_set_remove_cb      void     ctx pointer
SSL_new                         ssl      ctx
SSL_up_ref                      int      ssl
SSL_free                        void     ssl
SSL_connect                     int      ssl
SSL_accept                      int      ssl
SSL_do_handshake                int      ssl
SSL_set_connect_state           void     ssl
SSL_set_accept_state            void     ssl
SSL_in_before                   int      ssl
SSL_is_server                   int      ssl
SSL_get_error                   int      ssl int
SSL_read                        int      ssl pointer int
SSL_shutdown                    int      ssl
SSL_set_shutdown                void     ssl int
SSL_set_bio                     void     ssl pointer pointer
SSL_get_SSL_CTX                 ctx      ssl
SSL_get_session                 session  ssl
SSL_get1_session                session  ssl
SSL_set_session                 int      ssl session
SSL_SESSION_new                 session
SSL_SESSION_up_ref              int      session
SSL_SESSION_free                void     session
SSL_SESSION_is_resumable        int      session
SSL_SESSION_get_time            long     session
SSL_SESSION_set_time            long     session long
SSL_SESSION_set1_id             int      session text uint
SSL_CTX_set_num_tickets         int      ctx size
SSL_CTX_get_timeout             long     ctx
SSL_CTX_set_quiet_shutdown      void     ctx int
SSL_CTX_sess_set_get_cb         void     ctx pointer
SSL_dup                         ssl      ssl
SSL_clear                       int      ssl
SSL_set_SSL_CTX                 ctx      ssl ctx
SSL_is_init_finished            int      ssl
SSL_write                       int      ssl text int
SSL_get_shutdown                int      ssl
SSL_set_quiet_shutdown          void     ssl int
SSL_copy_session_id             int      ssl ssl
SSL_session_reused              int      ssl
SSL_SESSION_dup                 session  session
SSL_SESSION_has_ticket          int      session
SSL_SESSION_set_timeout         long     session long
SSL_SESSION_get_timeout         long     session
SSL_SESSION_set_protocol_version int     session int
SSL_SESSION_get_protocol_version int     session
CRYPTO_get_ex_new_index         int      int long pointer pointer pointer pointer
CRYPTO_set_ex_data              int      pointer int pointer
CRYPTO_get_ex_data              pointer  pointer int
OPENSSL_LH_doall                void     pointer pointer
OpenSSL_version                 text     int
ERR_clear_error                 void
BIO_s_mem                       pointer
BIO_new                         pointer  pointer
BIO_free                        int      pointer
i2d_SSL_SESSION                 int      session pointer
d2i_SSL_SESSION                 session  pointer pointer long
PEM_write_bio_SSL_SESSION       int      pointer session
PEM_read_bio_SSL_SESSION        session  pointer pointer pointer pointer
BIO_read                        int      pointer pointer int
BIO_write                       int      pointer pointer int
EVP_PKEY_CTX_new_id             pointer  int pointer
EVP_PKEY_CTX_ctrl               int      pointer int int int int pointer
EVP_PKEY_CTX_free               void     pointer
EVP_PKEY_keygen_init            int      pointer
EVP_PKEY_keygen                 int      pointer pointer
EVP_sha256                      pointer
X509_new                        pointer
X509_set_pubkey                 int      pointer pointer
X509_getm_notBefore             pointer  pointer
X509_getm_notAfter              pointer  pointer
X509_gmtime_adj                 pointer  pointer long
X509_sign                       int      pointer pointer pointer
time                            long     pointer
"""


def _signatures() -> dict[str, Signature]:
    rows: dict[str, Signature] = {}
    for line in _PROTOTYPES.strip().splitlines():
        name, result, *parameters = line.split()
        rows[name] = Signature(_ctype(result), tuple(_ctype(one) for one in parameters))
    return rows


def _ctype(word: str) -> CType:
    found = next((one for one in CType.__args__ if one == word), None)  # type: ignore[attr-defined]
    if found is None:
        message = f"unknown C type {word!r} in the table of prototypes"
        raise ValueError(message)
    return found  # type: ignore[no-any-return]


SIGNATURES = _signatures()
"""Each function by name; a macro's entry is that of its control function."""
