"""Payloads made by hand, so that the player is tested without the rest of the project.

Holds the delayed-failure lesson and a large synthetic run. Draws with the ids
and classes that the painted picture has, and with nothing of its beauty.
"""

from __future__ import annotations

import copy
import json
import zlib
from typing import Any

__all__ = ["Payload", "lesson", "pack", "synthetic"]

Payload = dict[str, Any]

SOURCE = """\
/* peek is only lent */
SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
SSL *ssl = SSL_new(ctx);
SSL_accept(ssl);
SSL_SESSION *peek = SSL_get0_session(ssl);
SSL_SESSION_free(peek);
SSL_shutdown(ssl);
SSL_free(ssl);
SSL_CTX_flush_sessions(ctx, 0);
SSL_CTX_free(ctx);"""

WORDS = [
    "absent",
    "live",
    "freed",
    "live wrong",
    "counted",
    "borrowed",
    "dangling",
]
ABSENT, LIVE, FREED, WRONG, COUNTED, BORROWED, DANGLING = range(7)

BOXES = [
    ("n_ctx", "var", "ctx", 20, 40, 70, 36),
    ("n_ssl", "var", "ssl", 20, 100, 70, 36),
    ("n_peek", "var", "peek", 20, 160, 70, 36),
    ("n_ssl1", "ssl", "ssl#1", 180, 96, 120, 44),
    ("n_ctx1", "ctx", "ctx#1", 380, 40, 150, 110),
    ("n_row1", "row", "session#1", 392, 116, 138, 22),
    ("n_session1", "session", "session#1", 620, 150, 150, 44),
]
ARROWS = [
    ("e_ctx", "pointer", 90, 58, 380, 58),
    ("e_ssl", "pointer", 90, 118, 180, 118),
    ("e_peek", "pointer", 90, 178, 620, 184),
    ("e_ssl_ctx", "reference", 300, 112, 380, 76),
    ("e_ssl_session", "reference", 300, 126, 620, 172),
    ("e_row", "cache", 530, 127, 620, 160),
]
ITEMS = [box[0] for box in BOXES] + [arrow[0] for arrow in ARROWS]


def pack(payload: object) -> bytes:
    """The payload as it travels: deflated JSON."""
    return zlib.compress(json.dumps(payload, ensure_ascii=False).encode())


def escape(text: str) -> str:
    """Text for the SVG."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def box(spec: tuple[str, str, str, int, int, int, int]) -> str:
    """A node of the picture."""
    name, kind, text, x, y, width, height = spec
    badge = ""
    if kind in {"ssl", "ctx", "session"}:
        left = x + width - 58
        badge = (
            f'<g class="badge"><rect x="{left}" y="{y + 8}" width="52" height="26" fill="#fff"/>'
            f'<text class="count" x="{left + 26}" y="{y + 27}" text-anchor="middle"/></g>'
        )
    return (
        f'<g id="{name}" class="node k-{kind}"><title>{escape(text)}</title>'
        f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{height}" fill="#eef" '
        f'stroke="#333"/><text class="name" x="{x + 8}" y="{y + 16}">{escape(text)}</text>'
        f"{badge}</g>"
    )


def arrow(spec: tuple[str, str, int, int, int, int]) -> str:
    """An edge of the picture."""
    name, kind, x1, y1, x2, y2 = spec
    return (
        f'<g id="{name}" class="edge k-{kind}"><path fill="none" stroke="#333" '
        f'd="M{x1} {y1}L{x2 - 8} {y2}"/><polygon points="{x2},{y2} {x2 - 9},{y2 - 4} '
        f'{x2 - 9},{y2 + 4}"/><text class="times" x="{x2 - 30}" y="{y2 - 6}"/></g>'
    )


def draw(width: int, height: int, parts: list[str]) -> str:
    """An SVG of the parts."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sslrefs-picture" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}"><g>{"".join(parts)}</g></svg>'
    )


