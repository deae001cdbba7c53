"""Parts of real programs: what is missing in them is taken as people mean it, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.cscript.interpreter import run_text
from sslrefs.studio.branches import branches
from sslrefs.studio.run import Run, run

EXCERPTS = Path(__file__).parent / "excerpts"
CTX = "SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());\n"
CONNECTED = f"{CTX}SSL *ssl = SSL_new(ctx);\nSSL_connect(ssl);\n"


def lines(source: str) -> list[int]:
    """The lines of the steps."""
    return [step.line for step in run_text(source).steps]


def notes(source: str) -> list[str]:
    return [note.text for note in run_text(source).notes]


def kinds(result: Run) -> list[str]:
    return [finding.kind for finding in result.findings]


@pytest.mark.parametrize(
    ("name", "counted", "change", "finding"),
    [
        ("proxy.c", 4, ("        px_free_session(peer->session);\n", "\n"), "lost_pointer"),
        ("client.c", 4, ("      drop(old, 0);\n", "\n"), "lost_pointer"),
    ],
)
def test_a_whole_program_runs_clean_and_a_line_less_is_found(
    name: str, counted: int, change: tuple[str, str], finding: str
) -> None:
    source = (EXCERPTS / name).read_text()

    sound, broken = run(source), run(source.replace(*change))

    assert kinds(sound) == []
    assert sound.timeline.cut is None
    assert len(sound.timeline.steps[-1].world.sessions) == counted
    assert set(kinds(broken)) == {finding}


READ = {
    "event_server.c": [],
    "web_module.c": [("borrowed_free", 55), ("borrowed_free", 55)],
    "transfer_client.c": [],
    "tunnel.c": [("not_resumable", 39)],
    "test_client.c": [],
    "mail_transport.c": [],
    "mail_cache.c": [],
    "load_balancer.c": [("lost_pointer", 59)],
    "database_pool.c": [],
    "file_server.c": [("borrowed_free", 36)],
    "language_binding.c": [],
    "vpn_client.c": [("not_resumable", 48)],
}


@pytest.mark.parametrize("name", READ)
def test_parts_of_real_programs_are_read_and_judged(name: str) -> None:
    result = run((EXCERPTS / name).read_text())

    assert [(finding.kind, finding.at_line) for finding in result.findings] == READ[name]
    assert result.timeline.cut is None
    assert any(step.depth for step in result.timeline.steps)


@pytest.mark.parametrize(
    ("name", "change", "finding"),
    [
        ("event_server.c", ("SSL_get1_session", "SSL_get0_session"), ("borrowed_free", 65)),
        ("test_client.c", ("        SSL_SESSION_free(sess);\n        goto", "        goto"),
         ("lost_pointer", 86)),
        ("mail_transport.c", ("  return 1;\n  }\nreturn 0;", "  }\nreturn 0;"),
         ("use_after_free", 30)),
        ("mail_cache.c", ("return (1);", "return (0);"), ("borrowed_free", 52)),
        ("database_pool.c", ("    slot_close(b);\n", "\n"), ("leak", 19)),
        ("tunnel.c", ("    SSL_SESSION_up_ref(sess);\n", "\n"), ("use_after_free", 39)),
        ("file_server.c", ("  SSL_library_init();\n", "\n"), ("borrowed_free", 36)),
    ],
)  # fmt: skip
def test_a_line_changed_in_them_is_found(
    name: str, change: tuple[str, str], finding: tuple[str, int]
) -> None:
    source = (EXCERPTS / name).read_text()
    assert change[0] in source

    result = run(source.replace(*change))

    assert finding in [(found.kind, found.at_line) for found in result.findings]


def test_what_is_mended_in_them_is_clean() -> None:
    source = (EXCERPTS / "load_balancer.c").read_text()
    mended = source.replace("return sess != NULL;", "SSL_SESSION_free(sess); return sess != NULL;")

    assert kinds(run(mended)) == []


def test_the_way_of_a_failed_connection_is_judged_too() -> None:
    """What it freed for a failure stays in the struct, and is freed again."""
    paths = branches((EXCERPTS / "vpn_client.c").read_text()).paths

    assert any(
        found.kind in ("double_free", "use_after_free") for path in paths for found in path.findings
    )


@pytest.mark.parametrize(
    "condition",
    ["setup()", "setup() != 0", "setup() < 0", "!setup()", "setup() == NULL", "setup() == MY_ERROR",
     "setup() != MY_OK", "(rc = setup()) != MY_OK", "!setup() || setup() < 0"],
)  # fmt: skip
def test_what_is_not_known_does_not_fail(condition: str) -> None:
    source = f"int rc;\nif ({condition}) goto err;\nsleep(1);\nerr: sleep(2);"

    assert lines(source)[-2:] == [3, 4]
    assert any("as if nothing failed" in text for text in notes(source))


@pytest.mark.parametrize(
    "condition", ["setup() == MY_OK", "setup() > 0", "setup()", "1 && setup()"]
)
def test_a_success_that_is_asked_for_is_one(condition: str) -> None:
    assert lines(f"if ({condition}) {{\nsleep(1);\n}} else\nsleep(2);")[-1] == 2


def test_an_else_that_leaves_is_for_failures() -> None:
    assert lines("if (setup() != 0) {\nsleep(1);\n} else\nreturn;\nsleep(2);")[1:] == [2, 5]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("while (more(x)) {\nsleep(1); }", 1),
        ("do {\nsleep(1); }\nwhile (more(x));", 1),
        ("while (!done(x)) {\nsleep(1); }", 0),
        ("for (;;) { if (accept(x) < 0) break;\nsleep(1); }", 2),
        ("for (int i = 0; i < 5; i++) { if (poll(x) < 0) break;\nsleep(1); }", 5),
        ("while (1) { if (!more(x)) break;\nsleep(1); }", 2),
    ],
)
def test_a_loop_whose_end_is_not_known_ends(text: str, turns: int) -> None:
    assert lines(text).count(2) == turns


@pytest.mark.parametrize(
    "loop",
    [
        "while (SSL_read(ssl, buf, sizeof buf) > 0)\n;",
        "int n;\nwhile ((n = SSL_read(ssl, buf, 64)) > 0) { }",
        "for (;;) {\nif (SSL_read(ssl, buf, 64) <= 0) break; }",
        "int n;\ndo { n = SSL_read(ssl, buf, 64); } while (n > 0);",
    ],
)
def test_a_loop_that_reads_until_the_peer_closes_ends(loop: str) -> None:
    timeline = run_text(f"char buf[64];\n{CONNECTED}{loop}\nSSL_get_shutdown(ssl);")

    assert timeline.cut is None
    assert sum("SSL_read" in step.calls for step in timeline.steps) == 2
    assert timeline.steps[-1].returned == 2
    assert any("says one thing and then closes" in note.text for note in timeline.notes)


def test_memory_that_is_not_known_is_followed_all_the_same() -> None:
    result = run(f"{CTX}conn_t *c = lookup(1);\nc->ssl = SSL_new(ctx);\nSSL_free(c->ssl);\n"
                 "SSL_CTX_free(ctx);")  # fmt: skip

    assert kinds(result) == []
    assert result.timeline.steps[2].variables["c->ssl"] is not None
    assert "where c points to is not known: it is taken as memory of its own" in notes(
        result.source
    )


def test_what_stays_in_memory_of_the_rest_of_the_program_is_no_leak() -> None:
    text = f"{CONNECTED}conn_t *c = lookup(1);\nc->kept->s = SSL_get1_session(ssl);\n"

    assert kinds(run(f"{text}SSL_free(ssl); SSL_CTX_free(ctx);")) == []
    assert kinds(run(f"{text}c->kept->s = NULL; SSL_free(ssl); SSL_CTX_free(ctx);")) == [
        "lost_pointer"
    ]


def test_own_allocators_give_memory_set_to_zero() -> None:
    source = "conn_t *c = pool_alloc(p, sizeof(conn_t));\nif (c->session) sleep(1);\nsleep(2);"

    assert lines(source) == [1, 3]


def test_memset_overwrites_what_stood_there() -> None:
    result = run("struct c { SSL_SESSION *s; } c;\nc.s = SSL_SESSION_new();\nmemset(&c, 0, 8);")

    assert [(f.kind, f.wrong_line) for f in result.findings] == [("lost_pointer", 3)]


def test_static_structs_and_arrays_begin_as_zero_and_last() -> None:
    source = (
        "struct c { SSL_SESSION *s; int n; };\nvoid f(void) {\nstatic struct c one;\n"
        "static SSL_SESSION *two[2];\none.n++;\nif (one.s || two[1]) return;\n"
        "one.s = two[1] = SSL_SESSION_new(); }\nf(); f();"
    )

    result = run(source)

    assert len(result.timeline.steps[-1].world.sessions) == 1
    assert kinds(result) == ["leak"]


def test_functions_are_called_through_pointers() -> None:
    source = (
        "struct ops { void (*drop)(SSL_SESSION *); };\n"
        "static void mine(SSL_SESSION *s) { SSL_SESSION_free(s); }\n"
        "struct ops o = { mine };\nvoid (*theirs)(SSL_SESSION *) = SSL_SESSION_free;\n"
        "SSL_SESSION *a = SSL_SESSION_new(), *b = SSL_SESSION_new(), *c = SSL_SESSION_new();\n"
        "o.drop(a);\n(*theirs)(b);\n(1 ? mine : theirs)(c);"
    )

    assert kinds(run(source)) == []


def test_lists_of_values_reach_structs_in_arrays() -> None:
    source = (
        "typedef struct { char *host; SSL_SESSION *s; } entry;\n"
        'SSL_SESSION *s = SSL_SESSION_new();\nentry all[2] = { { "a", NULL }, { "b", s } };\n'
        "SSL_SESSION_free(all[1].s);"
    )

    assert kinds(run(source)) == []
    assert str(run(source).timeline.steps[1].variables["all[1].s"]) == "session#1"


def test_what_cannot_be_worked_out_says_how_to_begin() -> None:
    assert any(
        "SSL_new is left out" in text and "SSL_CTX *x = SSL_CTX_new(TLS_method());" in text
        for text in notes("SSL_CTX *ctx = the_ctx();\nSSL *ssl = SSL_new(ctx);")
    )


@pytest.mark.parametrize("start", ["SSL *ssl = NULL;", "SSL *ssl;"])
def test_what_an_unknown_function_fills_is_not_known_afterwards(start: str) -> None:
    text = f"{start}\nBIO_get_ssl(bio_of(1), &ssl);\nSSL_SESSION *s = SSL_get1_session(ssl);"

    assert kinds(run(text)) == []
    assert "what BIO_get_ssl makes of ssl is not known" in notes(text)


def test_what_holds_an_object_is_taken_as_left_alone_by_an_unknown_function() -> None:
    text = f"{CONNECTED}log_it(&ssl);\nSSL_free(ssl);\nSSL_CTX_free(ctx);"

    assert kinds(run(text)) == []
    assert not any("log_it makes" in note for note in notes(text))


def test_a_session_is_read_from_and_written_to_a_file_that_is_not_known() -> None:
    text = f"""{CONNECTED}BIO *out = BIO_new_file("sess.pem", "w");
