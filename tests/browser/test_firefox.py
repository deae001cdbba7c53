"""Exported pages in Firefox: they play, look as they should, and complain of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sslrefs.studio.export import export, page_beside
from sslrefs.studio.run import run
from tests.browser.firefox import Firefox, firefox
from tests.browser.test_beside import both
from tests.browser.texts import DELAYED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser

FOCUS = "document.querySelector('.picture').focus()"
STEP = "document.querySelector('.sslrefs').dataset.step"
TICK = "document.querySelector('.sslrefs').dataset.tick"
TOO_WIDE = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"
TOPS = "[...document.querySelectorAll('.side .picture')].map((e) => Math.round(e.getBoundingClientRect().top)).join()"
SAVE = """(async () => {
  const made = [];
  const old = URL.createObjectURL;
  URL.createObjectURL = (blob) => (made.push(blob.type), old.call(URL, blob));
  const [told, list, save] = [".told", ".save select", ".save button"].map((name) => document.querySelector(name));
  for (const form of ["svg", "film", "png"]) {
    told.textContent = "";
    list.value = form;
    save.click();
    while (!told.textContent) await new Promise(requestAnimationFrame);
  }
  return made.join();
})()"""


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Firefox]:
    """A Firefox whose page must complain of nothing."""
    with firefox(tmp_path) as opened:
        yield opened
        assert opened.problems == []


def test_a_run_plays_and_is_saved(page: Firefox, tmp_path: Path) -> None:
    file = tmp_path / "run.html"
    file.write_bytes(export(run(DELAYED), "html"))

    page.open(file.as_uri())

    assert page.run(STEP) == "0"
    page.run(FOCUS)
    page.press("ArrowRight")
    page.press("ArrowRight")
    assert page.run(STEP) == "2"
    page.press("Shift", "ArrowRight")
    assert page.run(TICK) == "1"
    page.press("End")
    page.press("f")
    assert page.run(STEP) == "6"
    badge = "document.querySelector('.picture g[id$=n_session1] .count').textContent"
    assert page.run(badge) == "1 ≠ 2"
    assert page.run(SAVE) == "image/svg+xml,image/svg+xml,image/png"
    page.resize(480)
    assert page.run(TOO_WIDE) == 0


def test_two_runs_stand_side_by_side(page: Firefox, tmp_path: Path) -> None:
    file = tmp_path / "both.html"
    file.write_bytes(page_beside(both(), position=4))

    page.open(file.as_uri())

    page.run(FOCUS)
    page.press("d")
    assert page.run(STEP) == "5"
    first, second = str(page.run(TOPS)).split(",")
    assert first == second
    page.resize(480)
    assert page.run(TOO_WIDE) == 0
