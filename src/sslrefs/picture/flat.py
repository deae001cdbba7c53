"""A still with plain rules: for drawing programs that know little CSS.

They know classes and descendants, but no variables, no `:is()` and no media
queries. The light look is taken.
"""

from __future__ import annotations

import re

__all__ = ["flattened"]

_BLOCK = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_USE = re.compile(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)")
_IS = re.compile(r":is\(([^()]*)\)")


def flattened(css: str) -> str:
    """The rules of the light look, without variables and `:is()`.

    >>> flattened(".p { --ink: var(--jp, #123); } .p :is(.a, .b) { fill: var(--ink); }")
    '.p .a{fill: #123} .p .b{fill: #123}'
    """
    bare = _BLOCK.sub("", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    rules = [(head.strip(), body.strip()) for head, body in _RULE.findall(bare)]
    rules = [(head, body) for head, body in rules if "[" not in head]
    values: dict[str, str] = {}
    for _head, body in rules:
        values |= {name: value.strip() for name, value in _VARIABLE.findall(body)}
    found = []
    for head, body in rules:
        plain = _resolved(_VARIABLE.sub("", body), values).strip("; \n")
        if plain:
            found += [
                f"{selector}{{{plain}}}" for part in _split(head) for selector in _spread(part)
            ]
    return " ".join(found)


def _resolved(text: str, values: dict[str, str]) -> str:
    """The text with every variable replaced by its value, or by what stands in for it."""
    while _USE.search(text):
        text = _USE.sub(lambda use: values.get(use[1], use[2] or "none"), text)
    return text


def _split(head: str) -> list[str]:
    """The selectors of a rule; commas inside brackets do not part them."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", head)]


def _spread(selector: str) -> list[str]:
    """A selector with `:is()` as one for each alternative."""
    match = _IS.search(selector)
    if match is None:
        return [selector]
    before, after = selector[: match.start()], selector[match.end() :]
    return [
        made
        for choice in match[1].split(",")
        for made in _spread(f"{before}{choice.strip()}{after}")
    ]
