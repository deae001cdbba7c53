"""The gallery's first page: every run of it as a card, with its picture and its C text.

Pure: script and style are handed in, and the runs as what is told of them. The
list works without scripts; the script only finds cards and follows links.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from sslrefs.picture.page import checked, policy

__all__ = ["Card", "Shelf", "gallery_page"]

_TEMPLATE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<main data-kernel="{kernel}"><h1>{title}</h1>
{links}<p>Each card opens a run to step through. No page asks for anything outside its folder.</p>
<p role="search" hidden><label>Find
<input type="search" placeholder="a call, a bug, a lesson"></label> <span role="status"></span></p>
<div role="alert"></div>
{shelves}</main>
<script type="module">{script}</script>
</html>
"""
_SHELF = "<section><h2>{title}</h2>\n<ul>\n{cards}</ul></section>\n"
_CARD = """\
<li data-name="{name}"><a href="{href}.html"><img loading="lazy" alt="" src="{href}.svg">
<strong>{title}</strong></a>
<span class="{state}">{verdict}</span> <span>· {steps}</span>
<details><summary>C text</summary><pre>{text}</pre></details></li>
"""


class Card(NamedTuple):
    """What the gallery tells of a run; its page and picture are files called `name`."""

    name: str
    title: str
    text: str
    steps: int
    bugs: tuple[str, ...]


class Shelf(NamedTuple):
    """Cards that belong together."""

    title: str
    cards: tuple[Card, ...]


def gallery_page(
    shelves: Sequence[Shelf],
    *,
    script: str,
    style: str,
    title: str,
    kernel: str = "",
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """The page.

    Args:
        shelves: What is to be seen, in this order.
        script: The gallery's script, a module without imports.
        style: Its style sheet.
        title: The page's title.
        kernel: Where texts that are not here can be run, as an address; "" if nowhere.
        links: Words and addresses of what else is there, above the cards.

    Raises:
        ValueError: Script or style would end their own element.
    """
    script, style = checked("script", script), checked("style", style.strip())
    return _TEMPLATE.format(
        # From a file, 'self' names nothing; the scheme does.
        policy=html.escape(policy(script, style, images="'self' file:")),
        title=html.escape(title),
        style=style,
        kernel=html.escape(kernel),
        links=_links(links),
        shelves="".join(_shelf(shelf) for shelf in shelves),
        script=script,
    )


def _links(links: Sequence[tuple[str, str]]) -> str:
    if not links:
        return ""
    shown = (f'<a href="{html.escape(to)}">{html.escape(words)}</a>' for words, to in links)
    return f"<nav>{' · '.join(shown)}</nav>\n"


def _shelf(shelf: Shelf) -> str:
    cards = "".join(_card(card) for card in shelf.cards)
    return _SHELF.format(title=html.escape(shelf.title), cards=cards)


def _card(card: Card) -> str:
    return _CARD.format(
        name=html.escape(card.name),
        href=html.escape(quote(card.name, safe="")),
        title=html.escape(card.title),
        state="bug" if card.bugs else "clean",
        verdict=html.escape(", ".join(card.bugs) or "clean"),
        steps=f"{card.steps} step{'' if card.steps == 1 else 's'}",
        text=html.escape(card.text),
    )
