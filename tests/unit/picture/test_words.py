"""Words in a notebook."""

from __future__ import annotations

import re

import pytest

from sslrefs.picture.words import Words

STYLES = ("red", "bold red", "green", "bold green", "cyan", "bold yellow", "dim")
PAGES = {"JupyterLab Light": "#ffffff", "JupyterLab Dark": "#111111"}
ENOUGH = 4.0
"""No colour has 4.5, which is asked of text, on both pages; these come near on each."""


def light(colour: str) -> float:
    """The relative luminance of a colour, as the contrast rules of the web define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("style", STYLES)
def test_a_colour_can_be_read_on_a_light_and_on_a_dark_page(style: str, page: str) -> None:
    words = Words()
    words.append("told", style)

    html = words.styled()._repr_mimebundle_([], [])["text/html"]
    (colour,) = set(re.findall(r"(?<!-)color: (#[0-9a-f]{6})", html))
    bright, dim = sorted((light(colour), light(PAGES[page])), reverse=True)

    assert (bright + 0.05) / (dim + 0.05) >= ENOUGH
    assert ">told</span>" in html
