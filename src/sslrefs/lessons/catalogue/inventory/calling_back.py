"""Inventory: callbacks."""

from __future__ import annotations

from sslrefs.lessons.items import Item
from sslrefs.lessons.questions import Choice
from sslrefs.lessons.scenario import Bug

__all__ = ["ITEMS"]

ITEMS = (
    Item(
        name="a full disk",
        topic="callbacks",
        kind="why",
        misconception="new-callback-return",
        prompt="A new callback writes the session to a file. Today the disk is full, and nothing "
        "was stored. What must it return, today and on other days?",
        right=Choice(
            "0 on all days, because it never keeps the pointer",
            "The value says who owns the reference on offer, not whether storing worked.",
        ),
        wrong=(
            Choice(
                "0 today, 1 on other days, because 1 means that it worked",
                "On the other days each handshake leaves a reference that nobody can give back.",
            ),
            Choice(
                "1 on all days, because the session itself is fine",
                "1 accepts a reference. A callback that keeps bytes has no pointer to give it "
                "back.",
            ),
        ),
    ),
    Item(
        name="kept and handed back",
        topic="callbacks",
        kind="repair",
        misconception="zero-is-safe",
        text="""\
/* sslrefs: peer TLS 1.2 */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) { kept = s; return 0; }
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl1 = SSL_new(ctx);
SSL_connect(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_set_session(ssl2, kept);
SSL_free(ssl2);
SSL_CTX_free(ctx);
""",
        bug=Bug("use_after_free", 8, 12),
        prompt="The second connection is to resume with `kept`. What repairs the program?",
        right=Choice(
            "`return 1`, and `SSL_SESSION_free(kept)` once it is no longer needed",
            "Whoever keeps the pointer keeps the reference, and gives it back.",
        ),
        wrong=(
            Choice(
                "`return 1`, and nothing else",
                "Then `kept` has a reference, and nobody gives it back: a leak.",
            ),
            Choice(
                "`SSL_SESSION_up_ref(kept)` after line 10",
                "The session went at line 10, with its last holder.",
            ),
            Choice(
                "Nothing: 0 is the safe answer",
                "With 0 the reference went back: after line 8 it was 1 = ssl.",
            ),
        ),
    ),
    Item(
        name="whose reference",
        topic="callbacks",
        kind="holder",
        misconception="copy-of-get-callback",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_SESSION *kept = NULL;
int on_new(SSL *ssl, SSL_SESSION *s) { kept = s; return 1; }
SSL_SESSION *on_get(SSL *ssl, const unsigned char *id, int length, int *copy) {
    SSL_SESSION_up_ref(kept);
    *copy = 0;
    return kept;
}
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_SERVER | SSL_SESS_CACHE_NO_INTERNAL);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL_CTX_sess_set_get_cb(ctx, on_get);
SSL *ssl1 = SSL_new(ctx);
SSL_accept(ssl1);
SSL_shutdown(ssl1);
SSL_free(ssl1);
SSL *ssl2 = SSL_new(ctx);
SSL_accept(ssl2); /* sslrefs: peer resumes */
SSL_shutdown(ssl2);
SSL_free(ssl2);
SSL_SESSION_free(kept);
SSL_CTX_free(ctx);
""",
        prompt="The client comes back at line 19. Who holds the session afterwards?",
        right=Choice(
            "`kept` and the second connection",
            "2 = ssl#2 + kept: line 6 counted one, and with `*copy = 0` the library took it over.",
        ),
        wrong=(
            Choice(
                "The second connection alone",
                "It would, without line 6. The reference that was given away is the one counted "
                "there: 2 = ssl#2 + kept.",
            ),
            Choice(
                "`kept`, the second connection, and one that nobody gives back",
                "With `*copy = 1` it would be so. 0 means that the library counts none of its own: "
                "2 = ssl#2 + kept.",
            ),
        ),
    ),
    Item(
        name="freed on the way out",
        topic="callbacks",
        kind="wrong step",
        misconception="remove-callback-frees",
        text="""\
/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
void on_remove(SSL_CTX *ctx, SSL_SESSION *gone) { SSL_SESSION_free(gone); }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get0_session(ssl);
SSL_CTX_remove_session(ctx, s);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""",
        bug=Bug("borrowed_free", 9, 11),
        prompt="Which statement is the first wrong one?",
        right=Choice(
            "`SSL_SESSION_free(gone)` in line 3, when line 9 runs it",
            "The callback was lent the session. The cache gives back its own by itself, so the "
            "connection finds none: 0 ≠ 1 = ssl.",
        ),
        wrong=(
            Choice(
                "`SSL_CTX_remove_session` in line 9",
                "It gives back the reference of the cache, as it should.",
            ),
            Choice(
                "`SSL_free` in line 11",
                "It gives back what the connection took, and finds the session gone.",
            ),
            Choice(
                "None: what leaves the cache must be freed",
                "The library frees what the cache held. Nothing else was to be given back.",
            ),
        ),
    ),
)
