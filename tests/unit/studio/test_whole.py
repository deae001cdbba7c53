"""A text that only defines functions runs: lines below it call the one that nobody calls."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.model.objects import ObjectId
from sslrefs.studio.branches import branches
from sslrefs.studio.run import Run, run
from sslrefs.studio.whole import whole
from sslrefs.trace.timeline import Called

KEEP = """\
static void keep(conn_t *c, SSL *ssl) {
  SSL_SESSION *s = SSL_get1_session(ssl);
  if (c->session) SSL_SESSION_free(c->session);
  c->session = s;
}
int talk(SSL_CTX *ctx, conn_t *c) {
  SSL *ssl = SSL_new(ctx);
  if (SSL_connect(ssl) != 1) { SSL_free(ssl); return -1; }
  keep(c, ssl);
  SSL_shutdown(ssl);
  SSL_free(ssl);
  return 0;
}
"""


def added(source: str) -> list[str]:
    """The lines below a text."""
    below = whole(source).source.removeprefix(source.rstrip())
    return [line for line in below.splitlines() if line]


def found(result: Run) -> list[tuple[str, int]]:
    return [(finding.kind, finding.wrong_line) for finding in result.findings]


def test_the_function_that_nobody_calls_runs_and_what_it_leaves_is_given_back() -> None:
    result = run(KEEP)

    assert found(result) == []
    assert added(KEEP) == [
        "/* Added by sslrefs, to run talk: nothing here calls it. */",
        "extern conn_t *c;",
        "SSL_CTX *ctx = SSL_CTX_new(TLS_method());",
        "c->session = NULL;",
        "talk(ctx, c);",
        "/* What it leaves to the rest of the program is given back. */",
        "SSL_SESSION_free(c->session);",
        "SSL_CTX_free(ctx);",
    ]
    assert result.source.startswith(KEEP.rstrip())
    assert run(result.source).source == result.source


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("SSL_get1_session", "SSL_get0_session"), ("use_after_free", 4)),
        (("c->session = s;", ";"), ("lost_pointer", 3)),
        (("  SSL_free(ssl);\n  return 0;", "  return 0;"), ("lost_pointer", 11)),
    ],
)
def test_what_the_function_does_wrong_is_found_at_its_line(
    change: tuple[str, str], finding: tuple[str, int]
) -> None:
    assert finding in found(run(KEEP.replace(*change)))


def test_its_ways_are_explored_too() -> None:
    assert [path.verdict for path in branches(KEEP).paths if "SSL_connect" in path.name] == [
        "clean"
    ]


def test_what_a_function_takes_is_not_given_back_again() -> None:
    text = "void drop(SSL_SESSION *s, SSL *ssl) { SSL_SESSION_free(s); SSL_free(ssl); }"

    assert found(run(text)) == []
    assert "SSL_SESSION_free(s);" not in added(text)


def test_a_borrowed_argument_that_is_freed_is_found() -> None:
    text = "void f(SSL *ssl) {\nSSL_SESSION *s = SSL_get0_session(ssl);\nSSL_SESSION_free(s); }"

    assert found(run(text)) == [("borrowed_free", 3)]


def test_members_that_libssl_is_called_with_are_made() -> None:
    text = (
        "struct conn { SSL *ssl; SSL_SESSION *s; };\n"
        "static void inner(struct conn *x) { x->s = SSL_get1_session(x->ssl); }\n"
        "void outer(struct conn *c) { inner(c); SSL_set_session(c->ssl, c->other->s); }\n"
    ).replace("c->other->s", "c->s")

    result = run(text)

    assert found(result) == []
    assert "c->ssl = ssl;" in added(text)
    assert "SSL_SESSION_free(c->s);" in added(text)


def test_pointers_to_be_filled_and_results_are_given_back() -> None:
    text = (
        "SSL *make(SSL_CTX *ctx, SSL_SESSION **out) {\nSSL *ssl = SSL_new(ctx);\n"
        "SSL_connect(ssl);\n*out = SSL_get1_session(ssl);\nreturn ssl; }"
    )

    assert found(run(text)) == []
    assert "SSL *result = make(ctx, &out);" in added(text)
    assert added(text)[-3:] == ["SSL_SESSION_free(out);", "SSL_free(result);", "SSL_CTX_free(ctx);"]


NEW_CB = """\
static int on_new(SSL *ssl, SSL_SESSION *s) {
  struct peer *p = SSL_get_app_data(ssl);
  if (p == NULL) return 0;
  if (p->session) SSL_SESSION_free(p->session);
  p->session = s;
  return 1;
}
"""


def test_a_callback_alone_is_given_to_a_context() -> None:
    assert "SSL_CTX_sess_set_new_cb(ctx, on_new);" in added(NEW_CB)
    assert "SSL_set_app_data(ssl, given);" in added(NEW_CB)
    assert "on_new" in {step.function for step in run(NEW_CB).timeline.steps}


def test_the_last_of_several_runs_and_of_the_others_it_is_said() -> None:
    result = run("void a(SSL *ssl) { SSL_free(ssl); }\n\nvoid b(void) { sleep(1); }")

    assert [note.text.split(":")[0].split(",")[0] for note in result.notes] == [
        "nothing here calls a", "nothing here calls b",
    ]  # fmt: skip
    assert [note.line for note in result.notes] == [1, 3]


def test_functions_that_call_each_other_are_told_how_to_run() -> None:
    result = run("void b(void);\nvoid a(void) { b(); }\nvoid b(void) { a(); }")

    assert result.timeline.steps == ()
    assert [(note.line, note.text) for note in result.notes] == [
        (3, "nothing ran; write a line below that calls b")
    ]


def test_a_text_with_statements_or_a_main_stays_as_it_is() -> None:
    for text in (f"{KEEP}sleep(1);", f"{KEEP}int main(void) {{ return 0; }}", "", "int x;"):
        assert whole(text).source == text


def test_a_mistake_in_the_functions_is_told_with_its_place() -> None:
    with pytest.raises(ScriptError, match="line 2"):
        run("void a(SSL *ssl) {\nSSL_free(nowhere); }")


def test_an_extern_variable_is_not_known_and_not_null() -> None:
    result = run("extern SSL_CTX *ctx;\nSSL *ssl = SSL_new(ctx);")

    assert found(result) == []
    assert any("SSL_new is left out" in note.text for note in result.notes)


def test_functions_that_nobody_calls_run_in_their_order_and_share_what_they_keep() -> None:
    text = (
        "static SSL_SESSION *cached;\n"
        "void remember(SSL *ssl) { cached = SSL_get_session(ssl); }\n"
        "void forget(void) {\nSSL_SESSION_free(cached); }\n"
    )

    result = run(text)

    assert [(f.kind, f.wrong_line) for f in result.findings] == [("borrowed_free", 4)]
    assert "to run remember and forget: nothing here calls them." in result.source


def test_functions_that_are_given_the_same_share_it_and_names_do_not_clash() -> None:
    text = (
        "void open_it(conn_t *c, SSL_CTX *ctx) { c->ssl = SSL_new(ctx); }\n"
        "void use(conn_t *c, int n, SSL *ssl) { SSL_get_session(c->ssl); }\n"
        "void end(conn_t *c, char *n, SSL *ssl) { SSL_free(c->ssl); c->ssl = NULL; }\n"
    )

    result = run(text)

    assert found(result) == []
    assert "open_it(c, ctx);" in added(text)
    assert "use(c, n, ssl);" in added(text)
    assert "end(c, n2, ssl2);" in added(text)
    assert "extern char *n2;" in added(text)


OPENED = """\
static void save(struct conn *c) {
    c->kept = SSL_get1_session(c->ssl);
}
static void drop(struct conn *c) {
    SSL_SESSION_free(c->kept);
}
static SSL *opened(SSL_CTX *ctx) {
    SSL *ssl = SSL_new(ctx);
    if (SSL_connect(ssl) <= 0) { SSL_free(ssl); return NULL; }
    return ssl;
}
"""


def test_an_object_of_the_added_lines_is_given_back_once() -> None:
    """A member that they set to it has the last name of something that the text frees."""
    result = run(OPENED)

    assert "c->ssl = ssl;" in result.source
    assert "SSL_free(c->ssl);" not in result.source
    assert result.findings == ()


REMEMBERED = """\
static int on_new(SSL *ssl, SSL_SESSION *sess) {
    struct conn *c = SSL_get_app_data(ssl);
    if (c->last) SSL_SESSION_free(c->last);
    c->last = sess;
    return 1;
}
"""


def test_ex_data_that_are_not_known_are_the_same_each_time() -> None:
    """Both tickets of a connection come to the same struct: the second frees the first."""
    result = run(REMEMBERED)

    freed = [
        (event.places, event.arguments)
        for step in result.timeline.steps
        for event in step.events
        if isinstance(event, Called) and event.name == "SSL_SESSION_free"
    ]
    assert freed == [
        (("given->last",), (ObjectId("session", 2),)),
        (("given->last",), (ObjectId("session", 3),)),
    ]
    assert result.findings == ()


LISTED = """\
struct entry { LIST_ENTRY(entry) link; SSL_SESSION *session; };
static LIST_HEAD(, entry) entries = LIST_HEAD_INITIALIZER(entries);
static int on_new(SSL *ssl, SSL_SESSION *s) {
    struct entry *e = calloc(1, sizeof(*e));
    e->session = s;
    LIST_INSERT_HEAD(&entries, e, link);
    return 1;
}
"""


def test_what_is_put_in_a_list_that_is_not_shown_is_no_leak() -> None:
    kept, forgotten = run(LISTED), run(LISTED.replace("LIST_INSERT_HEAD", "LIST_LOOK_AT"))

    assert found(kept) == []
    assert {kind for kind, _ in found(forgotten)} == {"leak"}
    assert any("LIST_INSERT_HEAD is given is taken as kept" in note.text for note in kept.notes)


def test_what_was_put_in_a_list_can_still_be_freed_too_early() -> None:
    text = LISTED.replace("    return 1;", "    SSL_SESSION_free(e->session);\n    return 1;")

    assert found(run(text)) == []  # the callback says 1 and frees what it was offered: sound
    assert found(run(text.replace("    return 1;", "    return 0;"))) != []


ALIASED = """\
web_int_t web_set_session(web_connection_t *c, web_ssl_session_t *session)
{
    if (session) {
        if (SSL_set_session(c->ssl->connection, session) == 0) return WEB_ERROR;
    }
    return WEB_OK;
}
"""


def test_a_type_of_the_rest_may_be_another_name_of_libssls() -> None:
    result = run(ALIASED)

    assert found(result) == []
    assert "SSL_SESSION *session = SSL_get1_session(former);" in added(ALIASED)
    assert "SSL_set_session" in {call for step in result.timeline.steps for call in step.calls}


def test_memory_that_was_only_assumed_is_no_object_and_no_bug() -> None:
    text = "void f(box_t *b)\n{\n    SSL_SESSION_free(b->first->second);\n    SSL_free(b->first->third);\n}\n"

    assert found(run(text)) == []