if (!PEM_write_bio_SSL_SESSION(out, SSL_get0_session(ssl))) exit(1);
BIO_free(out);
SSL_SESSION *s = PEM_read_bio_SSL_SESSION(BIO_new_file("sess.pem", "r"), NULL, 0, NULL);
if (!s) exit(1);
SSL_set_session(ssl, s);
"""

    assert kinds(run(text)) == ["leak", "leak", "leak"]
    assert kinds(run(text + "SSL_SESSION_free(s);\nSSL_free(ssl);\nSSL_CTX_free(ctx);\n")) == []


THROUGH = "struct ops { SSL_SESSION *(*get)(int); };\nextern struct ops *ops;\n"


@pytest.mark.parametrize(
    "text",
    [
        "static SSL_SESSION *s = ops->get(1);",
        "static int on_new(SSL *ssl, SSL_SESSION *s) { ops->get(1); (*ops).get(2); return 0; }",
        "static void f(struct ops *o) { SSL_SESSION_free(o->get(1)); (o->get)(2); }",
        "int main(void) { static SSL_SESSION *s = ops->get(1); if (ops->get(1)) return 1; }",
        "int n = 1;\nswitch (n) { case ops->get(1): n = 2; }",
    ],
)
def test_a_call_through_a_member_is_a_call_without_a_name(text: str) -> None:
    try:
        result = run(THROUGH + text)
    except ScriptError as refused:
        assert "cannot start with a call" in str(refused)
    else:
        assert result.findings == ()
