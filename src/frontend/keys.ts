/** The keyboard inside the player. No plain key gets out of it. */

import { homeOf } from "./dom";
import type { Controls } from "./transport";

/** Elements that use keys themselves, and which of them the player may still have. */
const OWN_KEYS: Record<string, RegExp> = {
  SELECT: /^Escape$/,
  BUTTON: /^(?! $|Enter$)/,
  text: /^Escape$/,
  search: /^Escape$/,
  checkbox: /^(?! $)/,
};

export function keyHandler(root: HTMLElement, controls: Controls): (event: KeyboardEvent) => void {
  const actions: Record<string, () => void> = {
    ArrowRight: controls.forward,
    ArrowLeft: controls.back,
    "Shift+ArrowRight": controls.inward,
    "Shift+ArrowLeft": controls.outward,
    Home: controls.first,
    End: controls.last,
    " ": controls.togglePlay,
    f: controls.nextFinding,
    F: controls.previousFinding,
    n: () => controls.change(1),
    N: () => controls.change(-1),
    r: controls.toStop,
    p: controls.togglePredict,
    e: controls.fork,
    d: controls.difference,
    t: controls.toggleTable,
    k: controls.frame,
    m: controls.toggleMore,
    "?": controls.toggleHelp,
    Escape: () => leave(root),
  };
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    const target = event.target as HTMLInputElement;
    const own = OWN_KEYS[target.tagName] ?? OWN_KEYS[target.type];
    if (own && !own.test(event.key)) return;
    const isLetter = event.key.length === 1;
    const action = /^[1-9]$/.test(event.key)
      ? () => controls.answer(Number(event.key))
      : actions[event.shiftKey && !isLetter ? `Shift+${event.key}` : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
}

/** Back to the notebook's cell, so that its own keys work again; elsewhere to nothing. */
function leave(root: HTMLElement): void {
  const cell = root.closest<HTMLElement>(".jp-Cell[tabindex], .jp-Notebook[tabindex]");
  if (cell) cell.focus({ preventScroll: true });
  else (homeOf(root).activeElement as HTMLElement | null)?.blur();
}
