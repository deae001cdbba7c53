"""The choice of the library in the player's header, and what it says when nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from playwright.sync_api import expect

from tests.browser.reading import at
from tests.browser.sample import Payload, lesson

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser

NAMES = ["OpenSSL 3", "OpenSSL 1.1.1", "LibreSSL"]


def with_choice(**changes: object) -> Payload:
    """The lesson as Python sends it, with the libraries it can be run on."""
    return lesson(libraries=NAMES, **changes)


def choice(root: Locator) -> Locator:
    """The list of libraries."""
    return root.get_by_role("combobox", name="Library")


def answered(stub: StubPage) -> None:
    """A kernel answers."""
    stub.page.evaluate("models.at(-1).tell('msg:custom', { rerun: true })")


def test_without_a_kernel_it_shows_the_library_and_says_what_is_missing(stub: StubPage) -> None:
    root = stub.mount(with_choice())

    expect(choice(root)).to_be_disabled()
    expect(choice(root)).to_have_attribute(
        "title", "Choosing another library needs a running kernel: run the cell again."
    )
    assert choice(root).evaluate("(list) => list.selectedOptions[0].text") == "OpenSSL 3"
    assert stub.page.evaluate("models[0].sent") == [{"ask": "rerun"}]


def test_a_payload_without_libraries_has_no_choice(stub: StubPage) -> None:
    root = stub.mount(lesson())

    expect(choice(root)).to_be_hidden()
    expect(root.get_by_text("OpenSSL 3")).to_be_visible()


def test_a_choice_is_sent_and_the_new_run_stands_where_the_old_one_did(stub: StubPage) -> None:
    root = stub.mount(with_choice(), position=6)
    answered(stub)
    expect(choice(root)).to_be_enabled()
    assert choice(root).locator("option").all_inner_texts() == NAMES

    choice(root).focus()
    choice(root).select_option("LibreSSL")

    assert stub.page.evaluate("[models[0].get('library'), models[0].saved]") == ["LibreSSL", 1]
    expect(root.get_by_text("The kernel runs the text with LibreSSL")).to_be_visible()
    stub.bring(with_choice(library="LibreSSL"), problem="")
    expect(root.get_by_text("The kernel runs the text")).to_be_hidden()
    at(root, 6)
    expect(choice(root)).to_have_value("LibreSSL")
    expect(choice(root)).to_be_focused()


def test_a_refused_text_keeps_the_choice(stub: StubPage) -> None:
    root = stub.mount(with_choice(), position=3)
    answered(stub)
    stub.bring(
        with_choice(library="LibreSSL", error={"message": "LibreSSL has no such call"}),
        library="LibreSSL",
    )

    expect(root.get_by_role("group", name="Diagnostics")).to_have_text("LibreSSL has no such call")
    expect(choice(root)).to_be_enabled()
    choice(root).select_option("OpenSSL 3")
    stub.bring(with_choice())

    at(root, 3)


def test_a_failure_in_python_is_seen_and_the_choice_goes_back(stub: StubPage) -> None:
    root = stub.mount(with_choice())
    answered(stub)

    choice(root).select_option("LibreSSL")
    stub.bring(None, problem="LibreSSL cannot be shown. MemoryError: no room", library="OpenSSL 3")

    expect(root.get_by_text("MemoryError: no room")).to_be_visible()
    expect(choice(root)).to_have_value("OpenSSL 3")


def test_a_lost_connection_disables_it_until_somebody_answers(stub: StubPage) -> None:
    root = stub.mount(with_choice())
    answered(stub)
    expect(choice(root)).to_be_enabled()

    stub.page.evaluate("models[0].tell('comm_live_update')")

    expect(choice(root)).to_be_disabled()
    answered(stub)
    expect(choice(root)).to_be_enabled()


def test_its_keys_choose_and_do_not_step(stub: StubPage) -> None:
    root = stub.mount(with_choice(), position=4)
    answered(stub)
    choice(root).focus()

    for key in ("ArrowDown", "End", "Home", "f", "b"):
        stub.page.keyboard.press(key)

    at(root, 4)
    assert stub.leaked() == []
    assert cast("int", stub.page.evaluate("models[0].saved")) > 0
