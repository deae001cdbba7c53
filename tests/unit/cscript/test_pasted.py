"""Shapes of real programs that a reader of C alone would stumble over."""

from __future__ import annotations

import pytest

from sslrefs.cscript.diagnostics import ScriptError
from sslrefs.studio.run import attempt, run


def test_a_type_that_has_the_name_of_one_of_libssls_in_it_is_another() -> None:
    made = run("PySSLSession *p = NULL;\nSSL_SESSION_free(SSL_SESSION_new());")

    assert [note.text.split(";")[0] for note in made.notes][:1] == [
        "the type PySSLSession is not known"
    ]


def test_a_macro_may_take_a_type_as_its_first_argument() -> None:
    text = """\
void keep(SSL *ssl) {
    struct saved *a = xnew0(struct saved);
    Saved *b = GC_New(Saved, types->saved);
    a->session = SSL_get1_session(ssl);
    SSL_SESSION_free(a->session);
}
"""
    assert run(text).findings == ()


def test_a_member_that_libssl_is_called_with_before_it_is_set_has_an_object() -> None:
    text = """\
void closing(struct conn *c) {
    SSL_SESSION *s = SSL_get_session(c->ssl);
    if (s != c->last) {
        SSL_SESSION_free(c->last);
        c->last = s;
    }
    SSL_free(c->ssl);
    c->ssl = NULL;
}
"""
    found = run(text)

    assert "c->ssl = ssl;" in found.source
    assert "c->last = NULL;" in found.source
    assert [(bug.kind, bug.wrong_line) for bug in found.findings] == [("use_after_free", 5)]


def test_a_macro_with_the_prefix_of_its_library_may_be_a_statement() -> None:
    text = "void f(SSL *ssl) {\n  if (ssl == NULL)\n    Py_RETURN_NONE;\n  SSL_clear(ssl);\n}"

    assert [note.text for note in run(text).notes if note.line == 3] == [
        "Py_RETURN_NONE is not known here: it is taken as 0, as its name says"
    ]


def test_a_variable_that_the_rest_of_the_program_sets_has_an_object() -> None:
    """NULL followed would be a bug of the excerpt, not of the program."""
    text = """\
static SSL_CTX *shared;
SSL *connected(void) {
    SSL *ssl = SSL_new(shared);
    SSL_connect(ssl);
    return ssl;
}
"""
    made = run(text)

    assert "shared = ctx;" in made.source
    assert made.findings == ()


def test_a_callback_finds_the_variables_of_the_rest_too() -> None:
    text = """\
static SSL_CTX *shared;
static int on_new(SSL *ssl, SSL_SESSION *s) {
    SSL_CTX_add_session(shared, s);
    return 0;
}
"""
    made = run(text)

    assert "shared = ctx;" in made.source
    assert "bad_pointer" not in [bug.kind for bug in made.findings]


def test_a_variable_that_the_text_sets_itself_is_left_alone() -> None:
    text = """\
static SSL_CTX *shared;
void start(void) { shared = SSL_CTX_new(TLS_method()); }
SSL *connected(void) { return SSL_new(shared); }
"""
    assert "shared = ctx;" not in run(text).source


def test_what_is_missing_above_functions_is_shown_declared_there() -> None:
    said = str(attempt("SSL *connected(void) { return SSL_new(shared); }"))

    assert "declare it above the functions, for example: SSL_CTX *shared;" in said


DIFF = """\
@@ -210,7 +210,6 @@ static void client_done(struct client *c)
     SSL_SESSION *s = SSL_get1_session(c->ssl);
-    SSL_SESSION_free(s);
     store_session(c->host, s);
"""
TRACE = """\
#0  0x00007ffff7e5a012 in SSL_SESSION_free () from /usr/lib/libssl.so.3
#1  0x00007ffff7e5b012 in SSL_free (s=0x5) at ../ssl/ssl_lib.c:1260
#2  0x0000555555555123 in client_done (c=0x5555) at src/client.c:213
"""
CHECKED = """\
==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x6110 at pc 0x55
READ of size 4 at 0x6110 thread T0
    #0 0x55a1b2 in SSL_SESSION_free ssl/ssl_sess.c:830
    #1 0x55a1b2 in on_close /build/proxy/conn.c:77:9
"""


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (DIFF, "this is a diff", "paste the lines as they are before or after the change"),
        (TRACE, "what a debugger or a checker printed", "the C from src/client.c, around line 213"),
        (CHECKED, "what a debugger or a checker", "from /build/proxy/conn.c, around line 77"),
        ("#0 0x00007fff in poll ()", "what a debugger", "the C from your own functions that it"),
    ],
)
def test_what_is_pasted_in_place_of_c_is_named(text: str, message: str, hint: str) -> None:
    found = attempt(text)

    assert isinstance(found, ScriptError)
    assert len(found.problems) == 1
    assert message in found.problems[0].message
    assert hint in found.problems[0].hint


@pytest.mark.parametrize("text", ["#define ONE 1\nint a = ONE;", "int a = 1; a = a - -1;"])
def test_c_is_not_taken_for_one_of_them(text: str) -> None:
    assert not isinstance(attempt(text), ScriptError)


