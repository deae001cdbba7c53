"""A run of the whole pipeline in the player: what Python sends is what the player can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import Run, run
from tests.browser.reading import ledger
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from tests.browser.stub import StubPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lesson() -> Run:
    """The manual page's delayed failure."""
    return run(DELAYED)


def test_every_item_looks_as_the_scene_says_at_every_moment(stub: StubPage, lesson: Run) -> None:
    root = stub.mount(payload_of(lesson))
    nodes, edges = lesson.scene.nodes, lesson.scene.edges
    names = [node.id for node in nodes] + [edge.id for edge in edges]

    for position in range(len(lesson.timeline.steps) + 1):
        root.get_by_role("slider").fill(str(position))
        expect(root).to_have_attribute("data-step", str(position))
        shown = root.locator(".picture g[id]").evaluate_all(
            "(groups) => groups.map((group) => [group.id.replace(/^v\\w+-/, ''), "
            "[...group.classList].filter((word) => word.startsWith('s-')).join(' ')])"
        )
        looks = lesson.scene.looks_at(position)
        words = [" ".join(f"s-{word}" for word in look.words.split()) for look in looks]
        assert dict(shown) == dict(zip(names, words, strict=True))


def test_the_ledger_counts_what_the_model_counts(stub: StubPage, lesson: Run) -> None:
    root = stub.mount(payload_of(lesson))
    slider = root.get_by_role("slider")
    steps = lesson.data()["steps"]
    assert isinstance(steps, list)

    for position, step in enumerate(steps, start=1):
        slider.fill(str(position))
        expect(root).to_have_attribute("data-step", str(position))
        rows = ledger(root).items()
        counts = {name: int(cells[0].split("→")[-1]) for name, cells in rows}
        assert {name: counts[name] for name in step["counts"]} == step["counts"]
        gone = {name for name, count in counts.items() if count == 0}
        assert gone.isdisjoint(step["counts"])


def test_the_finding_leads_to_its_steps(stub: StubPage, lesson: Run) -> None:
    root = stub.mount(payload_of(lesson))
    line = root.locator("[aria-current=step] code")

    root.get_by_role("button", name="wrong here").click()
    expect(line).to_have_text("SSL_SESSION_free(peek);")
    root.get_by_role("button", name="shows here").click()
    expect(line).to_have_text("SSL_CTX_flush_sessions(ctx, 0);")
    expect(root.locator(".said").get_by_role("img", name="shows here")).to_be_visible()
    expect(root.get_by_text("From here on anything may happen")).to_be_visible()


def test_a_run_with_calls_that_were_left_out_is_not_told_as_sound(stub: StubPage) -> None:
    text = "SSL *ssl;\nBIO_get_ssl(bio, &ssl);\nSSL_SESSION *s = SSL_get1_session(ssl);\n"
    root = stub.mount(payload_of(run(text)))

    expect(root.get_by_text("Findings: none, but 1 call could not be followed.")).to_be_visible()
