from __future__ import annotations

import pytest

from sslrefs.picture.events import describe_event
from sslrefs.studio.run import Run, run


def says(result: Run, text: str) -> str:
    """What is said of the only step with this text."""
    (found,) = [
        sentence
        for step, sentence in zip(result.timeline.steps, result.says, strict=True)
        if step.text == text
    ]
    return found


CLIENT = """/* sslrefs: peer TLS 1.2 */
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
"""


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "SSL_SESSION *s = SSL_get0_session(ssl);",
            "session#1 is only lent to s: its count stays 1.",
        ),
        (
            "SSL_SESSION *s = SSL_get1_session(ssl);",
            "session#1: 1 → 2, s takes one. Leak: The reference to session#1 taken at line 5"
            " is never given back: at the end s still holds it.",
        ),
        ("SSL *other = ssl;", "other is a copy of ssl: no count changes."),
        ("SSL *other = ctx ? ssl : NULL;", "other points to ssl#1 now: no count changes."),
        (
            "SSL_SESSION *c = SSL_SESSION_dup(SSL_get0_session(ssl));",
            "session#2 is new with count 1, held by c. Leak: The reference to session#2 taken at"
            " line 5 is never given back: at the end c still holds it.",
        ),
        ("SSL_SESSION_free(NULL);", "SSL_SESSION_free ignores NULL: nothing is given back."),
        ("int n = 3;", "No count changes."),
    ],
)
def test_one_step_is_told_in_plain_words(line: str, sentence: str) -> None:
    assert says(run(CLIENT + line), line) == sentence


def test_the_first_of_several_variables_is_the_receiver() -> None:
    line = "a = SSL_SESSION_new(), b = a;"

    told = says(run(f"SSL_SESSION *a, *b;\n{line}\nSSL_SESSION_free(a);"), line)

    assert "session#1 is new with count 1, held by a" in told


def test_a_session_that_lives_only_inside_one_step_is_told_without_a_count() -> None:
    line = "SSL_accept(ssl);"
    text = f"SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());\nSSL *ssl = SSL_new(ctx);\n{line}"

    told = says(run(text), line)

    assert told.startswith("session#1 is new, and gone again. session#2 is new with count 1")


def test_parameters_are_not_told_again_after_the_call() -> None:
    text = """SSL_SESSION *keep(SSL_SESSION *s) { SSL_SESSION_up_ref(s); return s; }
void look(SSL_SESSION *s) { sleep(1); }
SSL_SESSION *a = SSL_SESSION_new();
SSL_SESSION *b = keep(a);
look(b);
SSL_SESSION_free(a);
SSL_SESSION_free(b);
"""
    result = run(text)

    assert says(result, "SSL_SESSION *b = keep(a);") == (
        "b points to session#1 now: no count changes."
    )
    assert says(result, "look(b);") == "No count changes here: look is over."


def test_a_count_that_a_callback_moved_is_the_count_at_the_end() -> None:
    text = """/* sslrefs: peer TLS 1.3 */
static SSL_SESSION *saved;
static int on_new(SSL *ssl, SSL_SESSION *sess) {
    SSL_SESSION_free(saved);
    saved = sess;
    return 1;
}
int main(void) {
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(ctx, on_new);
    SSL *ssl = SSL_new(ctx);
    char buf[10];
    SSL_connect(ssl);
    SSL_read(ssl, buf, sizeof buf);
}
"""
    told = says(run(text), "SSL_read(ssl, buf, sizeof buf);")

    assert "session#2 is new, and gone again" in told
    assert "session#3 is new with count 2, held by ssl#1.session and ctx#1.new_cb" in told


def test_a_free_that_nobody_owes_names_no_giver_it_does_not_have() -> None:
    line = "SSL_SESSION_free(SSL_get_session(ssl));"

    told = says(run(CLIENT + line), line)

    assert told.startswith("session#1: 1 → 0, though the program owes none, its memory goes.")


def test_a_surplus_free_in_a_callback_is_told_there_and_not_of_the_cache() -> None:
    text = """/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
void on_remove(SSL_CTX *ctx, SSL_SESSION *gone) { SSL_SESSION_free(gone); }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL_CTX_sess_set_remove_cb(ctx, on_remove);
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_SESSION_free(s);
SSL_CTX_free(ctx);
"""
    result = run(text)

    assert says(result, "SSL_SESSION_free(gone);") == (
        "session#1: 2 → 1 through on_remove:gone, which owes none."
    )
    assert says(result, "SSL_CTX_flush_sessions(ctx, 0);").startswith(
        "session#1: 1 → 0, ctx#1.cache gives one back, its memory goes."
    )


