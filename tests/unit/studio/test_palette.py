"""The palette: every call by its page, only what fits, and a line that runs."""

from __future__ import annotations

import pytest

from sslrefs.model.calls import CALLS
from sslrefs.model.objects import ObjectId
from sslrefs.studio.deeds import deeds
from sslrefs.studio.palette import (
    Choice,
    argument_choices,
    c_line,
    free_name,
    ownership,
    pages,
)
from sslrefs.studio.workbench import Refused, Workbench

SERVER = """SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *s = SSL_get1_session(ssl);
unsigned char *der = NULL;
BIO *bio = BIO_new(BIO_s_mem());
int on_new(SSL *x, SSL_SESSION *y) { return 0; }
"""


def chosen(bench: Workbench, name: str) -> str:
    """The line of a call with the first choice of each argument."""
    call = CALLS[name]
    arguments = [argument_choices(bench, call, p)[0].code for p in call.parameters]
    return c_line(bench, call, arguments, free_name(bench, call))


def test_every_call_stands_below_its_manual_page_once() -> None:
    listed = [call for calls in pages().values() for call in calls]

    assert sorted(call.name for call in listed) == sorted(CALLS)
    assert next(iter(pages())) == "SSL_SESSION_free(3)"
    assert all(call.manual == page for page, calls in pages().items() for call in calls)


def test_the_search_knows_names_pages_and_ownership() -> None:
    takers = {call.name for calls in pages("takes").values() for call in calls}

    assert {"SSL_SESSION_up_ref", "SSL_new", "SSL_set_session"} <= takers
    assert "SSL_SESSION_free" not in takers
    assert list(pages("flush EX")) == ["SSL_CTX_flush_sessions(3)"]
    assert pages("no such call") == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SSL_SESSION_free", "gives back session"),
        ("SSL_set_session", "takes session; borrows ssl"),
        ("SSL_get1_session", "borrows ssl; gives you a reference"),
        ("SSL_get0_session", "borrows ssl; lends, do not free"),
        ("TLS_method", "counts nothing"),
    ],
)
def test_ownership_is_said_in_the_words_of_the_table(name: str, words: str) -> None:
    assert ownership(CALLS[name]) == words


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"SSL_CTX_flush_sessions_ex"}))
def test_the_first_choices_of_every_call_run(name: str) -> None:
    bench = Workbench(SERVER)

    line = chosen(bench, name)
    bench.add(line)

    assert bench.lines[-1] == line
    assert bench.run.timeline.steps[-1].calls[0] == name or name in line


def test_only_variables_of_the_type_fit_and_say_where_they_point() -> None:
    bench = Workbench(SERVER + "SSL_SESSION *gone = SSL_SESSION_new(); SSL_SESSION_free(gone);")
    call = CALLS["SSL_SESSION_free"]

    found = argument_choices(bench, call, call.parameters[0])

    assert found == (
        Choice("gone → session#3, freed", "gone"),
        Choice("s → session#2", "s"),
        Choice("NULL", "NULL"),
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "SSL_new",
            "SSL_new wants SSL_CTX *ctx, and no variable is one: make one with SSL_CTX_new.",
        ),
        ("PEM_write_bio_SSL_SESSION", "make one with BIO_new."),
        ("SSL_CTX_set_verify", "make one with SSL_CTX_new."),
    ],
)
def test_without_a_fitting_variable_it_says_how_to_get_one(name: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        chosen(Workbench(), name)

    assert str(refused.value).endswith(says)


def test_a_callback_is_a_function_of_the_text_or_null() -> None:
    call = CALLS["SSL_CTX_sess_set_get_cb"]

    found = argument_choices(Workbench(SERVER), call, call.parameters[1])
    without = argument_choices(Workbench(), call, call.parameters[1])

    assert found == (Choice("on_new", "on_new"), Choice("NULL", "NULL"))
    assert without == (Choice("NULL", "NULL"),)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("s", "The name s is taken"),
        ("on_new", "The name on_new is taken"),
        ("2nd", "cannot be the name"),
        ("int", "cannot be the name"),
        ("SSL_free", "cannot be the name"),
        ("SSL", "cannot be the name"),
        ("a b", "cannot be the name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(name: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        c_line(Workbench(SERVER), CALLS["SSL_SESSION_new"], [], name)


def test_empty_arguments_and_names_for_nothing_are_refused() -> None:
    bench = Workbench(SERVER)

    with pytest.raises(Refused, match="session of SSL_SESSION_free is empty"):
        c_line(bench, CALLS["SSL_SESSION_free"], [" "])
    with pytest.raises(Refused, match="returns nothing"):
        c_line(bench, CALLS["SSL_SESSION_free"], ["s"], "x")


def test_a_selected_object_offers_what_can_be_done_to_it() -> None:
    bench = Workbench(SERVER)

    codes = {deed.call: deed.code for deed in deeds(bench, ObjectId("session", 2))}

    assert codes["SSL_SESSION_free"] == "SSL_SESSION_free(s);"
    assert codes["SSL_CTX_add_session"] == "SSL_CTX_add_session(ctx, s);"
    assert codes["SSL_SESSION_dup"] == "SSL_SESSION *s2 = SSL_SESSION_dup(s);"
    for code in codes.values():
        Workbench(SERVER).add(code)


def test_what_lacks_an_argument_is_offered_with_the_reason() -> None:
    bench = Workbench("SSL_SESSION *s = SSL_SESSION_new();")

    offered = {deed.call: deed for deed in deeds(bench, ObjectId("session", 1))}

    assert offered["SSL_CTX_add_session"].code == ""
    assert "no variable is one: make one with SSL_CTX_new." in offered["SSL_CTX_add_session"].why


def test_an_object_without_a_variable_cannot_be_named() -> None:
    bench = Workbench("SSL_SESSION *s = SSL_SESSION_new(); s = NULL;")

    with pytest.raises(Refused, match="No variable of the text points to session#1"):
        deeds(bench, ObjectId("session", 1))
