"""Import time, and how large a player is when it travels and when it is saved."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import cycle, islice
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from ipywidgets import Widget

from sslrefs.lessons import scenarios
from sslrefs.studio.face import face_of
from sslrefs.studio.run import run
from sslrefs.widgets.player import Player
from tests.benchmarks.programs import picture, unlimited

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lines"]

_PLAYERS = 10


def started(code: str) -> float:
    """Milliseconds a Python takes for it, the median of some."""
    took = []
    for _ in range(7):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        took.append(perf_counter() - began)
    return median(took) * 1000


def lines() -> Iterator[str]:
    """What was measured, a line each."""
    bare = started("pass")
    yield f"import sslrefs        {started('import sslrefs') - bare:9.0f} ms"
    yield f"  import ipywidgets   {started('import ipywidgets') - bare:9.0f} ms"
    with unlimited():
        for objects in (8, 50, 300, 2000):
            face = face_of(run(picture(objects)))
            player = Player(**face._asdict())
            plain = len(json.dumps(face.payload)) / 1000
            packed = len(player.payload) / 1000
            steps = len(run(picture(objects)).timeline.steps)
            yield (
                f"payload, {objects:>5,} objects {packed:7.0f} kB ({plain:,.0f} kB as JSON;"
                f" {len(player.payload) / steps:,.0f} bytes for each of {steps:,} steps)"
            )
            player.close()
    yield from _saved()


def _saved() -> Iterator[str]:
    texts = [lesson.text for lesson in scenarios().values()]
    chosen = islice(cycle(texts), _PLAYERS)
    players = [Player(**face_of(run(text))._asdict()) for text in chosen]
    size = len(json.dumps(Widget.get_manager_state())) / 1000
    yield f"{len(players)} players, saved     {size:9.0f} kB of widget state"
    for player in players:
        player.close()
