/** The keyboard inside the player. No plain key gets out of it. */

import type { Controls } from "./transport";

export function keyHandler(root: HTMLElement, controls: Controls): (event: KeyboardEvent) => void {
  const actions: Record<string, () => void> = {
    ArrowRight: controls.forward,
    ArrowLeft: controls.back,
    Home: controls.first,
    End: controls.last,
    " ": controls.togglePlay,
    f: controls.nextFinding,
    "?": controls.toggleHelp,
    Escape: () => leave(root),
  };
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    const action = actions[event.key];
    const isShifted = event.shiftKey && event.key !== "?"; // kept for later: a step's events
    const target = (event.target as Element).tagName;
    const isPress = event.key === " " && target === "BUTTON";
    const isChoosing = target === "SELECT" && event.key !== "Escape"; // arrows and letters choose there
    if (!action || isShifted || isPress || isChoosing) return;
    event.preventDefault();
    action();
  };
}

/** Back to the notebook's cell, so that its own keys work again; elsewhere to nothing. */
function leave(root: HTMLElement): void {
  const cell = root.closest<HTMLElement>(".jp-Cell[tabindex], .jp-Notebook[tabindex]");
  if (cell) cell.focus({ preventScroll: true });
  else (root.ownerDocument.activeElement as HTMLElement | null)?.blur();
}