def moment(hot: str, *changes: tuple[str, int, str]) -> Payload:
    """A moment whose items are named; `hot` lists names with spaces."""
    return {
        "c": [[ITEMS.index(item), word, text] for item, word, text in changes],
        "h": [ITEMS.index(item) for item in hot.split()],
    }


def step(line: int, marks: str, says: str, rows: list[list[Any]], **more: str) -> Payload:
    """A step of straight-line code."""
    text = SOURCE.splitlines()[line - 1]
    usual = {"end": line, "depth": 0, "function": "", "undefined": None}
    return usual | {"line": line, "text": text, "says": says, "marks": marks, "rows": rows} | more


MOMENTS = [
    moment("", *[(item, ABSENT, "") for item in ITEMS]),
    moment(
        "n_ctx n_ctx1 e_ctx", ("n_ctx", LIVE, ""), ("n_ctx1", LIVE, "1"), ("e_ctx", COUNTED, "")
    ),
    moment(
        "n_ssl n_ssl1 e_ssl e_ssl_ctx n_ctx1",
        ("n_ssl", LIVE, ""),
        ("n_ssl1", LIVE, "1"),
        ("n_ctx1", LIVE, "3"),
        ("e_ssl", COUNTED, ""),
        ("e_ssl_ctx", COUNTED, "×2"),
    ),
    moment(
        "n_session1 n_row1 e_ssl_session e_row",
        ("n_session1", LIVE, "2"),
        ("n_row1", LIVE, ""),
        ("e_ssl_session", COUNTED, ""),
        ("e_row", COUNTED, ""),
    ),
    moment("n_peek e_peek", ("n_peek", LIVE, ""), ("e_peek", BORROWED, "")),
    moment("n_session1", ("n_session1", WRONG, "1 ≠ 2")),
    moment(""),
    moment(
        "n_ssl1 n_session1 n_ctx1 e_ssl_ctx e_ssl_session e_ssl",
        ("n_ssl1", FREED, "0"),
        ("n_session1", FREED, "0 ≠ 1"),
        ("n_ctx1", LIVE, "1"),
        ("e_ssl", DANGLING, ""),
        ("e_peek", DANGLING, ""),
        ("e_row", DANGLING, ""),
        ("n_row1", DANGLING, ""),
        ("e_ssl_ctx", ABSENT, ""),
        ("e_ssl_session", ABSENT, ""),
    ),
    moment("n_row1 e_row n_session1", ("n_row1", ABSENT, ""), ("e_row", ABSENT, "")),
    moment("n_ctx1 e_ctx", ("n_ctx1", FREED, "0"), ("e_ctx", DANGLING, "")),
]

STEPS = [
    step(2, "c", "SSL_CTX_new made ctx#1: count 1, held by ctx.", [[0, "1", "ctx", "", "alive"]]),
    step(
        3,
        "c",
        "SSL_new made ssl#1, which holds ctx#1 twice: 1 → 3.",
        [[0, "1 → 3", "ctx, ssl#1.ctx ×2", "", "alive"], [1, "1", "ssl", "", "alive"]],
    ),
    step(
        4,
        "c",
        "The handshake made session#1: held by ssl#1 and, as the server caches, by ctx#1.",
        [[2, "2", "ssl#1.session, ctx#1.cache", "", "alive"]],
    ),
    step(
        5,
        "",
        "SSL_get0_session lends session#1 to peek: the count stays 2.",
        [[2, "2", "ssl#1.session, ctx#1.cache", "peek (lent)", "alive"]],
    ),
    step(
        6,
        "cw",
        "SSL_SESSION_free(peek) took 1 from session#1: 2 → 1. peek was only lent.",
        [[2, "2 → 1 ≠ 2", "ssl#1.session, ctx#1.cache", "peek (lent)", "count ≠ holders"]],
    ),
    step(7, "", "SSL_shutdown sent close_notify; no count changed.", []),
    step(
        8,
        "cd",
        "SSL_free gave back what ssl#1 held: session#1 1 → 0, its memory is gone.",
        [
            [0, "3 → 1", "ctx", "", "alive"],
            [1, "1 → 0", "", "ssl (dangling)", "freed"],
            [2, "1 → 0 ≠ 1", "ctx#1.cache", "peek (dangling)", "freed"],
        ],
    ),
    step(
        9,
        "cs",
        "SSL_CTX_flush_sessions walks ctx#1's cache and reads session#1, which is gone.",
        [[2, "0", "", "peek (dangling)", "freed"]],
        undefined="the flush reads freed memory",
    ),
    step(
        10,
        "cd",
        "SSL_CTX_free took the last reference: ctx#1 is destroyed.",
        [[0, "1 → 0", "", "ctx (dangling)", "freed"]],
        undefined="the flush read freed memory",
    ),
]

