/** Puts the parts of a player together over one run and moves them together. */

import { arrowTable } from "./arrows";
import { codeView } from "./code";
import { controlsOf } from "./controls";
import { h } from "./dom";
import { finderView } from "./finder";
import { findingsView } from "./findings";
import { helpView } from "./help";
import { inspector } from "./inspect";
import { keyHandler } from "./keys";
import { ledgerView } from "./ledger";
import { forkView, repairOffer } from "./fork";
import type { Closing, Kernel } from "./kernel";
import type { LibraryChoice } from "./library";
import { fragmentOf } from "./link";
import { narrationView } from "./narration";
import { optionsView, type Settings } from "./options";
import type { Run } from "./payload";
import { pictureView } from "./picture";
import { playback } from "./playback";
import { predictor } from "./question";
import { saveControl } from "./save";
import { stackView } from "./stack";
import { stripView } from "./strip";
import { timelineView } from "./timeline";
import { type Controls, transportView } from "./transport";
import type { Trouble } from "./trouble";
import type { View } from "./view";
import { Walk } from "./walk";
import { wholeOffer } from "./whole";

export interface Stage {
  go(position: number): void;
  close(): void;
}

/** What a player lives in. */
export interface Surroundings {
  readonly kernel: Kernel;
  readonly choice: LibraryChoice;
  readonly trouble: Trouble;
  readonly closing: Closing;
  /** A changed line is offered: not while the text is being written, and not where it would be the answer. */
  readonly forks: boolean;
  /** Hears every new position, the first one too. */
  moved(position: number): void;
  /** Hears the name of the object that is selected now, "" for none. */
  chosen(name: string): void;
  /** The object that is selected at the start. */
  readonly selected: string;
}

