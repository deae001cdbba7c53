"""A text as a complete C program: it keeps its lines, and what C cannot say is refused."""

from __future__ import annotations

import re

import pytest

from sslrefs.studio.program import CannotBeWrittenError, c_program
from sslrefs.studio.run import run
from tests.browser.texts import CALLBACK, DELAYED

SESSION = "SSL_SESSION *s = SSL_SESSION_new();\nSSL_SESSION_free(s);\n"


def written(text: str) -> str:
    return c_program(run(text))


def numbered(program: str) -> dict[int, str]:
    """The lines of the text in a program, by the numbers a compiler gives them."""
    lines: dict[int, str] = {}
    number: int | None = None
    for line in program.splitlines():
        mark = re.fullmatch(r'#line (\d+) "(.*)"', line)
        if mark:
            number = int(mark[1]) if mark[2] == "the text" else None
        elif number is not None:
            lines[number] = line.strip()
            number += 1
    return lines


def refused(text: str) -> list[str]:
    with pytest.raises(CannotBeWrittenError, match="the format `snippet`") as caught:
        written(text)
    return [f"{problem.line}: {problem.text}" for problem in caught.value.problems]


@pytest.mark.parametrize("text", [DELAYED, CALLBACK, SESSION, '// ü "*/\n' + SESSION])
def test_every_line_of_the_text_keeps_its_number(text: str) -> None:
    found = numbered(written(text))

    for number, line in enumerate(text.splitlines(), 1):
        assert found[number] == line.strip()


def test_functions_and_the_variables_they_use_stand_before_main() -> None:
    before, main = written(CALLBACK).split("int main(void)")

    assert "SSL_SESSION *kept;" in before
    assert "int on_new(SSL *ssl" in before
    assert "    SSL_CTX *ctx = SSL_CTX_new" in main


def test_a_variable_with_a_constant_value_can_stand_before_main() -> None:
    text = "long mode = SSL_SESS_CACHE_BOTH;\nlong both(void) { return mode; }\nboth();\n"

    assert "long mode = SSL_SESS_CACHE_BOTH;" in written(text).split("int main(void)")[0]


def test_a_text_without_connections_has_neither_peer_nor_clock() -> None:
    program = written(SESSION)

    assert "SSL_connect" not in program
    assert "sslrefs_sleep" not in program


def test_the_clock_comes_with_the_first_time() -> None:
    assert "sslrefs_sleep" not in written(DELAYED)
    assert "sslrefs_sleep" in written(DELAYED.replace("sessions(ctx, 0)", "sessions(ctx, 1)"))
    assert "sslrefs_sleep" in written("sleep(1);\n")


def test_directions_are_looked_up_by_the_lines_of_their_statements() -> None:
    text = (
        "/* sslrefs: peer TLS 1.2 */\n/* sslrefs: peer without tickets */\n"
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());\nSSL *ssl = SSL_new(ctx);\n"
        "SSL_accept(\n    ssl); // sslrefs: fails\n"
    )
    program = written(text)

    assert "if (line >= 5 && line <= 6)\n        return SSLREFS_FAILS;" in program
    assert "#define SSLREFS_MAX_VERSION TLS1_2_VERSION" in program
    assert "#define SSLREFS_GIVES_TICKETS 0" in program


def test_a_main_of_its_own_is_kept() -> None:
    program = written("#include <openssl/ssl.h>\nint main(void) {\n" + SESSION + "return 0;\n}\n")

    assert "#define main sslrefs_text" in program
    assert "return sslrefs_text();" in program
    assert numbered(program)[2] == "int main(void) {"


def test_what_the_run_showed_stands_at_the_head() -> None:
    assert "sslrefs finds nothing wrong in it." in written(SESSION)
    assert "borrowed_free: Line 7 " in written(DELAYED).split("*/")[0]


@pytest.mark.parametrize("text", [DELAYED, CALLBACK, "sleep(1);\n"])
def test_what_stands_under_the_text_has_the_numbers_of_the_file(text: str) -> None:
    lines = written(text).splitlines()

    (index,) = (i for i, line in enumerate(lines) if line.endswith('"program.c"'))
    assert lines[index] == f'#line {index + 2} "program.c"'


def test_a_title_cannot_break_out_of_its_comment() -> None:
    program = c_program(run(SESSION), 'x */ " \\ \n')

    assert program.startswith("/*\n * x_.c: a text")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "SSL_SESSION *s = SSL_SESSION_new();\nput_away(s);\n",
            "2: the function put_away is not in the text: write it there too",
        ),
        (
            '#include "server.h"\n' + SESSION,
            '1: the header "server.h" is not here: leave the line out',
        ),
        (
            "struct conn;\nconn_t *c = NULL;\n" + SESSION,
            "2: the type conn_t is not known: declare it in the text",
        ),
        (
            "void drop(void) { SSL_SESSION_free(s); }\nSSL_SESSION *s = SSL_SESSION_new();\n"
            "drop();\n",
            "2: functions use s: declare it before them as `static`, and give s its value here",
        ),
        (
            "static void *turn(void *none) { return none; }\npthread_t t;\n"
            "pthread_create(&t, NULL, turn, NULL);\n",
            "3: pthread_create: a C program cannot fix the order in which threads run",
        ),
        (
            "/* sslrefs: peer TLS 1.2 */\nSSL_CTX *ctx = SSL_CTX_new(TLS_method());\n"
            "SSL_CTX_set_timeout(ctx, 1);\nSSL *a = SSL_new(ctx);\nSSL_accept(a);\nsleep(9);\n"
            "SSL *b = SSL_new(ctx);\nSSL_accept(b); /* sslrefs: peer resumes */\n",
            "8: the client's ticket has expired, which C could only wait for",
        ),
    ],
)
def test_what_cannot_be_written_is_said_with_its_line(text: str, problem: str) -> None:
    assert problem in refused(text)