def test_what_goes_with_an_object_freed_once_too_often_is_given_back_rightly() -> None:
    text = """/* sslrefs: peer TLS 1.2 */
/* sslrefs: peer without tickets */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX *lent = ctx;
SSL_CTX_free(lent);
SSL_CTX_free(ctx);
"""
    told = says(run(text), "SSL_CTX_free(lent);")

    assert told.startswith(
        "ctx#1: 1 → 0 through lent, which owes none, its memory goes."
        " session#1: 1 → 0, ctx#1.cache gives one back, its memory goes."
    )


def test_a_bad_pointer_is_told_once_with_what_to_do() -> None:
    result = run("SSL *ssl = NULL;\nSSL_connect(ssl);")

    assert says(result, "SSL_connect(ssl);") == (
        "Undefined behaviour: SSL_connect follows a NULL pointer (ssl)."
        " Wrong here. Give the variable an object first, or test it before the call."
    )


def test_slow_motion_tells_a_step_event_by_event() -> None:
    step = run(CLIENT + "SSL_shutdown(ssl);\nSSL_free(ssl);").timeline.steps[-1]

    told = [describe_event(event) for event in step.events]

    assert [words for words in told if words and "session#1" in words] == [
        "ssl#1.session lets go of session#1 (SSL_free)",
        "session#1: 1 → 0 (ssl#1.session)",
        "the memory of session#1 goes",
    ]
    assert "ssl#1: 1 → 0 (program)" in told


def test_a_thread_is_named_where_it_has_its_turn() -> None:
    result = run(
        "pthread_mutex_t lock;\nSSL_SESSION *s = SSL_SESSION_new();\n"
        "void *work(void *unused) { pthread_mutex_lock(&lock); SSL_SESSION_free(s); }\n"
        "pthread_t t;\npthread_create(&t, NULL, work, NULL);\npthread_join(t, NULL);\n"
    )

    assert result.says[-4:] == [
        "Thread 1 may start: it runs work.",
        "In thread 1, lock is locked: who wants it waits.",
        "In thread 1, session#1: 1 → 0, s gives one back, its memory goes.",
        "Thread 1 is over, and main goes on.",
    ]


def test_what_a_callback_handed_back_is_no_holder_of_a_new_session() -> None:
    result = run("""/* sslrefs: peer TLS 1.2 */
int on_new(SSL *ssl, SSL_SESSION *s) { return 0; }
SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
SSL_CTX_sess_set_new_cb(ctx, on_new);
SSL *ssl = SSL_new(ctx);
SSL_connect(ssl);
SSL_free(ssl);
SSL_CTX_free(ctx);
""")

    assert says(result, "SSL_connect(ssl);").startswith(
        "session#1 is new with count 1, held by ssl#1.session. on_new returned 0"
    )


def test_a_new_session_that_only_a_callback_keeps_is_not_held_by_nobody() -> None:
    result = run("""static SSL_SESSION *kept;
static void take_one(SSL_CTX *c, SSL_SESSION *gone) { SSL_SESSION_up_ref(gone); kept = gone; }
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *first = SSL_new(ctx);
SSL_accept(first);
SSL_shutdown(first);
SSL_free(first);
SSL_CTX_sess_set_remove_cb(ctx, take_one);
SSL *second = SSL_new(ctx);
SSL_set_verify(second, SSL_VERIFY_PEER, NULL);
SSL_accept(second); /* sslrefs: peer resumes */
SSL_SESSION_free(kept);
SSL_free(second);
SSL_CTX_free(ctx);
""")

    said = says(result, "SSL_accept(second);")

    assert said.startswith("session#3 is new and has count 1. session#3 can no longer be resumed")


def test_a_handshake_that_the_method_does_not_have_is_told() -> None:
    result = run(CLIENT.replace("SSL_connect", "SSL_accept"))

    told = "ssl#1 cannot be the server: its method was made for the other side"
    assert says(result, "SSL_accept(ssl);") == f"{told}."
    assert told in [describe_event(event) for event in result.timeline.steps[2].events]