/** Fills the root. */
export function openStage(root: HTMLElement, run: Run, start: number, around: Surroundings): Stage {
  let selected: number | null = null;
  const predict = predictor(
    run,
    (index) => controls.go(index + 1),
    (isOpen) => root.classList.toggle("asking", isOpen),
  );
  const walk = new Walk(run, () => shown(), (index) => predict.mayPass(index));
  const playing = playback(
    () => walk.playOn(),
    (isPlaying) => parts.transport.showPlaying(isPlaying),
  );
  const select = (object: number | null): void => {
    selected = object;
    for (const view of parts.views) view.select?.(object);
  };
  const controls: Controls = controlsOf(walk, {
    playing,
    predict,
    lines: run.source.length,
    selected: () => selected,
    markStops: (stops) => parts.code.mark(stops),
    toggleHelp: () => parts.help.toggle(),
    toggleMore: () => parts.transport.showMore(!(parts.options.element.hidden = !parts.options.element.hidden)),
    toggleTable: () => parts.options.table.click(),
    toggleFork: () => void (around.forks && parts.fork.toggle((run.steps[walk.position - 1] ?? run.steps[0])?.line ?? 1)),
    difference: () => undefined, // there is no other run
    choosePredict: (how) => {
      parts.options.predict.value = how;
      parts.options.predict.dispatchEvent(new Event("change"));
    },
  });
  const toggle = (object: number | null): void => {
    select(selected === object ? null : object);
    around.chosen(run.objects[selected ?? -1] ?? "");
  };
  const parts = assemble(run, { root, walk, playing, predict, controls, around, toggle });
  const shown = (): void => {
    const focused = root.querySelector(":focus");
    for (const view of parts.views) view.show(walk.position, walk.tick);
    if (selected !== null) for (const view of [parts.picture, parts.ledger]) view.select?.(selected);
    if (parts.options.table.checked) parts.arrows.show(parts.picture.arrows());
    // What had the focus may be gone now: else the next key would reach the notebook.
    const now = root.querySelector(":focus");
    if (focused && (!now || now.closest("[hidden]"))) root.focus({ preventScroll: true });
    root.dataset.step = String(walk.position);
    root.dataset.tick = String(walk.tick);
    around.moved(walk.position);
  };
  const known = run.objects.indexOf(around.selected);
  select(known < 0 ? null : known);

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

/** What the parts of a player are made with. */
interface Making {
  readonly root: HTMLElement;
  readonly walk: Walk;
  readonly playing: ReturnType<typeof playback>;
  readonly predict: ReturnType<typeof predictor>;
  readonly controls: Controls;
  readonly around: Surroundings;
  /** Selects an object, or frees it when it is selected; null selects none. */
  toggle(object: number | null): void;
}

type Parts = ReturnType<typeof assemble>;

/** Makes the parts and lays them out in the root. */
function assemble(run: Run, making: Making) {
  const { root, walk, controls, around, predict, toggle } = making;
  const { choice, kernel, trouble } = around;
  const help = helpView(choice.element.hidden ? run.library : "");
  const timeline = timelineView(run, controls.go);
  const transport = transportView(run, controls, timeline.element, choice.element);
  const code = codeView(run, controls.stop);
  const stack = stackView(run);
  const finder = finderView(run, toggle);
  const picture = pictureView(run, (objects) => {
    const [only] = objects;
    if (objects.length > 1) finder.among(objects, `This box stands for ${objects.length.toLocaleString("en")} objects`);
    else toggle(only ?? null);
  });
  const arrows = arrowTable();
  const narration = narrationView(run, predict.element, predict.verdictOf);
  const ledger = ledgerView(run, toggle);
  const about = inspector(run, { go: controls.go, change: controls.change, close: () => toggle(null) });
  const findings = findingsView(run, controls.go, around.forks ? repairOffer(kernel, around.closing, trouble.say) : undefined);
  const strip = stripView(run, picture, controls.go);
  const save = saveControl({
    run,
    still: () => picture.still(walk.position),
    link: async () => location.href.replace(/#.*/, "") + (await fragmentOf(run, walk.position)),
  });
  const options = optionsView(controls, settingsOf(making, () => ({ narration, picture, arrows, strip })), save, around.forks);
  const fork = forkView(run, kernel, around.closing, trouble.say);
  picture.element.append(arrows.element, ...(around.forks ? wholeOffer(run, kernel, around.closing, trouble.say) : []));
  const left = h("div", { class: "left" }, code.element, stack.element);
  const middle = h("div", { class: "middle", style: `--lines:${run.source.length}` }, left, picture.element);
  root.replaceChildren(
    ...[transport, options].map(({ element }) => element),
    trouble.element,
    fork.element,
    ...[narration.element, middle, finder.element, ledger.element, about.element, strip.element, findings.element, help.element],
  );
  const views: View[] = [code, stack, picture, narration, ledger, about, findings, timeline, transport, strip];
  return { views, transport, options, fork, code, picture, ledger, help, narration, arrows, strip };
}

/** What the choices in the second line of controls change. */
function settingsOf({ root, walk, playing, predict }: Making, parts: () => Pick<Parts, "narration" | "picture" | "arrows" | "strip">): Settings {
  return {
    ask: (how) => {
      predict.drop();
      predict.asking = how;
      root.classList.toggle("predicting", how !== "off");
    },
    explain: (level) => {
      parts().narration.level = level;
      parts().narration.show(walk.position, walk.tick);
    },
    pace: (speed) => (playing.speed = speed),
    enlarge: (isLarge) => root.classList.toggle("large", isLarge),
    strip: (isShown) => parts().strip.open(isShown),
    table: (isShown) => {
      root.classList.toggle("tabled", isShown);
      parts().arrows.show(parts().picture.arrows());
    },
  };
}

/** After a click the keys belong to the player; the notebook would take the focus otherwise. */
export function keepFocus(event: Event): void {
  const target = event.target as Element;
  const isSelecting = target.ownerDocument.getSelection()?.isCollapsed === false;
  if (!isSelecting) target.closest<HTMLElement>("[data-lm-suppress-shortcuts]")?.focus({ preventScroll: true });
}
