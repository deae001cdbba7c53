"""Pointers that move, structs that are copied whole, and what is read only once."""

from __future__ import annotations

import pytest

from sslrefs.cscript.interpreter import run_text
from sslrefs.model.objects import ObjectId
from sslrefs.studio.run import run

ARRAY = """\
SSL_SESSION *arr[4] = { 0 };
SSL_SESSION **p = arr;
arr[0] = SSL_SESSION_new(); arr[1] = SSL_SESSION_new(); arr[2] = SSL_SESSION_new();
"""
STRUCT = """\
struct c { SSL *ssl; SSL_SESSION *s; int n; };
SSL_SESSION *s = SSL_SESSION_new();
struct c a = { NULL, s, 1 }, b;
"""


def value(source: str, expression: str) -> object:
    """What an expression is worth after a text."""
    return run_text(f"{source}\nint probe = {expression};").steps[-1].returned


def found(source: str) -> list[tuple[str, int]]:
    return [(finding.kind, finding.wrong_line) for finding in run(source).findings]


@pytest.mark.parametrize(
    ("text", "freed"),
    [
        ("SSL_SESSION_free(*p);", [1]),
        ("SSL_SESSION_free(*(p + 1));", [2]),
        ("SSL_SESSION_free(p[2]);", [3]),
        ("p++; SSL_SESSION_free(*p);", [2]),
        ("SSL_SESSION_free(*p++); SSL_SESSION_free(*p);", [1, 2]),
        ("SSL_SESSION_free(*++p);", [2]),
        ("p += 2; SSL_SESSION_free(p[-1]);", [2]),
        ("p = &arr[2]; SSL_SESSION_free(*p--); SSL_SESSION_free(*p);", [3, 2]),
        ("SSL_SESSION **q = 1 + p; SSL_SESSION_free(q[1]);", [3]),
        ("for (p = arr; *p; p++) SSL_SESSION_free(*p);", [1, 2, 3]),
        ("for (p = arr; p < arr + 3; p++) SSL_SESSION_free(*p);", [1, 2, 3]),
    ],
)
def test_pointers_move_in_arrays(text: str, freed: list[int]) -> None:
    steps = run_text(ARRAY + text).steps

    order = [
        event.arguments[0].number  # type: ignore[union-attr]  # a session
        for step in steps
        for event in step.events
        if getattr(event, "name", "") == "SSL_SESSION_free"
    ]
    assert order == freed


@pytest.mark.parametrize(
    ("expression", "worth"),
    [
        ("&arr[0] == arr", 1),
        ("&arr[3] - arr", 3),
        ("p + 1 > p", 1),
        ("(p + 2) - 2 == arr", 1),
        ("p != arr + 1", 1),
        ("(sleep(1), 3)", 3),
    ],
)
def test_pointers_are_compared_and_subtracted(expression: str, worth: int) -> None:
    assert value(ARRAY, expression) == worth


def test_pointers_into_buffers_can_be_given_to_libssl() -> None:
    source = (
        "SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\nSSL *ssl = SSL_new(ctx);\n"
        "char buf[100], *c = buf;\nint n = 3;\nSSL_connect(ssl);\n"
        "SSL_read(ssl, buf + n, sizeof buf - n);\nSSL_write(ssl, c++, 1);\n*c++ = 'a'; *c = 0;\n"
        "SSL_free(ssl);\nSSL_CTX_free(ctx);"
    )

    timeline = run_text(source)

    assert [call for step in timeline.steps for call in step.calls][4:6] == [
        "SSL_read",
        "SSL_write",
    ]
    assert timeline.notes == ()


def test_arrays_on_the_heap_are_the_same_by_index_and_by_pointer() -> None:
    source = (
        "SSL_SESSION **all = malloc(64);\n*all = SSL_SESSION_new();\n"
        "*(all + 1) = SSL_SESSION_new();\nSSL_SESSION_free(all[0]);\nSSL_SESSION_free(all[1]);"
    )

    assert found(source) == []


