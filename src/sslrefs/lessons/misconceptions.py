"""What people believe about the ownership of sessions, by a name for each belief.

A question names the belief it meets (`Question.misconception`). Names and
sentences only: the answers stand in the replies of the questions.
"""

from __future__ import annotations

__all__ = ["MISCONCEPTIONS"]

MISCONCEPTIONS = {
    "get-gives": "SSL_get_session gives me a session I can keep.",
    "free-after-get": "After every get there must be a free, or never one.",
    "set-session-takes-over": "SSL_set_session takes over my session.",
    "new-callback-return": "What the new-session callback returns does not matter much.",
    "zero-is-safe": "Returning 0 from the new-session callback is always safe.",
    "session-at-connect": "In TLS 1.3 the session is complete when SSL_connect returns.",
    "owned-is-resumable": "I own a reference, so the session can be resumed.",
    "remove-frees-mine": "Remove and flush free my session too.",
    "library-crashed": "It crashes inside libssl, so it is a bug of libssl.",
    "worked-for-years": "It worked for years, so the new version broke it.",
    "order-of-frees": "SSL_free must come before SSL_CTX_free.",
    "free-takes-along": "Freeing an SSL frees its SSL_CTX, or the other way round.",
    "get-ctx-gives": "What SSL_get_SSL_CTX returns must be freed.",
    "null-check-protects": "A check for NULL protects from freeing twice.",
    "assignment-counts": "Assigning the pointer makes a second owner.",
    "overwrite-frees": "When I overwrite the variable, the old object goes by itself.",
    "growth-is-leak": "Memory that grows is a leak.",
    "one-session-two-caches": "One session can be in the caches of several contexts.",
    "set-ctx-moves-all": "After SSL_set_SSL_CTX everything belongs to the new context.",
    "copy-of-get-callback": "What *copy says in the get-session callback does not matter.",
    "remove-callback-frees": "In the remove callback I must free the session.",
    "add-twice": "Adding a session twice makes two references.",
    "atomic-is-safe": "The count is atomic, so sharing a session between threads is safe.",
    "ssl-dup-copies": "SSL_dup gives me an independent connection.",
    "dup-is-cached": "A copy made by SSL_SESSION_dup is in the cache too.",
}