FINDING = {
    "kind": "borrowed_free",
    "object": "session#1",
    "wrong_step": 4,
    "shows_step": 7,
    "wrong_line": 6,
    "message": "peek was only lent by SSL_get0_session, so this free takes a reference of another.",
    "fix": "SSL_SESSION *peek = SSL_get1_session(ssl); or no SSL_SESSION_free(peek).",
    "consequences": [
        {"step": 6, "what": "freed while ctx#1's cache still links it"},
        {"step": 7, "what": "the flush reads freed memory"},
    ],
}


def lesson(**changes: object) -> Payload:
    """The lesson of the manual page: one free too many that shows at the flush."""
    payload: Payload = {
        "schema": 1,
        "library": "OpenSSL 3",
        "title": "Broke here, crashed there",
        "source": SOURCE.splitlines(),
        "svg": draw(800, 220, [arrow(spec) for spec in ARROWS] + [box(spec) for spec in BOXES]),
        "items": ITEMS,
        "words": WORDS,
        "moments": MOMENTS,
        "steps": STEPS,
        "objects": ["ctx#1", "ssl#1", "session#1"],
        "findings": [FINDING],
        "notes": [],
        "cut": None,
        "empty": None,
        "error": None,
    }
    return copy.deepcopy(payload) | changes


def synthetic(objects: int, steps: int) -> Payload:
    """A run over many objects; each step changes three counts and two arrows."""
    columns = 10
    spots = [(40 + 160 * (k % columns), 30 + 60 * (k // columns)) for k in range(objects)]
    boxes = [
        box((f"n_{k}", "session", f"session#{k + 1}", x, y, 140, 44))
        for k, (x, y) in enumerate(spots)
    ]
    arrows = [
        arrow((f"e_{k}", "reference", x - 30, y + 40, x, y + 22)) for k, (x, y) in enumerate(spots)
    ]
    moments: list[Payload] = [{"c": [[k, LIVE, "1"] for k in range(objects)], "h": []}]
    made: list[Payload] = []
    for index in range(steps):
        nodes = sorted({(index * 3 + j) % objects for j in range(3)})
        edges = sorted({objects + (index * 2 + j) % objects for j in range(2)})
        word = ABSENT if index % 4 == 3 else COUNTED
        changes = [[k, LIVE, str(index + 2)] for k in nodes] + [[k, word, ""] for k in edges]
        moments.append({"c": changes, "h": nodes + edges})
        rows = [[k, f"{index + 1} → {index + 2}", "ssl#1.session", "", "alive"] for k in nodes]
        made.append(
            {
                "line": index + 1,
                "end": index + 1,
                "depth": 0,
                "function": "",
                "text": f"call_{index}(ssl);",
                "says": f"Step {index + 1} changed {len(nodes)} counts.",
                "undefined": None,
                "marks": "c",
                "rows": rows,
            }
        )
    return lesson(
        svg=draw(160 * columns + 40, 60 * (objects // columns + 2), arrows + boxes),
        source=[f"call_{index}(ssl);" for index in range(steps)],
        items=[f"n_{k}" for k in range(objects)] + [f"e_{k}" for k in range(objects)],
        moments=moments,
        steps=made,
        objects=[f"session#{k + 1}" for k in range(objects)],
        findings=[],
    )
