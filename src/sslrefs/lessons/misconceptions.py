"""What people believe about the ownership of sessions: 25 beliefs, and what is true instead.

A question names the belief it meets (`Question.misconception`); the answers
stand in its replies. Values only.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MISCONCEPTIONS", "Misconception"]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong belief.

    `seen` names public reports in which it turned up, as "project #number"
    or as a manual page.
    """

    belief: str
    truth: str
    seen: tuple[str, ...]


MISCONCEPTIONS: dict[str, Misconception] = {
    "get-gives": Misconception(
        "SSL_get_session gives me a session I can keep.",
        "It lends. The session may go as soon as its connection lets go; SSL_get1_session takes "
        "a reference that stays.",
        ("cyrusimap/cyrus-imapd #3216", "curl/curl #9492"),
    ),
    "free-after-get": Misconception(
        "Every get needs a free.",
        "Only get1 does, once, whatever happens to the connection. A get or get0 is never freed.",
        ("eclipse-paho/paho.mqtt.c #909", "SSL_SESSION_free(3)"),
    ),
    "set-session-takes-over": Misconception(
        "SSL_set_session takes over my reference.",
        "It counts one of its own. Yours stays yours, and may be freed right after the call.",
        ("oven-sh/bun #29882", "SSL_set_session(3)"),
    ),
    "new-callback-return": Misconception(
        "The return value of the new callback says whether storing worked.",
        "It says who owns the reference on offer: 1 keeps it, 0 hands it back.",
        ("nodejs/node #33931", "curl/curl #19717", "openssl/openssl #10848"),
    ),
    "zero-is-safe": Misconception(
        "Returning 0 from the new callback is the safe choice.",
        "Only when the pointer is not kept. If kept, it dangles once the connection goes.",
        ("IndySockets/Indy #299",),
    ),
    "session-at-connect": Misconception(
        "After SSL_connect I have the session that will resume.",
        "In TLS 1.3 the ticket comes later, in SSL_read, and with a new session object.",
        ("h2o/h2o #2088", "curl/curl #3271", "openssl/openssl #2259"),
    ),
    "owned-is-resumable": Misconception(
        "I own a reference, so the session will resume.",
        "The count keeps memory alive. Whether the session resumes is a flag in the object, and "
        "a connection ended without SSL_shutdown, a removal or a flush clears it for all holders.",
        ("openssl/openssl #1550", "openssl/openssl #4720", "openssl/openssl #18690"),
    ),
    "remove-frees-mine": Misconception(
        "SSL_CTX_remove_session, or a flush, frees my session.",
        "It gives back the reference of the cache. Yours still needs its free.",
        ("openssl/openssl #4126", "SSL_CTX_add_session(3)"),
    ),
    "library-crashed": Misconception(
        "It crashed inside libssl, so it is a bug of libssl.",
        "Most often a surplus free, long before: the object died while the cache still listed it.",
        ("openssl/openssl #12814", "openssl/openssl #12898", "SSL_SESSION_free(3)"),
    ),
    "worked-for-years": Misconception(
        "It worked for years, so the new version broke it.",
        "A wrong count stays unseen while somebody else holds the object. Fewer sharers show it.",
        ("openssl/openssl #15288", "openssl/openssl #12814"),
    ),
    "order-of-frees": Misconception(
        "SSL_free must come before SSL_CTX_free.",
        "Either order is right: a connection counts its context.",
        ("lefcha/imapfilter #55", "openssl/openssl #28298"),
    ),
    "free-takes-along": Misconception(
        "SSL_free frees the context, or SSL_CTX_free frees its connections.",
        "Neither. A connection gives back what it took; who created frees what was created.",
        ("openssl/openssl #6793", "SmingHub/Sming #1288"),
    ),
    "get-ctx-gives": Misconception(
        "The context from SSL_get_SSL_CTX must be freed.",
        "It is lent. A free of it is paid by a later free that is right.",
        ("openssl/openssl #28298", "openssl/openssl #29767"),
    ),
    "null-check-protects": Misconception(
        "I checked for NULL before freeing.",
        "A free cannot clear your variable, let alone other names. NULL says nothing of ownership.",
        ("adobkin/libcapn #10", "pjsip/pjproject #3069"),
    ),
    "assignment-counts": Misconception(
        "Assigning the pointer makes a second owner.",
        "Assignment counts nothing: one reference, two names, one free.",
        ("pjsip/pjproject #3069", "eclipse-mosquitto/mosquitto #2992"),
    ),
    "overwrite-frees": Misconception(
        "I overwrote the variable; the old object will go by itself.",
        "Its reference stays owed for ever, with all that the object holds.",
        ("aws/aws-iot-device-sdk-cpp #47", "xrootd/xrootd #1792"),
    ),
    "growth-is-leak": Misconception(
        "Memory grows and the tool says still reachable: a leak.",
        "Often the cache holds the sessions until the context goes. It is kept, not lost.",
        ("openssl/openssl #8993", "dotnet/runtime #101684", "bumptech/stud #107"),
    ),
    "one-session-two-caches": Misconception(
        "With the right count a session may be in the caches of several contexts.",
        "The links of the list are inside the session, so one cache at a time. Copy it.",
        ("curl/curl #14751", "FreeRADIUS/freeradius-server #1493", "SSL_set_session(3)"),
    ),
    "set-ctx-moves-all": Misconception(
        "After SSL_set_SSL_CTX everything belongs to the new context.",
        "Sessions, their cache and their callbacks stay with the context given to SSL_new.",
        ("openssl/openssl #1136", "rust-openssl/rust-openssl #1116", "oven-sh/bun #31155"),
    ),
    "copy-of-get-callback": Misconception(
        "*copy in the get callback may stay as it comes, or 0 means no copy is needed.",
        "1: the library counts for itself. 0: it takes the reference you return.",
        ("wolfSSL/wolfssl #11460", "rust-openssl/rust-openssl #999", "SSL_CTX_sess_set_get_cb(3)"),
    ),
    "remove-callback-frees": Misconception(
        "The remove callback must free the session.",
        "It may free only what the new callback kept. The reference of the cache is not yours.",
        ("IndySockets/Indy #299", "radiator-software/p5-net-ssleay #153"),
    ),
    "add-twice": Misconception(
        "Adding a session twice makes two references.",
        "A cache holds at most one to a session; the second call returns 0 and changes nothing.",
        ("openssl/openssl #23189", "SSL_CTX_add_session(3)"),
    ),
    "atomic-is-safe": Misconception(
        "The count is atomic, so sharing a session between threads is safe.",
        "One reference is one free, by one thread. A pointer read before counting may be stale.",
        ("curl/curl #815", "apache/trafficserver #8330", "openssl/openssl #20223"),
    ),
    "ssl-dup-copies": Misconception(
        "SSL_dup gives a connection of its own.",
        "After the handshake it returns the same object with its count raised.",
        ("openssl/openssl #12180", "openssl/openssl #12245"),
    ),
    "dup-is-cached": Misconception(
        "The copy of a cached session is in the cache too.",
        "SSL_SESSION_dup makes a new object with count 1 that no cache lists.",
        ("openssl/openssl #20848", "openssl/openssl #4126"),
    ),
}
