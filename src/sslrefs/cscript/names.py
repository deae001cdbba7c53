"""The types, constants and harmless functions of libssl and the common headers."""

from __future__ import annotations

__all__ = [
    "CONSTANTS",
    "EXAMPLES",
    "FOLLOWED",
    "HARMLESS",
    "KEYWORDS",
    "KNOWN_TYPES",
    "LIBSSL_TYPES",
    "LIKELY_WORDS",
    "METHODS",
    "OTHER_CONSTANTS",
    "READERS",
    "THREADS",
]

KEYWORDS = frozenset(
    {
        *("auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else"),
        *("enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register"),
        *("restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch"),
        *("typedef", "union", "unsigned", "void", "volatile", "while", "offsetof"),
        *("_Alignas", "_Alignof", "_Atomic", "_Bool", "_Complex", "_Generic", "_Noreturn"),
        *("_Static_assert", "_Thread_local"),
    }
)
"""The words of C that are no names."""

LIBSSL_TYPES = ("SSL", "SSL_CTX", "SSL_SESSION", "SSL_METHOD")

KNOWN_TYPES = frozenset(
    (
        *LIBSSL_TYPES,
        *("SSL_CIPHER", "BIO", "BIO_METHOD", "X509", "X509_STORE", "EVP_PKEY", "FILE", "DH", "RSA"),
        *("X509_STORE_CTX", "X509_NAME", "EVP_MD", "EVP_CIPHER", "EC_KEY", "BIGNUM", "ENGINE"),
        *("CRYPTO_EX_DATA", "OSSL_LIB_CTX", "SSL_CONF_CTX"),
        *("size_t", "ssize_t", "time_t", "socklen_t", "bool", "uintptr_t", "intptr_t"),
        *("pthread_t", "pthread_mutex_t", "pthread_attr_t", "pthread_mutexattr_t"),
        *("ptrdiff_t", "off_t", "pid_t", "wchar_t", "va_list"),
        *("u_char", "u_int", "uint", "ulong"),
        *(f"{sign}int{bits}_t" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    )
)

CONSTANTS: dict[str, int] = {
    "SSL_SESS_CACHE_OFF": 0x0,
    "SSL_SESS_CACHE_CLIENT": 0x1,
    "SSL_SESS_CACHE_SERVER": 0x2,
    "SSL_SESS_CACHE_BOTH": 0x3,
    "SSL_SESS_CACHE_NO_AUTO_CLEAR": 0x80,
    "SSL_SESS_CACHE_NO_INTERNAL_LOOKUP": 0x100,
    "SSL_SESS_CACHE_NO_INTERNAL_STORE": 0x200,
    "SSL_SESS_CACHE_NO_INTERNAL": 0x300,
    "SSL_SESSION_CACHE_MAX_SIZE_DEFAULT": 20480,
    "SSL3_VERSION": 0x300,
    "TLS1_VERSION": 0x301,
    "TLS1_1_VERSION": 0x302,
    "TLS1_2_VERSION": 0x303,
    "TLS1_3_VERSION": 0x304,
    "SSL_OP_NO_TICKET": 0x4000,
    "SSL_OP_ALL": 0x80000850,
    "SSL_OP_NO_SSLv2": 0x0,
    "SSL_OP_NO_SSLv3": 0x2000000,
    "SSL_OP_NO_COMPRESSION": 0x20000,
    "SSL_OP_NO_TLSv1": 0x4000000,
    "SSL_OP_NO_TLSv1_1": 0x10000000,
    "SSL_OP_NO_RENEGOTIATION": 0x40000000,
    "SSL_VERIFY_NONE": 0,
    "SSL_VERIFY_PEER": 1,
    "SSL_FILETYPE_PEM": 1,
    "SSL_FILETYPE_ASN1": 2,
    "SSL_SENT_SHUTDOWN": 1,
    "SSL_RECEIVED_SHUTDOWN": 2,
    "SSL_ERROR_NONE": 0,
    "SSL_ERROR_SSL": 1,
    "SSL_ERROR_WANT_READ": 2,
    "SSL_ERROR_WANT_WRITE": 3,
    "SSL_ERROR_WANT_X509_LOOKUP": 4,
    "SSL_ERROR_SYSCALL": 5,
    "SSL_ERROR_ZERO_RETURN": 6,
    "SSL_ERROR_WANT_CONNECT": 7,
    "SSL_ERROR_WANT_ACCEPT": 8,
    "SSL_CTRL_SESS_NUMBER": 20,
    "SSL_CTRL_SET_SESS_CACHE_SIZE": 42,
    "SSL_CTRL_GET_SESS_CACHE_SIZE": 43,
    "SSL_CTRL_SET_SESS_CACHE_MODE": 44,
    "SSL_CTRL_GET_SESS_CACHE_MODE": 45,
    "SSL_CTRL_SET_MIN_PROTO_VERSION": 123,
    "SSL_CTRL_SET_MAX_PROTO_VERSION": 124,
    "X509_V_OK": 0,
    "PTHREAD_MUTEX_INITIALIZER": 0,
    "EXIT_SUCCESS": 0,
    "EXIT_FAILURE": 1,
    "true": 1,
    "TRUE": 1,
    "FALSE": 0,
    "false": 0,
}

OTHER_CONSTANTS = frozenset({"SSL_OP_NO_TLSv1_2", "SSL_OP_NO_TLSv1_3"})
"""Constants of libssl that the model does not follow, though their names resemble those above."""

HARMLESS: dict[str, int] = {
    **dict.fromkeys(("exit", "abort", "_exit"), 0),
    **dict.fromkeys(("printf", "fprintf", "puts", "putchar", "perror", "fflush", "assert"), 0),
    **dict.fromkeys(("ERR_print_errors_fp", "ERR_clear_error", "ERR_get_error"), 0),
    **dict.fromkeys(("SSL_library_init", "OPENSSL_init_ssl", "OpenSSL_add_ssl_algorithms"), 1),
    **dict.fromkeys(("SSL_load_error_strings", "OpenSSL_add_all_algorithms"), 0),
    **dict.fromkeys(("SSL_set_fd", "SSL_set_rfd", "SSL_set_wfd", "SSL_set_tlsext_host_name"), 1),
    **dict.fromkeys(("SSL_set1_host", "SSL_CTX_set_cipher_list", "SSL_set_cipher_list"), 1),
    **dict.fromkeys(("SSL_CTX_load_verify_locations", "SSL_CTX_set_default_verify_paths"), 1),
    **dict.fromkeys(
        ("SSL_get_verify_result", "SSL_pending", "SSL_CTX_set_mode", "SSL_set_mode"), 0
    ),
    **dict.fromkeys(("pthread_mutex_init", "pthread_mutex_destroy"), 0),
}
"""Functions that change no count and need no note, with what they return when all goes well."""

READERS = frozenset(
    {
        *("memcmp", "strlen", "strcmp", "strncmp", "strcasecmp", "strncasecmp", "strcpy"),
        *("strncpy", "strcat", "strncat", "strchr", "strrchr", "strstr", "snprintf", "sprintf"),
        *("atoi", "getenv"),
        *("SSL_SESSION_get_id", "SSL_SESSION_get0_id_context", "SSL_SESSION_get0_hostname"),
        *("SSL_SESSION_get0_cipher", "SSL_SESSION_get0_alpn_selected", "SSL_SESSION_get0_ticket"),
        *("SSL_SESSION_get_ticket_lifetime_hint", "SSL_SESSION_get_max_early_data"),
        *("SSL_SESSION_get_master_key", "SSL_SESSION_print", "SSL_SESSION_print_fp"),
        *("SSL_get_version", "SSL_get_cipher", "SSL_get_cipher_name", "SSL_get_cipher_bits"),
        *("SSL_get_current_cipher", "SSL_CIPHER_get_name", "SSL_CIPHER_get_bits", "SSL_get_fd"),
        *("SSL_is_server", "SSL_get_state", "SSL_state_string", "SSL_state_string_long"),
    }
)
"""Functions that only look at what they are given, or write characters: they need no note."""

THREADS = frozenset(
    {
        *("pthread_create", "pthread_join", "pthread_exit", "pthread_self"),
        *("pthread_mutex_lock", "pthread_mutex_unlock"),
    }
)
"""Functions that make threads and let them wait for each other."""

METHODS = tuple(
    f"{version}{side}_method"
    for version in ("SSLv23", "TLSv1", "TLSv1_1", "TLSv1_2", "DTLS")
    for side in ("", "_client", "_server")
)
"""What SSL_CTX_new(3) takes beside TLS_method(3) and its kin."""

LIKELY_WORDS = ("likely", "unlikely", "__builtin_expect", "ossl_likely", "ossl_unlikely")

FOLLOWED = frozenset(
    (
        *LIKELY_WORDS,
        *THREADS,
        *METHODS,
        *("OpenSSL_version_num", "SSLeay", "SSL_CTX_ctrl"),
        *("malloc", "calloc", "free", "memset", "memcpy", "memmove"),
        *("SSL_get_error", "SSL_get_ex_new_index", "SSL_CTX_get_ex_new_index"),
        *("SSL_SESSION_get_ex_new_index",),
        *("OPENSSL_malloc", "OPENSSL_zalloc", "OPENSSL_free", "exit", "_exit", "abort"),
        *(
            f"{kind}_{verb}_{what}"
            for kind in ("SSL", "SSL_CTX", "SSL_SESSION")
            for verb in ("set", "get")
            for what in ("ex_data", "app_data")
        ),
    )
)
"""Functions of the rest of the world whose effect on pointers is followed."""

EXAMPLES = {
    "SSL_CTX *": "SSL_CTX *{} = SSL_CTX_new(TLS_method());",
    "SSL *": "SSL *{} = SSL_new(ctx);",
    "SSL_SESSION *": "SSL_SESSION *{} = SSL_get1_session(ssl);",
    "SSL_SESSION **": "SSL_SESSION **{} = &session;",
    "const unsigned char *": "unsigned char data[512]; const unsigned char *{} = data;",
    "pthread_mutex_t": "pthread_mutex_t {} = PTHREAD_MUTEX_INITIALIZER;",
}
"""How a variable of each kind is made, to be shown where one is missing."""
