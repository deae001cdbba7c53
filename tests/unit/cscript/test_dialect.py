"""What compilers and other headers add to C is read, or said to be unreadable."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.studio.run import run

MADE = "SSL_SESSION *s = SSL_SESSION_new();\n"


@pytest.mark.parametrize(
    "text",
    [
        "static inline __attribute__((unused)) void f(SSL_SESSION *x) { SSL_SESSION_free(x); }\nf(s);",
        "void f(SSL_SESSION *x) __attribute__((noinline));\n"
        "void f(SSL_SESSION *restrict x) { SSL_SESSION_free(x); }\nf(s);",
        "[[maybe_unused]] static void f(SSL_SESSION *x) { SSL_SESSION_free(x); }\nf(s);",
        "static API_INLINE void f(SSL_SESSION *x UNUSED_ARG) { SSL_SESSION_free(x); }\nf(s);",
        "MY_EXPORT void f(SSL_SESSION *x, void *arg __unused) { SSL_SESSION_free(x); }\nf(s, NULL);",
        "static void __maybe_unused f(SSL_SESSION *x) { SSL_SESSION_free(x); }\nf(s);",
        "void f(SSL_SESSION *x) NONNULL_ALL;\nvoid f(SSL_SESSION *x) { SSL_SESSION_free(x); }\nf(s);",
        'static_assert(sizeof(int) == 4, "int");\n_Static_assert(1, "x");\nSSL_SESSION_free(s);',
        "STACK_OF(SSL_CIPHER) *sk = SSL_get_ciphers(NULL);\nint n = sk_SSL_CIPHER_num(sk);\n"
        "SSL_SESSION_free(s);",
        "LHASH_OF(SSL_SESSION) *h = NULL;\nDEFINE_STACK_OF(THING)\nSSL_SESSION_free(s);",
        "typeof(s) t = s;\nSSL_SESSION_free(t);",
        "SSL_SESSION *t = nullptr;\nif (s != nullptr) SSL_SESSION_free(s);",
        "int n = __extension__ 3;\nSSL_SESSION_free(s);",
        "void f(const char *form, ...) { va_list ap; va_start(ap, form);\n"
        "SSL_SESSION *x = va_arg(ap, SSL_SESSION *); va_end(ap); }\nSSL_SESSION_free(s);",
        'extern "C" {\nvoid f(SSL_SESSION *x) { SSL_SESSION_free(x); }\n}\nf(s);',
        "struct ops { void (*drop)(SSL_SESSION *); int (*get)(struct ops *, int); };\n"
        "static const struct ops table = { .drop = SSL_SESSION_free };\n"
        "const struct ops *ops = &table;\nops->drop(s);",
        "union { SSL_SESSION *s; void *any; } u;\nu.s = s;\nSSL_SESSION_free(u.any);",
        "struct { int kind; union { SSL_SESSION *s; void *any; }; } u;\nu.any = s;\n"
        "SSL_SESSION_free(u.s);",
        "enum state { IDLE, BUSY = 5, DONE } st = DONE;\nif (st == 6) SSL_SESSION_free(s);",
        "struct { unsigned a:1, b:2; SSL_SESSION *s; } bits = { .a = 1, .s = s };\n"
        "if (bits.a) SSL_SESSION_free(bits.s);",
        "if (unlikely(s == NULL)) exit(1);\nif (__builtin_expect(s != NULL, 1)) SSL_SESSION_free(s);",
        "if (find(s, struct entry, link) && find(s, SSL_CTX *, size_t)) SSL_SESSION_free(s);",
        "void f(SSL_SESSION *x) {\nstruct list *e;\nTAILQ_FOREACH(e, &head, link) {\ntouch(e);\n}\n"
        "list_for_each_entry(e, &head, link)\ntouch(e);\nSSL_SESSION_free(x); }\nf(s);",
    ],
)  # fmt: skip
def test_it_is_read_and_the_run_is_sound(text: str) -> None:
    result = run(MADE + text)

    assert [finding.message for finding in result.findings] == []
    assert result.timeline.steps[-1].world.sessions[0].count == 0


def test_a_loop_that_is_a_macro_runs_its_body_once_and_says_so() -> None:
    timeline = run_text(
        "void f(void) {\nlist_for_each(p, head) {\nsleep(1);\n}\n}\nf();"
    )  # fmt: skip

    assert [step.line for step in timeline.steps if step.calls == ("sleep",)] == [3]
    assert [
        step.line
        for step in run_text("if (1)\nTAILQ_FOREACH(p, &head, link) {\nsleep(1); }").steps
        if step.calls == ("sleep",)
    ] == [3]
    assert any("list_for_each is taken as a loop of one turn" in n.text for n in timeline.notes)


def test_places_stay_right_after_words_that_were_put_in() -> None:
    timeline = run_text("void f(void) { list_for_each(p, head) { sleep(1); } sleep(2); }\nf();")

    assert [step.text for step in timeline.steps if step.calls == ("sleep",)] == [
        "sleep(1);",
        "sleep(2);",
    ]


def test_people_see_what_they_wrote() -> None:
    timeline = run_text("STACK_OF(X509) *chain =\n  get_chain(); // all of it\nsleep(1);")

    assert timeline.steps[0].text == "STACK_OF(X509) *chain = get_chain();"


def test_a_block_with_a_value_is_a_mistake_with_its_place() -> None:
    with pytest.raises(ScriptError, match="line 2, column 9: a block that has a value"):
        run_text("sleep(1);\nint n = ({ 3; });")


def test_the_name_of_the_function_is_known() -> None:
    assert run_text("void f(void) { sleep(__func__ != NULL); }\nf();").notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "TAILQ_HEAD(, entry) waiting;\nSSL_SESSION_free(s);",
        "static LIST_HEAD(all, entry) waiting = LIST_HEAD_INITIALIZER(waiting);\n"
        "SSL_SESSION_free(s);",
        "struct pool { int n; STAILQ_HEAD(, entry) idle; RB_HEAD(tree, entry) all; };\n"
        "struct pool pool;\nSSL_SESSION_free(s);",
    ],
)
def test_heads_of_lists_are_structs(text: str) -> None:
    assert run(MADE + text).findings == ()
