from __future__ import annotations

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.outcome import CountChanged, Created
from sslrefs.trace.chronicle import chronicle, outermost_steps
from sslrefs.trace.timeline import Assigned, Called, Ran, ScopeLeft, Timeline

NESTED = """static void inner(SSL_SESSION *x) { SSL_SESSION_up_ref(x); }
static void outer(SSL_SESSION *y) { inner(y); SSL_SESSION_free(y); }
SSL_SESSION *s = SSL_SESSION_new();
outer(s);
SSL_SESSION_free(s);
"""


def order(timeline: Timeline) -> list[tuple[int, str]]:
    """Each event's first visible step and its kind, in the order things happened."""
    return [
        (seen_at, type(event).__name__ if event is not None else f"end of {step.index}")
        for seen_at, step, event in chronicle(timeline)
    ]


def test_steps_inside_a_function_are_recorded_before_the_call_that_made_them() -> None:
    steps = run_text(NESTED).steps

    assert [(step.index, step.depth, step.line) for step in steps] == [
        (0, 0, 3),
        (1, 2, 1),
        (2, 1, 2),
        (3, 1, 2),
        (4, 0, 4),
        (5, 0, 5),
    ]


def test_the_chronicle_has_the_order_in_which_things_happened() -> None:
    assert (
        order(run_text(NESTED))
        == [
            (0, Called.__name__),
            (0, Created.__name__),
            (0, Assigned.__name__),
            (0, "end of 0"),
            (1, Assigned.__name__),  # outer's y, seen first at inner's first step
            (1, Assigned.__name__),  # inner's x
            (1, Called.__name__),
            (1, CountChanged.__name__),
            (1, ScopeLeft.__name__),
            (1, "end of 1"),
            (2, "end of 2"),
            (3, Called.__name__),
            (3, CountChanged.__name__),
            (3, ScopeLeft.__name__),
            (3, "end of 3"),
            (4, "end of 4"),
            (5, Called.__name__),
            *[entry for entry in order(run_text(NESTED)) if entry[0] == 5][1:],
        ]
    )


def test_steps_inside_a_callback_belong_to_the_statement_during_which_it_ran() -> None:
    timeline = run_text(
        "static void help(void) { sleep(1); }\n"
        "static int on_new(SSL *ssl, SSL_SESSION *s) { help(); return 0; }\n"
        "SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\n"
        "SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT);\n"
        "SSL_CTX_sess_set_new_cb(ctx, on_new);\n"
        "SSL *ssl = SSL_new(ctx);\nSSL_connect(ssl);\nchar buf[9];\nSSL_read(ssl, buf, 9);\n"
    )
    last = len(timeline.steps) - 1

    inside = [step.index for step in timeline.steps if step.depth > 0]
    assert len(inside) == 6
    assert {outermost_steps(timeline)[index] for index in inside} == {last}


def test_steps_of_functions_that_the_program_calls_are_their_own() -> None:
    assert outermost_steps(run_text(NESTED)) == [0, 1, 2, 3, 4, 5]


def test_no_event_is_lost_but_the_marks_of_functions_that_ran() -> None:
    timeline = run_text(NESTED)
    recorded = [e for step in timeline.steps for e in step.events if not isinstance(e, Ran)]

    told = [event for _seen, _step, event in chronicle(timeline) if event is not None]

    assert sorted(map(repr, told)) == sorted(map(repr, recorded))


def test_a_run_stopped_inside_a_function_keeps_what_the_call_had_done() -> None:
    timeline = run_text(
        "static void loop(SSL_SESSION *x) { while (1) SSL_SESSION_up_ref(x); }\n"
        "SSL_SESSION *s = SSL_SESSION_new();\nloop(s);\nSSL_SESSION_free(s);\n"
    )

    assert timeline.cut is not None
    assert timeline.steps[-1].depth == 0
    assert timeline.steps[-1].text == "loop(s);"
    assert sum(isinstance(e, CountChanged) for _seen, _step, e in chronicle(timeline)) == 9_999
