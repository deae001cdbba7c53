/** Puts the parts of a player together over one run and moves them together. */

import { arrowTable } from "./arrows";
import { codeView } from "./code";
import { controlsOf } from "./controls";
import { h } from "./dom";
import { finderView } from "./finder";
import { findingsView } from "./findings";
import { helpView } from "./help";
import { inspector } from "./inspect";
import { inviteView } from "./invite";
import { keyHandler } from "./keys";
import { ledgerView } from "./ledger";
import { forkView, repairOffer } from "./fork";
import { glide, places } from "./glide";
import type { Closing, Kernel } from "./kernel";
import type { LibraryChoice } from "./library";
import { linkTo } from "./link";
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
  /** Shows another run of the same text, which grew or was changed, at a position; whether it could. */
  grow?(next: Run, position: number): boolean;
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
    for (const view of viewsOf(parts)) view.select?.(object);
  };
  const controls: Controls = controlsOf(walk, {
    playing,
    predict,
    get lines() {
      return run.source.length;
    },
    selected: () => selected,
    markStops: (stops) => parts.code.mark(stops),
    toggleHelp: () => parts.help.toggle(),
    toggleMore: () => parts.transport.showMore(!(parts.options.element.hidden = !parts.options.element.hidden)),
    toggleTable: () => parts.options.table.click(),
    frame: () => {
      if (parts.strip.element.hidden) parts.options.strip.click();
      parts.strip.choose();
    },
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
    for (const view of viewsOf(parts)) view.show(walk.position, walk.tick);
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
  const grow = (next: Run, position: number): boolean => {
    // Without a picture the parts are others.
    if (next.error || [run, next].some(({ svg, empty }) => !svg || empty !== null)) return false;
    const name = run.objects[selected ?? -1] ?? "";
    const other = next.steps.findIndex(({ text }, index) => text !== run.steps[index]?.text);
    predict.forget(other < 0 ? Infinity : other);
    playing.stop();
    const moves = next.svg !== run.svg || walk.position !== walk.last;
    const before = moves ? places(root) : null; // else nothing has to be measured
    const focused = root.querySelector(":focus");
    Object.assign(run, next);
    for (const view of viewsOf(parts)) view.grow?.();
    parts.finder.grow?.();
    const { style } = parts.middle;
    if (style.getPropertyValue("--lines") !== linesOf(run)) style.setProperty("--lines", linesOf(run));
    const again = run.objects.indexOf(name);
    select(again < 0 ? null : again);
    walk.goAnew(position);
    if (focused && !root.contains(focused)) root.focus({ preventScroll: true });
    if (before) glide(root, before);
    return true;
  };
  return { go: follow, grow, close };
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

/** How many lines of C have room at once; another number styles all that is in the middle anew. */
function linesOf(run: Run): string {
  return String(Math.min(run.source.length, 16));
}

/** Makes the parts and lays them out in the root. */
function assemble(run: Run, making: Making) {
  const { root, walk, controls, around, predict, toggle } = making;
  const { choice, closing, kernel, trouble } = around;
  const help = helpView(choice.element.hidden ? run.library : "");
  const code = codeView(run, controls.stop);
  const picture = pictureView(run, (objects) => {
    const [only] = objects;
    if (objects.length > 1) parts.finder.among(objects, `This box stands for ${objects.length.toLocaleString("en")} objects`);
    else toggle(only ?? null);
  });
  const arrows = arrowTable();
  const ledger = ledgerView(run, toggle);
  const timeline = timelineView(run, controls.go);
  const offer = around.forks ? repairOffer(kernel, closing, trouble.say) : undefined;
  const made = {
    timeline,
    transport: transportView(run, controls, timeline.element, choice.element),
    stack: stackView(run),
    narration: narrationView(run, predict.element, predict.verdictOf),
    about: inspector(run, { go: controls.go, change: controls.change, close: () => toggle(null) }),
    strip: stripView(run, picture, controls.go),
    findings: findingsView(run, controls.go, offer),
    finder: finderView(run, toggle),
  };
  const save = saveControl({
    run,
    kernel: around.forks ? kernel : undefined,
    closing,
    position: () => walk.position,
    still: () => picture.still(walk.position),
    film: () => parts.strip.drawn(),
    link: () => linkTo(run, walk.position),
  });
  const options = optionsView(controls, settingsOf(making, () => parts), save, around.forks);
  const fork = forkView(run, kernel, closing, trouble.say);
  const invite = inviteView(run, controls.forward, controls.togglePlay);
  picture.element.append(invite.element, arrows.element, ...(around.forks ? wholeOffer(run, kernel, closing, trouble.say) : []));
  const left = h("div", { class: "left" }, code.element, made.stack.element);
  const middle = h("div", { class: "middle", style: `--lines:${linesOf(run)}` }, left, picture.element);
  root.replaceChildren(
    ...[made.transport, options].map(({ element }) => element),
    trouble.element,
    fork.element,
    ...[made.narration.element, middle, made.finder.element, ledger.element],
    ...[made.about, made.strip, made.findings, help].map(({ element }) => element),
  );
  const parts = { ...made, options, fork, code, picture, ledger, help, arrows, middle, invite };
  return parts;
}

/** The parts that show a position: the code first and the ledger last, which measure, so that the page is laid out once. */
function viewsOf({ code, stack, picture, narration, ledger, about, findings, timeline, transport, strip, invite }: Parts): View[] {
  return [code, stack, picture, narration, about, findings, timeline, transport, strip, invite, ledger];
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
    isLarge: root.classList.contains("large"),
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
