"""How long a key press takes until its step is painted. Measures; asserts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, cast

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["KeyTiming", "time_keys"]

# A message posted from an animation frame is handled after that frame was painted.
WATCH = """() => {
  window.painted = [];
  window.addEventListener("keydown", (event) => {
    const came = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => painted.push(performance.now() - came);
      channel.port2.postMessage(null);
    });
  }, { capture: true });
}"""

# Focusing may scroll a picture into view, where the notebook lays it out for the first time: a person
# sees it before pressing a key.
SEEN = """() => new Promise((seen) => {
  requestAnimationFrame(() => requestAnimationFrame(seen));
})"""

SCRIPT = """(root) => {
  const took = [];
  for (const key of ["ArrowLeft", "ArrowRight"]) {
    for (let press = 0; press < 20; press++) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      const began = performance.now();
      root.dispatchEvent(event);
      took.push(performance.now() - began);
    }
  }
  return took;
}"""


@dataclass(frozen=True)
class KeyTiming:
    """Milliseconds: from the key to the painted frame, and the player's own part of it."""

    painted: tuple[float, ...]
    script: tuple[float, ...]

    def __str__(self) -> str:
        parts = [
            f"{name} {median(times):.1f}/{quantiles(times, n=20)[-1]:.1f} ms"
            for name, times in (("key to painted", self.painted), ("script", self.script))
        ]
        return ", ".join(parts) + " (median/p95)"


def time_keys(page: Page, root: Locator, presses: int, rounds: int) -> KeyTiming:
    """Presses the right arrow in a player, from where it stands, then the left one, so many rounds.

    A worst twentieth of fewer than a hundred presses would be one press.
    """
    page.evaluate(WATCH)
    root.get_by_role("img", name="Ownership picture").focus()
    page.evaluate(SEEN)
    step = int(root.get_attribute("data-step") or 0)
    ways = [("ArrowRight", 1)] * presses + [("ArrowLeft", -1)] * presses
    for press, (key, way) in enumerate(ways * rounds, start=1):
        step += way
        page.keyboard.press(key)
        expect(root).to_have_attribute("data-step", str(step))
        page.wait_for_function("(count) => painted.length === count", arg=press)
    painted = cast("list[float]", page.evaluate("painted"))
    script = cast("list[float]", root.evaluate(SCRIPT))
    return KeyTiming(tuple(painted), tuple(script))
