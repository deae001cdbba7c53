"""A run as one HTML page that needs nothing else: player, data and look in a single file.

Pure: script, style and data are handed in. The page may load nothing and run
nothing but the one script that its policy names by hash.
"""

from __future__ import annotations

import base64
import hashlib
import html

__all__ = ["page"]

_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
<main data-step="{step}"><h1>{title}</h1>
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
)


def page(*, payload: bytes, script: str, style: str, title: str, text: str, step: int) -> str:
    """The page.

    Args:
        payload: The run, deflated, as the player reads it.
        script: The player for a page, a module without imports.
        style: The player's style sheet.
        title: The page's title.
        text: The run as readable text, for browsers without scripts.
        step: The position the player starts at; a link's fragment goes before it.

    Raises:
        ValueError: Script or style would end their own element.
    """
    rules = _BODY + style.strip()
    for name, content, end in (("script", script, "</script"), ("style", rules, "</style")):
        if end in content.lower() or "<!--" in content:
            message = f"the {name} holds {end!r} or a comment's start and cannot stand in a page"
            raise ValueError(message)
    policy = _POLICY.format(script=_hash(script), style=_hash(rules))
    return _TEMPLATE.format(
        policy=html.escape(policy),
        title=html.escape(title),
        style=rules,
        step=step,
        text=html.escape(text),
        run=base64.b64encode(payload).decode("ascii"),
        script=script,
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