def test_structs_on_the_heap_are_the_same_however_they_are_reached() -> None:
    source = (
        "struct c { SSL_SESSION *s; } *p = malloc(8);\n(*p).s = SSL_SESSION_new();\n"
        "SSL_SESSION_free(p->s);\np[0].s = SSL_SESSION_new();\nSSL_SESSION_free(p->s);\nfree(p);"
    )

    assert found(source) == []


@pytest.mark.parametrize(
    "text",
    [
        "b = a;\nSSL_SESSION_free(b.s);",
        "struct c *p = &a, *q = &b;\n*q = *p;\nSSL_SESSION_free(q->s);",
        "struct c d = a;\nSSL_SESSION_free(d.s);",
        "void use(struct c v) { SSL_SESSION_free(v.s); }\nuse(a);",
        "void use(struct c *v) { struct c w = *v; SSL_SESSION_free(w.s); }\nuse(&a);",
        "struct c make(SSL_SESSION *x) { struct c y = { .s = x }; return y; }\n"
        "b = make(s);\nSSL_SESSION_free(b.s);",
        "struct c make(SSL_SESSION *x) { return (struct c){ .s = x }; }\n"
        "struct c d = make(s);\nSSL_SESSION_free(d.s);",
        "struct c all[2];\nall[1] = a;\nSSL_SESSION_free(all[1].s);",
        "struct c *p = malloc(8);\n*p = a;\nSSL_SESSION_free(p->s);",
        "struct { struct c in; int m; } outer = { .in = a }, other;\nother = outer;\n"
        "SSL_SESSION_free(other.in.s);",
        "struct { struct c in; } outer = { .in.s = s };\nSSL_SESSION_free(outer.in.s);",
        "b = (struct c){ .s = s, .n = 2 };\nSSL_SESSION_free(b.s);",
        "struct c *p = &(struct c){ .s = s };\nSSL_SESSION_free(p->s);",
        "memcpy(&b, &a, sizeof b);\nSSL_SESSION_free(b.s);",
    ],
)
def test_structs_are_copied_whole(text: str) -> None:
    result = run(STRUCT + text)

    assert found(STRUCT + text) == []
    assert result.timeline.steps[-1].world.sessions[0].count == 0


def test_a_reference_moves_along_when_the_struct_that_had_it_goes() -> None:
    source = (
        "struct c { SSL_SESSION *s; };\n"
        "struct c make(void) {\nstruct c x;\nx.s = SSL_SESSION_new();\nreturn x; }\n"
        "struct c kept = make();\n"
    )

    assert found(source) == [("leak", 4)]
    assert found(f"{source}SSL_SESSION_free(kept.s);") == []
    assert found(f"{source}struct c none = {{ 0 }};\nkept = none;") == [("lost_pointer", 8)]


def test_what_is_read_is_worked_out_once() -> None:
    source = (
        "struct c { SSL_SESSION *s; } one;\n"
        "struct c *get(void) { sleep(1); return &one; }\n"
        "one.s = SSL_SESSION_new();\nSSL_SESSION *x = get()->s;\nSSL_SESSION_free(get()->s);"
    )

    timeline = run_text(source)

    assert sum("sleep" in step.calls for step in timeline.steps) == 2
    assert found(source) == []


def test_the_text_of_a_step_is_the_whole_statement() -> None:
    source = (
        "SSL_SESSION *s = SSL_SESSION_new();\nstruct c { SSL_SESSION *s; int n; } y = { s, 1 };\n"
        "struct c z = {\n  .s = s,\n};\nSSL_SESSION **p = &s;\nif (s) *p = NULL;"
    )

    steps = run_text(source).steps

    assert [step.text for step in steps] == [
        "SSL_SESSION *s = SSL_SESSION_new();",
        "struct c { SSL_SESSION *s; int n; } y = { s, 1 };",
        "struct c z = { .s = s, };",
        "SSL_SESSION **p = &s;",
        "*p = NULL;",
    ]
    assert steps[3].variables["y.s"] == ObjectId("session", 1)
