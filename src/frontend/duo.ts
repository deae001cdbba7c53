/** Two runs side by side, moved together: buggy and fixed, or a run and its fork. */

import { controlsOf } from "./controls";
import { button, h } from "./dom";
import { helpView } from "./help";
import { icon } from "./icons";
import { keyHandler } from "./keys";
import { askChoice, finerButtons, largeType, paceChoice, whyChoice } from "./options";
import { disagreements, merged, momentOf, predictorOfBoth } from "./pairs";
import type { Beside, Run } from "./payload";
import { playback } from "./playback";
import type { Score } from "./question";
import { type Side, sideView } from "./side";
import { keepFocus, type Stage, type Surroundings } from "./stage";
import { share, timelineView } from "./timeline";
import { type Controls, transportView } from "./transport";
import { Walk } from "./walk";

const KEYS =
  "Keys: ← → step · Shift+← → event · Home End ends · Space play · F finding · D first difference · N next change of the selected · P predict · 1–5 answer · M more · ? how to read the picture · Esc leaves";

/** `alone` shows the left run by itself again. */
export function openDuo(root: HTMLElement, run: Run, beside: Beside, start: number, around: Surroundings, alone: () => void): Stage {
  const both = merged(run, beside);
  let selected: string | null = null;
  const score: Score = { right: 0, asked: 0 };
  const select = (name: string): void => {
    selected = selected === name || !name ? null : name;
    for (const side of sides) side.select(selected);
  };
  const sideOf = (at: 0 | 1): Side => {
    const moves = { go: (to: number) => controls.go(momentOf(beside, at, to)), reveal: () => controls.forward(), change: (way: 1 | -1) => controls.change(way), select };
    return sideView(at ? beside.right : run, beside.names[at], beside.lines[at], moves, score);
  };
  const sides = [sideOf(0), sideOf(1)] as const;
  const predict = predictorOfBoth(run, beside, [sides[0].predict, sides[1].predict]);
  const walk = new Walk(both, () => shown(), predict.mayPass);
  const playing = playback(() => walk.playOn(), (isPlaying) => transport.showPlaying(isPlaying));
  const nothing = (): void => undefined;
  const controls: Controls = controlsOf(walk, {
    playing,
    predict,
    lines: 0,
    selected: () => (selected === null ? null : both.objects.indexOf(selected)),
    markStops: nothing,
    toggleHelp: () => help.toggle(),
    toggleMore: () => transport.showMore(!(options.hidden = !options.hidden)),
    toggleTable: nothing,
    frame: nothing,
    choosePredict: (how) => {
      asks.list.value = how;
      asks.list.dispatchEvent(new Event("change"));
    },
    toggleFork: nothing,
    difference: () => void (beside.first !== null && walk.go(beside.first)),
  });
  const asks = askChoice((how) => {
    predict.drop();
    predict.asking = how;
    root.classList.toggle("predicting", how !== "off");
  });
  const help = helpView("", KEYS);
  const timeline = timelineView(both, controls.go);
  const transport = transportView(both, controls, timeline.element, around.choice.element);
  const why = whyChoice((level) => sides.forEach((side) => side.explain(level)));
  const large = largeType(root.classList.contains("large"), (isLarge) => root.classList.toggle("large", isLarge));
  const more = [...finerButtons(controls), asks.element, why, paceChoice((speed) => (playing.speed = speed)), large];
  const options = h("div", { class: "options", role: "group", "aria-label": "More controls" }, ...more);
  options.hidden = true;
  timeline.element.append(...differenceMark(beside, controls));
  root.replaceChildren(
    transport.element,
    options,
    around.trouble.element,
    head(beside, controls, alone),
    h("div", { class: "duo" }, ...sides.map(({ element }) => element)),
    help.element,
  );
  const shown = (): void => {
    const at = walk.position;
    sides.forEach((side, index) => show(side, beside, index ? 1 : 0, at, walk.tick));
    const differing = disagreements(sides[0].rows(), sides[1].rows());
    for (const side of sides) side.differ(differing);
    for (const view of [timeline, transport]) view.show(at);
    root.dataset.step = String(at);
    root.dataset.tick = String(walk.tick);
    around.moved(at);
  };
  const listening = new AbortController();
  root.addEventListener("keydown", keyHandler(root, controls), { signal: listening.signal });
  root.addEventListener("click", keepFocus, { signal: listening.signal });
  walk.go(start);
  const close = (): void => {
    playing.stop();
    listening.abort();
  };
  return { go: (to) => void (to !== walk.position && walk.go(to)), close };
}

/** The step that is shown is the last one made, or in slow motion the one that comes next. */
function show(side: Side, { beats }: Beside, which: 0 | 1, at: number, tick: number): void {
  const position = beats[at]?.[which] ?? 0;
  const other = beats[tick ? at + 1 : at - 1]?.[which];
  side.show(position, other === position ? 0 : tick, other === position);
}

/** What the two first disagree about, and the way there. */
function head({ first, differs, edit }: Beside, controls: Controls, alone: () => void): HTMLElement {
  const words = first === null ? "The two never disagree about an object." : `First difference: ${differs}`;
  const way = first === null ? [] : [button("First difference (D)", `go to step ${first}`, controls.difference, "jump")];
  const back = edit ? [button("Show the run alone again", "Close the fork", alone)] : [];
  return h("div", { class: "head differs" }, h("div", { class: "spoils" }, icon("differs"), h("span", {}, words), ...way), ...back);
}

/** Where the two first disagree, on the timeline; for the mouse, the keyboard has the button. */
function differenceMark({ first, beats }: Beside, controls: Controls): HTMLElement[] {
  if (first === null) return [];
  const style = `left:${share(first, beats.length - 1)}`;
  const mark = h("span", { class: "mark differs", title: `first difference: step ${first}`, style }, icon("differs"));
  mark.addEventListener("click", controls.difference);
  return [h("div", { class: "marks", "aria-hidden": "true" }, mark)];
}
