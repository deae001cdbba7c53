"""What a player leaves behind in the browser: listeners, nodes and memory after long use."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple, cast

from playwright.sync_api import sync_playwright

from sslrefs.lessons.catalogue.broke_here import ONE_LINE_MORE
from sslrefs.studio.payload import payload_of
from sslrefs.studio.run import run
from tests.browser.conftest import ARGUMENTS, PROGRAMS
from tests.browser.stub import StubPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page

__all__ = ["Held", "held", "lines", "open_and_close", "walk"]

STEPS, TIMES = 1000, 50


class Held(NamedTuple):
    """What the page holds after a collection of garbage."""

    listeners: int
    nodes: int
    megabytes: float

    def __str__(self) -> str:
        return f"{self.listeners} listeners, {self.nodes} nodes, {self.megabytes:.2f} MB"


def held(page: Page) -> Held:
    """Asks Chromium, after it has collected its garbage."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    used = session.send("Runtime.getHeapUsage")["usedSize"]
    session.detach()
    return Held(counters["jsEventListeners"], counters["nodes"], cast("float", used) / 1e6)


def walk(page: Page, steps: int) -> None:
    """So many steps forwards and back in the first player."""
    page.evaluate(
        """(steps) => {
          const root = document.querySelector(".sslrefs");
          for (let step = 0; step < steps; step++) {
            const key = Math.floor(step / 8) % 2 ? "ArrowLeft" : "ArrowRight";
            root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          }
        }""",
        steps,
    )


def open_and_close(stub: StubPage, times: int) -> None:
    """Opens another view of the last player and closes it, so many times."""
    for _ in range(times):
        stub.mount_again()
        stub.page.evaluate("(views.at(-1).close(), views.pop().el.remove())")


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    path = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if path is None:
        yield "lasting: not measured, there is no Chromium"
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        stub = StubPage(chromium.new_page())
        stub.load()
        stub.mount(payload_of(run(ONE_LINE_MORE.text)))
        open_and_close(stub, 1)
        yield f"one player open:             {held(stub.page)}"
        walk(stub.page, STEPS)
        yield f"after {STEPS:,} steps:           {held(stub.page)}"
        open_and_close(stub, TIMES)
        yield f"after {TIMES} views more, closed: {held(stub.page)}"
        chromium.close()
