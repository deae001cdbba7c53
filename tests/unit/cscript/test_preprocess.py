from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.cscript.preprocess import expand
from sslrefs.cscript.tokens import tokenize
from sslrefs.model.library import LIBRARIES, OPENSSL_1_1_1


@pytest.mark.parametrize("odd", ["\f", "\v", "\r", "\x1c", "\x85", "\u2028"])
def test_what_ends_a_line_for_python_alone_ends_none_for_c(odd: str) -> None:
    text = f"#define N 1\nsleep(N);{odd}sleep(N); x;"

    with pytest.raises(ScriptError) as caught:
        run_text(text)

    assert {problem.line for problem in caught.value.problems} == {2}


def test_pasting_in_a_macro_is_followed() -> None:
    timeline = run_text("#define SESSION(what) SSL_SESSION_##what\nSESSION(free)(NULL);")

    assert [step.calls for step in timeline.steps] == [("SSL_SESSION_free",)]


@pytest.mark.parametrize(
    "text", ["a*" * 1_000 + "b;", "x = " + "!" * 400 + "1;", "{" * 300 + "}" * 300]
)
def test_what_is_nested_too_deeply_is_a_mistake(text: str) -> None:
    with pytest.raises(ScriptError, match="nested too deeply"):
        run_text(text)


def test_conditions_that_nobody_ends_are_one_mistake() -> None:
    with pytest.raises(ScriptError) as caught:
        run_text("int x;\n" + "#if x\n" * 200)

    (problem,) = caught.value.problems
    assert (problem.line, problem.hint) == (102, "is an #endif missing above?")


def test_many_storages_are_named_in_no_time() -> None:
    timeline = run_text(
        "struct c { SSL *s; } *p;\nfor (int i = 0; i < 3000; i++) {\np = malloc(8);\np->s = NULL;\n}"
    )

    assert len(timeline.steps) == 6_000


CONDITIONS = [
    ("#if OPENSSL_VERSION_NUMBER >= 0x10100000L", "111"),
    ("#if OPENSSL_VERSION_NUMBER < 0x10100000L || defined(LIBRESSL_VERSION_NUMBER)", "001"),
    ("#if OPENSSL_VERSION_NUMBER >= 0x30000000L && !defined(LIBRESSL_VERSION_NUMBER)", "100"),
    ("#if OPENSSL_VERSION_NUMBER >= 0x1010007fL && !defined LIBRESSL_VERSION_NUMBER", "110"),
    ("#ifdef LIBRESSL_VERSION_NUMBER", "001"),
    ("#if LIBRESSL_VERSION_NUMBER >= 0x2070000fL", "001"),
    ("#if OPENSSL_VERSION_MAJOR >= 3", "100"),
    ("#if defined(OPENSSL_VERSION_PREREQ) && OPENSSL_VERSION_PREREQ(3, 0)", "100"),
    ("#if OPENSSL_VERSION_PREREQ(3, 2)", "000"),
    ("#ifndef OPENSSL_NO_TLSEXT", "111"),
    ("#ifdef OPENSSL_NO_SSL3", "111"),
    ("#ifdef OPENSSL_NO_COMP", "001"),
    ("#ifdef OPENSSL_IS_BORINGSSL", "000"),
    ("#ifdef SSL_CTRL_SET_TLSEXT_HOSTNAME", "111"),
    ("#ifdef TLS1_3_VERSION", "111"),
    ("#if TLS1_3_VERSION == 0x0304", "111"),
    ("#ifdef SSL_OP_NO_RENEGOTIATION", "110"),
    ("#ifdef SSL_CTX_set_min_proto_version", "111"),
    ("#if defined(SSL_CTX_sess_number) && SSL_SESS_CACHE_CLIENT", "111"),
    ("#define SOUND (OPENSSL_VERSION_NUMBER >= 0x10100000L)\n#if SOUND", "111"),
    ("#define OPENSSL_VERSION_NUMBER 0x10002000L\n#if OPENSSL_VERSION_NUMBER < 0x10100000L", "111"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "taken"), CONDITIONS)
