"""The colours of the picture: enough contrast in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sslrefs.picture

CSS = (Path(sslrefs.picture.__file__).parent / "theme.css").read_text("utf-8")
BLOCK = re.compile(r"([^{}]*)\{([^{}]*--bad[^{}]*)\}")
BOXES = ["var", "ssl", "ctx", "row", "session", "plate", "gone"]


def themes() -> dict[str, dict[str, str]]:
    """The variables of each theme; names of JupyterLab are replaced by their fallback."""
    blocks = [
        (head, dict(re.findall(r"--(\w+): (?:var\([\w-]+, )?(#\w+)\)?;", body)))
        for head, body in BLOCK.findall(CSS)
    ]
    light, jupyter_dark, system_dark = (values for _, values in blocks[:3])
    # JupyterLab's own dark theme, for what follows it there.
    lab = {"ink": "#dedede", "quiet": "#b3b3b3", "paper": "#111111"}
    return {
        "light": light,
        "dark in JupyterLab": light | lab | jupyter_dark,
        "dark elsewhere": light | system_dark,
    }


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes().values(), ids=themes())
def test_every_text_can_be_read(theme: dict[str, str]) -> None:
    poor = [box for box in BOXES if contrast(theme["label"], theme[box]) < 4.5]

    assert poor == []
    assert contrast(theme["ink"], theme["paper"]) >= 4.5
    assert contrast(theme["quiet"], theme["paper"]) >= 4.5
    assert contrast(theme["hot"], theme["paper"]) >= 4.5


@pytest.mark.parametrize("theme", themes().values(), ids=themes())
def test_every_line_can_be_seen(theme: dict[str, str]) -> None:
    lines = ["ink", "outline", "cache", "hot", "bad"]
    poor = [line for line in lines if contrast(theme[line], theme["paper"]) < 3]
    poor += [f"bad on {box}" for box in BOXES if contrast(theme["bad"], theme[box]) < 3]
    poor += [f"outline of {box}" for box in BOXES if contrast(theme["outline"], theme[box]) < 3]

    assert poor == []


def test_both_dark_themes_are_the_same_but_for_what_follows_jupyterlab() -> None:
    dark, elsewhere = themes()["dark in JupyterLab"], themes()["dark elsewhere"]

    follows = {"ink", "quiet", "paper"}
    assert {k: v for k, v in dark.items() if k not in follows} == {
        k: v for k, v in elsewhere.items() if k not in follows
    }


def test_forced_colours_use_the_systems_own() -> None:
    block = CSS[CSS.index("forced-colors: active") : CSS.index(".sslrefs-picture .paper")]

    assert set(re.findall(r"--(\w+):", block)) == set(themes()["light"])
    assert "#" not in block


@pytest.mark.parametrize("word", ["absent", "freed", "wrong", "borrowed", "dangling"])
def test_every_state_but_the_usual_has_a_rule(word: str) -> None:
    assert f".s-{word}" in CSS
