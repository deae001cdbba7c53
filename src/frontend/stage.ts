/** Puts the parts of a player together over one run and moves them together. */

import { codeView } from "./code";
import { h } from "./dom";
import { findingsView } from "./findings";
import { helpView } from "./help";
import { keyHandler } from "./keys";
import { ledgerView } from "./ledger";
import type { LibraryChoice } from "./library";
import { narrationView } from "./narration";
import type { Run } from "./payload";
import { pictureView } from "./picture";
import { playback } from "./playback";
import { nextLandmark } from "./story";
import { timelineView } from "./timeline";
import { type Controls, transportView } from "./transport";
import type { View } from "./view";

export interface Stage {
  go(position: number): void;
  close(): void;
}

/** Fills the root; `moved` hears every new position, the first one too. */
export function openStage(
  root: HTMLElement,
  run: Run,
  start: number,
  choice: LibraryChoice,
  moved: (position: number) => void,
): Stage {
  const last = run.steps.length;
  let position = NaN; // nothing is shown yet
  const go = (to: number): void => {
    const next = Math.max(0, Math.min(last, to || 0));
    if (next === position) return;
    position = next;
    for (const view of views) view.show(position);
    root.dataset.step = String(position);
    moved(position);
  };
  const advance = (): boolean => {
    go(position === last ? 0 : position + 1);
    return position < last;
  };
  const playing = playback(advance, (isPlaying) => transport.showPlaying(isPlaying));
  const choose = (to: number): void => {
    playing.stop(); // whoever takes a step takes over
    go(to);
  };
  const help = helpView(choice.element.hidden ? run.library : "");
  const controls: Controls = {
    first: () => choose(0),
    back: () => choose(position - 1),
    forward: () => choose(position + 1),
    last: () => choose(last),
    togglePlay: playing.toggle,
    nextFinding: () => choose(nextLandmark(run, position) ?? position),
    toggleHelp: help.toggle,
  };
  const timeline = timelineView(run, choose);
  const transport = transportView(run, controls, timeline.element, choice.element);
  const code = codeView(run);
  const picture = pictureView(run);
  const narration = narrationView(run);
  const ledger = ledgerView(run);
  const findings = findingsView(run, choose);
  const views: View[] = [code, picture, narration, ledger, findings, timeline, transport];
  const middle = h("div", { class: "middle", style: `--lines:${run.source.length}` }, code.element, picture.element);
  root.replaceChildren(transport.element, choice.message, narration.element, middle, ledger.element, findings.element, help.element);

  const listening = new AbortController();
  root.addEventListener("keydown", keyHandler(root, controls), { signal: listening.signal });
  root.addEventListener("click", keepFocus, { signal: listening.signal });
  go(start);
  const close = (): void => {
    playing.stop();
    listening.abort();
  };
  return { go, close };
}

/** After a click the keys belong to the player; the notebook would take the focus otherwise. */
function keepFocus(event: Event): void {
  const target = event.target as Element;
  const isSelecting = target.ownerDocument.getSelection()?.isCollapsed === false;
  if (!isSelecting) target.closest<HTMLElement>("[data-lm-suppress-shortcuts]")?.focus({ preventScroll: true });
}