def test_conditions_find_what_the_headers_of_the_library_say(condition: str, taken: str) -> None:
    text = f"{condition}\nsleep(1);\n#else\nsleep(2);\n#endif"

    ran = [run_text(text, library=library).steps[0].text for library in LIBRARIES.values()]
    told = [run_text(f"/* sslrefs: library {name} */\n{text}").steps[0].text for name in LIBRARIES]

    assert "".join(str(int(step == "sleep(1);")) for step in ran) == taken
    assert told == ran


def test_a_name_that_nobody_defined_is_told_where_it_leaves_lines_out() -> None:
    timeline = run_text(
        "#ifndef HAVE_UP_REF\nsleep(1);\n#endif\n#if defined(HAVE_UP_REF) && HAVE_OTHER\n\n"
        "sleep(2);\n#endif\n#ifdef _WIN32\nsleep(3);\n#endif"
    )

    assert [step.text for step in timeline.steps] == ["sleep(1);"]
    assert [note.line for note in timeline.notes] == [4]
    assert "HAVE_UP_REF and HAVE_OTHER are not defined here, so lines 5 to 6" in (
        timeline.notes[0].text
    )
    assert "#define HAVE_UP_REF 1" in timeline.notes[0].text


def test_the_version_can_be_asked_for_in_code_too() -> None:
    timeline = run_text(
        "if (OPENSSL_VERSION_NUMBER >= 0x30000000L)\nsleep(1);\n"
        "if (OpenSSL_version_num() < 0x30000000L)\nsleep(2);",
        library=OPENSSL_1_1_1,
    )

    assert [step.line for step in timeline.steps] == [3, 4]
    assert timeline.notes == ()


def test_former_names_of_the_methods_and_commands_by_number_are_known() -> None:
    timeline = run_text(
        "SSL_CTX *ctx = SSL_CTX_new(SSLv23_client_method());\n"
        "SSL_CTX_ctrl(ctx, SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_CLIENT, NULL);\n"
        "SSL_CTX_get_session_cache_mode(ctx);\nSSL_CTX_free(ctx);"
    )

    assert timeline.steps[2].returned == 1
    assert timeline.notes == ()


@pytest.mark.parametrize(
    ("directive", "wanted"),
    [
        ("define", "a name"),
        ("undef", "a name"),
        ("ifdef", "a name"),
        ("ifndef", "a name"),
        ("if", "a condition"),
    ],
)
@pytest.mark.parametrize("head", ["", "#define N 1\n", "int a;\n"])
def test_a_directive_without_what_it_wants_is_a_mistake_at_its_line(
    directive: str, wanted: str, head: str
) -> None:
    end = "\n#endif" if directive.startswith("if") else ""
    with pytest.raises(ScriptError) as caught:
        run_text(f"{head}#{directive} /* nothing */{end}\nint b;")

    told = [(problem.line, problem.message) for problem in caught.value.problems]
    assert told == [(head.count("\n") + 1, f"#{directive} needs {wanted} after it")]


def test_a_directive_without_what_it_wants_is_none_where_it_is_left_out() -> None:
    run_text("#if 0\n#define\n#ifdef\n#endif\n#if\n#endif\n#endif\nSSL_SESSION_free(NULL);")


def test_an_elif_without_a_condition_is_a_mistake() -> None:
    with pytest.raises(ScriptError, match="line 2, column 1: #elif needs a condition after it"):
        run_text("#if 0\n#elif\n#endif\nint a;")


@pytest.mark.parametrize(
    "text",
    [
        *("1.5", "1.5e-3f", "1e5", ".5", "10ULL", "0b11", "1.5-3", "1-.5", "a.b", "a^=1", "a^b"),
        *("{ 1 ... 5 }", "L'x'", "'\\x41'", "a-- > b", "f(...)", "s.x=.5"),
    ],
)
def test_what_stands_below_a_directive_is_cut_as_without_it(text: str) -> None:
    alone = tokenize(f"\n{text}")
    below = expand(f"#define N 3\n{text}", tokenize(f"#define N 3\n{text}"))

    assert [token[:4] for token in below.tokens] == [token[:4] for token in alone.tokens]


def test_what_a_macro_stands_for_is_cut_as_it_is_written() -> None:
    text = "#define RATE 1.5e-3\n#define NEG -1\nx = RATE; y = -NEG;"

    found = [token.text for token in expand(text, tokenize(text)).tokens]

    assert found == ["x", "=", "1.5e-3", ";", "y", "=", "-", "-", "1", ";"]
