/** Puts the parts of a player together over one run and moves them together. */

import { arrowTable } from "./arrows";
import { codeView } from "./code";
import { h } from "./dom";
import { findingsView } from "./findings";
import { helpView } from "./help";
import { inspector } from "./inspect";
import { keyHandler } from "./keys";
import { ledgerView } from "./ledger";
import type { LibraryChoice } from "./library";
import { fragmentOf } from "./link";
import { narrationView } from "./narration";
import { optionsView } from "./options";
import type { Run } from "./payload";
import { pictureView } from "./picture";
import { playback } from "./playback";
import { predictor } from "./question";
import type { Asking } from "./questions";
import { saveControl } from "./save";
import { stackView } from "./stack";
import { stripView } from "./strip";
import { timelineView } from "./timeline";
import { type Controls, transportView } from "./transport";
import type { View } from "./view";
import { Walk } from "./walk";

export interface Stage {
  go(position: number): void;
  close(): void;
}

const NEXT_ASKING: Record<Asking, Asking> = { off: "marked", marked: "always", always: "off" };

/** Fills the root; `moved` hears every new position, the first one too. */
export function openStage(
  root: HTMLElement,
  run: Run,
  start: number,
  choice: LibraryChoice,
  moved: (position: number) => void,
): Stage {
  let selected: number | null = null;
  const predict = predictor(
    run,
    (index) => byHand(() => walk.go(index + 1))(),
    (isOpen) => root.classList.toggle("asking", isOpen),
  );
  const walk = new Walk(run, () => shown(), (index) => predict.mayPass(index));
  const playing = playback(
    () => {
      if (walk.position === walk.last) walk.go(0);
      else if (!walk.forward()) return false;
      return walk.position < walk.last && !walk.isAtStop;
    },
    (isPlaying) => transport.showPlaying(isPlaying),
  );
  /** Whoever takes a step takes over. */
  const byHand = (move: () => void) => (): void => {
    playing.stop();
    move();
  };
  const jump = (to: number): void => byHand(() => (predict.drop(), walk.go(to)))();
  const select = (object: number | null): void => {
    selected = object;
    for (const view of views) view.select?.(object);
  };
  const controls: Controls = {
    first: () => jump(0),
    back: byHand(() => (predict.drop(), walk.back())),
    forward: byHand(() => void walk.forward()),
    last: () => jump(walk.last),
    inward: byHand(() => walk.inward()),
    outward: byHand(() => (predict.drop(), walk.outward())),
    go: jump,
    togglePlay: playing.toggle,
    nextFinding: byHand(() => (predict.drop(), walk.nextFinding())),
    previousFinding: byHand(() => (predict.drop(), walk.previousFinding())),
    change: (way) => byHand(() => void (selected !== null && walk.change(selected, way)))(),
    toStop: byHand(() => (predict.drop(), walk.toStop())),
    stop: (line) => {
      if (!walk.stops.delete(line) && run.source[line - 1] !== undefined) walk.stops.add(line);
      code.mark(walk.stops);
    },
    answer: (number) => void predict.answer(number),
    toggleHelp: () => help.toggle(),
    toggleMore: () => {
      options.element.hidden = !options.element.hidden;
      transport.showMore(!options.element.hidden);
    },
    toggleTable: () => options.table.click(),
    togglePredict: () => {
      options.predict.value = NEXT_ASKING[predict.asking];
      options.predict.dispatchEvent(new Event("change"));
    },
  };
  const toggle = (object: number): void => select(selected === object ? null : object);
  const help = helpView(choice.element.hidden ? run.library : "");
  const timeline = timelineView(run, jump);
  const transport = transportView(run, controls, timeline.element, choice.element);
  const code = codeView(run, controls.stop);
  const stack = stackView(run);
  const picture = pictureView(run, toggle);
  const arrows = arrowTable();
  const narration = narrationView(run, predict.element, predict.verdictOf);
  const ledger = ledgerView(run, toggle);
  const about = inspector(run, { go: jump, change: controls.change, close: () => select(null) });
  const findings = findingsView(run, jump);
  const strip = stripView(run, picture, jump);
  const save = saveControl({
    run,
    still: () => picture.still(walk.position),
    link: async () => location.href.replace(/#.*/, "") + (await fragmentOf(run, walk.position)),
  });
  const options = optionsView(
    controls,
    {
      ask: (how) => {
        predict.drop();
        predict.asking = how;
        root.classList.toggle("predicting", how !== "off");
      },
      explain: (level) => {
        narration.level = level;
        narration.show(walk.position, walk.tick);
      },
      pace: (speed) => (playing.speed = speed),
      enlarge: (isLarge) => root.classList.toggle("large", isLarge),
      strip: strip.open,
      table: (isShown) => {
        root.classList.toggle("tabled", isShown);
        arrows.show(picture.arrows());
      },
    },
    save,
  );
  const views: View[] = [code, stack, picture, narration, ledger, about, findings, timeline, transport, strip];
  const shown = (): void => {
    const focused = root.querySelector(":focus");
    for (const view of views) view.show(walk.position, walk.tick);
    if (selected !== null) for (const view of [picture, ledger]) view.select?.(selected);
    if (options.table.checked) arrows.show(picture.arrows());
    // What had the focus may be gone now: else the next key would reach the notebook.
    const now = root.querySelector(":focus");
    if (focused && (!now || now.closest("[hidden]"))) root.focus({ preventScroll: true });
    root.dataset.step = String(walk.position);
    root.dataset.tick = String(walk.tick);
    moved(walk.position);
  };
  picture.element.append(arrows.element);
  const left = h("div", { class: "left" }, code.element, stack.element);
  const middle = h("div", { class: "middle", style: `--lines:${run.source.length}` }, left, picture.element);
  root.replaceChildren(
    ...[transport, options].map(({ element }) => element),
    choice.message,
    ...[narration.element, middle, ledger.element, about.element, strip.element, findings.element, help.element],
  );
  about.select(null);

  const listening = new AbortController();
  root.addEventListener("keydown", keyHandler(root, controls), { signal: listening.signal });
  root.addEventListener("click", keepFocus, { signal: listening.signal });
  walk.go(start);
  const close = (): void => {
    playing.stop();
    listening.abort();
  };
  // Also hears its own moves, which must not end a slow motion.
  const follow = (to: number): void => void (to !== walk.position && walk.go(to));
  return { go: follow, close };
}

/** After a click the keys belong to the player; the notebook would take the focus otherwise. */
function keepFocus(event: Event): void {
  const target = event.target as Element;
  const isSelecting = target.ownerDocument.getSelection()?.isCollapsed === false;
  if (!isSelecting) target.closest<HTMLElement>("[data-lm-suppress-shortcuts]")?.focus({ preventScroll: true });
}
