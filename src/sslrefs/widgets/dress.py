"""How questions look, and how their words become HTML."""

from __future__ import annotations

import html
import re

__all__ = ["STYLE", "marked", "numbered"]

# Colours follow JupyterLab's theme.
STYLE = """<style>
.sslrefs-quiz {
  box-sizing: border-box; max-width: 46rem; padding: .6rem .9rem .7rem;
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-radius: 6px;
  font-family: var(--jp-content-font-family, sans-serif);
}
.sslrefs-quiz .widget-html-content {
  color: var(--jp-content-font-color1, #1b1b1b); font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.5;
}
.sslrefs-quiz .widget-html { height: auto; }
.sslrefs-quiz code {
  padding: 0 .25em; background: var(--jp-layout-color2, #eee); border-radius: 3px;
  font-family: var(--jp-code-font-family, monospace); font-size: .93em;
}
.sslrefs-quiz .sslrefs-choice {
  min-height: 2.2rem; margin: 4px 2px; padding: .3rem .8rem;
  text-align: left; font: 14px/1.4 var(--jp-ui-font-family, sans-serif);
  cursor: pointer;
  color: var(--jp-ui-font-color1, #1b1b1b); background: var(--jp-layout-color2, #eee);
  border: 1px solid var(--jp-border-color1, #bdbdbd); border-radius: 4px;
}
.sslrefs-quiz .sslrefs-choice:focus-visible {
  outline: 3px solid var(--jp-brand-color1, #1976d2); outline-offset: 1px;
}
.sslrefs-quiz .sslrefs-choice[aria-pressed="true"] { border-width: 2px; font-weight: 600; }
.sslrefs-quiz .sslrefs-verdict { margin-top: .3rem; padding-left: .7rem; border-left: 4px solid; }
.sslrefs-quiz .sslrefs-right { border-color: #009e73; }
.sslrefs-quiz .sslrefs-other { border-color: #e69f00; }
.sslrefs-quiz .sslrefs-error { border-color: #d55e00; }
.sslrefs-quiz pre.sslrefs-text {
  margin: .5rem 0; padding: .4rem .7rem; white-space: pre-wrap; line-height: 1.4;
  color: var(--jp-content-font-color1, #1b1b1b); background: var(--jp-layout-color2, #eee);
  font-family: var(--jp-code-font-family, monospace); font-size: 13px; border-radius: 3px;
}
.sslrefs-quiz a { color: var(--jp-content-link-color, #0b57d0); text-decoration: underline; }
.sslrefs-text .sslrefs-line { display: block; padding-left: 6ch; text-indent: -6ch; }
.sslrefs-quiz table { border-collapse: collapse; margin: .5rem 0; }
.sslrefs-quiz th, .sslrefs-quiz td { padding: .2rem .9rem .2rem 0; text-align: left; }
.sslrefs-quiz tr:last-child td { font-weight: 600; border-top: 1px solid; }
.sslrefs-quiz .sslrefs-quiz { max-width: none; margin-top: .4rem; }
.sslrefs-quiz .sslrefs-item { margin: .8rem 0; padding-top: .5rem; border-top: 1px solid #9e9e9e; }
</style>"""


def marked(text: str) -> str:
    """The text as HTML, with the words between backticks as code.

    >>> marked("`a < b`")
    '<code>a &lt; b</code>'
    """
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(text))


def numbered(text: str) -> str:
    """A C text with the numbers of its lines, as HTML; nothing for an empty text."""
    if not text:
        return ""
    # A long line goes on under its text, not under its number; so nothing needs to scroll.
    shown = "".join(
        f'<span class="sslrefs-line">{number:2}  {html.escape(line)}</span>'
        for number, line in enumerate(text.splitlines(), start=1)
    )
    return f'<pre class="sslrefs-text">{shown}</pre>'
