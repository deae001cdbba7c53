"""A run as one HTML page that needs nothing else: player, data and look in a single file.

Pure: script, style and data are handed in. The page may load nothing and run
nothing but the one script that its policy names by hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence

__all__ = ["checked", "page", "policy"]

_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; "
    "img-src {images}; base-uri 'none'; form-action 'none'"
)
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
{links}<main data-step="{step}"><h1>{title}</h1>
<p>This page shows a run step by step. It needs a browser that runs scripts.
Here is the run as text.</p>
<pre>{text}</pre></main>
<script type="text/plain" data-run>{run}</script>
<script type="module">{script}</script>
</html>
"""
_BODY = (  # color-scheme: the browser's own parts, such as scroll bars, go dark too
    "html{color-scheme:light dark}body{margin:8px}"
    "@media(prefers-color-scheme:dark){html{background:#111;color:#e8e8e8}}"
    "nav{display:flex;flex-wrap:wrap;gap:4px 24px;padding:0 6px 6px;"
    "font:15px/1.4 system-ui,Helvetica,Arial,sans-serif}nav a{color:inherit}"
    "h1{margin:0 6px;font:600 20px/1.4 system-ui,Helvetica,Arial,sans-serif}"
)


def page(
    *,
    payload: bytes,
    script: str,
    style: str,
    title: str,
    text: str,
    step: int,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """The page.

    Args:
        payload: The run, deflated, as the player reads it.
        script: The player for a page, a module without imports.
        style: The player's style sheet.
        title: The page's title.
        text: The run as readable text, for browsers without scripts.
        step: The position the player starts at; a link's fragment goes before it.
        links: Words and address of the pages that belong to it.

    Raises:
        ValueError: Script or style would end their own element.
    """
    script, rules = checked("script", script), checked("style", _BODY + style.strip())
    return _TEMPLATE.format(
        policy=html.escape(policy(script, rules)),
        title=html.escape(title),
        style=rules,
        links=_navigation(links),
        step=step,
        text=html.escape(text),
        run=base64.b64encode(payload).decode("ascii"),
        script=script,
    )


def checked(name: str, content: str) -> str:
    """A script or style that stays inside its element.

    Raises:
        ValueError: It would end the element itself.
    """
    end = f"</{name}"
    if end in content.lower() or "<!--" in content:
        message = f"the {name} holds {end!r} or a comment's start and cannot stand in a page"
        raise ValueError(message)
    return content


def policy(script: str, style: str, *, images: str = "data: blob:") -> str:
    """What a page may do: run this one script, look like this, load nothing from outside."""
    return _POLICY.format(script=_hash(script), style=_hash(style), images=images)


def _navigation(links: Sequence[tuple[str, str]]) -> str:
    if not links:
        return ""
    places = "".join(
        f'<a href="{html.escape(address)}">{html.escape(words)}</a>' for words, address in links
    )
    return f'<nav aria-label="Gallery">{places}</nav>\n'


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
