"""The hand-out is one sheet of paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FILE = Path(__file__).parents[2] / "notebooks" / "handout.html"


def test_it_prints_on_one_page_and_asks_for_nothing(page: Page) -> None:
    noted: list[str] = []
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.goto(FILE.as_uri())

    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert noted == [FILE.as_uri()]
