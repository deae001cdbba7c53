"""Plain rules from the picture's own style sheet."""

from __future__ import annotations

from pathlib import Path

import sslrefs.picture
from sslrefs.picture.flat import flattened

CSS = (Path(sslrefs.picture.__file__).parent / "theme.css").read_text("utf-8")


def test_nothing_is_left_that_plain_programs_do_not_know() -> None:
    flat = flattened(CSS)

    for word in ("var(", "--", ":is(", "@media", "[data", ":root", ":has"):
        assert word not in flat, word
    assert flat.count("{") == flat.count("}") > 50


def test_the_light_values_are_taken() -> None:
    flat = flattened(CSS)

    assert ".sslrefs-picture .k-session .box{fill: #cdeee2}" in flat
    assert ".sslrefs-picture .s-freed .cross{visibility: visible}" in flat


def test_commas_inside_brackets_part_no_selector() -> None:
    assert flattened(".a :is(.b, .c):is(.d, .e), .f { x: y }") == (
        ".a .b.d{x: y} .a .b.e{x: y} .a .c.d{x: y} .a .c.e{x: y} .f{x: y}"
    )