CACHE = """\
struct entry { SSL_SESSION *session; struct entry *next; };
static struct entry *cache;
void store(SSL *ssl) {
    struct entry *e = calloc(1, sizeof *e);
    e->session = SSL_get1_session(ssl);
    e->next = cache;
    cache = e;
}
void purge(void) {
    while (cache && time(NULL) == 0) {
        struct entry *e = cache;
        cache = e->next;
        SSL_SESSION_free(e->session);
        free(e);
    }
}
"""


def test_what_a_list_of_the_program_keeps_is_given_back_through_it() -> None:
    made = run(CACHE)

    assert made.findings == ()
    assert "SSL_SESSION_free(cache->session);" in made.source


def test_a_list_that_keeps_what_it_was_lent_is_a_bug() -> None:
    made = run(CACHE.replace("get1", "get0"))

    assert [bug.kind for bug in made.findings] == ["borrowed_free"]


LOADED = """\
int load(SSL *ssl, FILE *file) {
    unsigned char bytes[4096];
    const unsigned char *p = bytes;
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    SSL_SESSION *s = d2i_SSL_SESSION(NULL, &p, (long)length);
    if (s == NULL)
        return 0;
    SSL_set_session(ssl, s);
    return 1;
}
"""


@pytest.mark.parametrize("where", ["bytes[4096];", "*bytes = malloc(4096);"])
def test_bytes_that_an_unknown_function_read_may_be_a_session(where: str) -> None:
    found = run(LOADED.replace("bytes[4096];", where)).findings

    assert [(bug.kind, bug.wrong_line) for bug in found] == [("lost_pointer", 9)]


def test_bytes_that_nobody_read_are_none() -> None:
    """As libssl says, and a whole program is taken at its word."""
    read = "fread(bytes, 1, sizeof(bytes), file)"

    assert run(LOADED.replace(read, "sizeof(bytes)")).findings == ()


def test_a_session_that_a_text_asks_about_can_be_resumed() -> None:
    text = """\
void done(SSL *ssl, struct kept *k) {
    SSL_SESSION *s = SSL_get_session(ssl);
    if (SSL_SESSION_is_resumable(s)) {
        SSL_SESSION_free(k->session);
        k->session = s;
    }
}
"""
    (found,) = run(text).findings

    assert found.kind == "borrowed_free"
    assert "k->session was only lent at line 5" in found.message


@pytest.mark.parametrize("dots", ["...", "…", "...;", "    ...\n    ..."])
def test_dots_stand_for_what_is_not_shown(dots: str) -> None:
    text = (
        f"SSL_SESSION *s = SSL_SESSION_new();\n{dots}\nif (s == NULL)\n{dots}\nSSL_SESSION_free(s);"
    )
    if "\n" in dots or ";" in dots:
        text = text.replace(f"if (s == NULL)\n{dots}\n", "")
    made = run(text)

    assert made.findings == ()
    assert (2, "... stands for lines that are not shown: nothing is known of them") in made.notes


def test_dots_between_functions_and_in_them() -> None:
    made = run("...\nvoid f(SSL *ssl) {\n  ...\n  SSL_clear(ssl);\n}\n...\nint a = 1;\n...")

    assert [note.line for note in made.notes if note.text.startswith("...")] == [1, 3, 6, 8]


def test_dots_of_c_are_left_alone() -> None:
    text = 'int say(const char *how, ...);\nswitch (2) {\ncase (1) ... 3: say("x");\n}'

    assert [note for note in run(text).notes if note.text.startswith("...")] == []


def test_memory_is_kept_by_a_list_inside_it() -> None:
    text = """\
void remember(SSL *ssl) {
    struct entry *e = calloc(1, sizeof *e);
    e->session = SSL_get1_session(ssl);
    list_add(&e->links, &sessions);
}
"""
    assert run(text).findings == ()


@pytest.mark.parametrize("how", ["arg", "(SSL_CTX *)arg"])
def test_what_a_thread_is_given_is_what_it_takes_it_for(how: str) -> None:
    text = f"void *worker(void *arg) {{\n  SSL_CTX *ctx = {how};\n  SSL *ssl = SSL_new(ctx);\n}}"

    assert [(bug.kind, bug.wrong_line) for bug in run(text).findings] == [("lost_pointer", 3)]


def test_a_list_that_others_made_has_an_end() -> None:
    text = """\
SSL_SESSION *lookup(struct cache *c, const char *host) {
    struct entry *e;
    for (e = c->head; e != NULL; e = e->next)
        if (!strcmp(e->host, host))
            return e->session;
    return NULL;
}
"""
    made = run(text)

    assert made.timeline.cut is None
    assert [note.text for note in made.notes if "NULL" in note.text] == [
        "c->head->next->next->next is taken as NULL: how long the list is, is not known"
    ]


def test_whoever_is_given_a_session_may_take_it_over() -> None:
    text = "void f(SSL *ssl) {{\n  SSL_SESSION *s = SSL_get1_session(ssl);\n  keep(ssl, s);\n}}{}"
    said = "/* sslrefs: assume keep frees 2 */"
    made = run(text.format(""))

    assert [bug.kind for bug in made.findings] == ["lost_pointer"]
    assert any(f"if it takes s over, write {said}" in note.text for note in made.notes)
    assert run(text.format(f"\n{said}")).findings == ()


def test_an_ancestor_of_an_ancestor_is_no_list() -> None:
    text = "void f(struct node *n) {\n  SSL_SESSION_free(SSL_get1_session(n->up->up->ssl));\n}"

    assert run(text).findings == ()
