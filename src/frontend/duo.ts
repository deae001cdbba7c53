/** Two runs side by side, moved together: buggy and fixed, or a run and its fork. */

import { controlsOf } from "./controls";
import { button, h } from "./dom";
import { helpView } from "./help";
import { icon } from "./icons";
import { keyHandler } from "./keys";
import { check, paceChoice } from "./options";
import { disagreements, merged, momentOf } from "./pairs";
import type { Beside, Run } from "./payload";
import { playback } from "./playback";
import { predictor } from "./question";
import { type Side, sideView } from "./side";
import { keepFocus, type Stage, type Surroundings } from "./stage";
import { share, timelineView } from "./timeline";
import { type Controls, transportView } from "./transport";
import { Walk } from "./walk";

const KEYS = "Keys: ← → step · Home End ends · Space play · F finding · D first difference · M more · ? how to read the picture · Esc leaves";

/** `alone` shows the left run by itself again. */
export function openDuo(root: HTMLElement, run: Run, beside: Beside, start: number, around: Surroundings, alone: () => void): Stage {
  const both = merged(run, beside);
  let selected: string | null = null;
  const walk = new Walk(both, () => shown(), () => true);
  const playing = playback(() => walk.playOn(), (isPlaying) => transport.showPlaying(isPlaying));
  const nothing = (): void => undefined;
  const controls: Controls = controlsOf(walk, {
    playing,
    predict: predictor(both, nothing, nothing), // which is never told to ask
    lines: 0,
    selected: () => null,
    markStops: nothing,
    toggleHelp: () => help.toggle(),
    toggleMore: () => transport.showMore(!(options.hidden = !options.hidden)),
    toggleTable: nothing,
    frame: nothing,
    choosePredict: nothing,
    toggleFork: nothing,
    difference: () => void (beside.first !== null && walk.go(beside.first)),
  });
  const select = (name: string): void => {
    selected = selected === name ? null : name;
    for (const side of sides) side.select(selected);
  };
  const sides = ([run, beside.right] as const).map((one, at) => {
    const side = at ? 1 : 0;
    return sideView(one, beside.names[side], beside.lines[side], { go: (to) => controls.go(momentOf(beside, side, to)), select });
  });
  const help = helpView("", KEYS);
  const timeline = timelineView(both, controls.go);
  const transport = transportView(both, controls, timeline.element, around.choice.element);
  const options = optionsOf(root, controls, (speed) => (playing.speed = speed));
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
    sides.forEach((side, index) => show(side, beside, index ? 1 : 0, at));
    const [left, right] = sides;
    if (left && right) {
      const differing = disagreements(left.rows(), right.rows());
      for (const side of sides) {
        side.select(selected);
        side.differ(differing);
      }
    }
    for (const view of [timeline, transport]) view.show(at);
    root.dataset.step = String(at);
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

function show(side: Side, { beats }: Beside, which: 0 | 1, at: number): void {
  const position = beats[at]?.[which] ?? 0;
  side.show(position, at > 0 && beats[at - 1]?.[which] === position);
}

/** What the two first disagree about, and the way there. */
function head({ first, differs, edit }: Beside, controls: Controls, alone: () => void): HTMLElement {
  const words = first === null ? "The two never disagree about an object." : `First difference: ${differs}`;
  const way = first === null ? [] : [button("First difference (D)", `go to step ${first}`, controls.difference, "jump")];
  const back = edit ? [button("Show the run alone again", "Close the fork", alone)] : [];
  return h("div", { class: "head differs" }, icon("differs"), h("span", {}, words), ...way, ...back);
}

/** Where the two first disagree, on the timeline; for the mouse, the keyboard has the button. */
function differenceMark({ first, beats }: Beside, controls: Controls): HTMLElement[] {
  if (first === null) return [];
  const style = `left:${share(first, beats.length - 1)}`;
  const mark = h("span", { class: "mark differs", title: `first difference: step ${first}`, style }, icon("differs"));
  mark.addEventListener("click", controls.difference);
  return [h("div", { class: "marks", "aria-hidden": "true" }, mark)];
}

function optionsOf(root: HTMLElement, controls: Controls, pace: (speed: number) => void): HTMLElement {
  const large = check("Large type", (isLarge) => root.classList.toggle("large", isLarge));
  const previous = button("Previous finding (Shift+F)", "Previous finding", controls.previousFinding);
  const element = h("div", { class: "options", role: "group", "aria-label": "More controls" }, previous, paceChoice(pace), large.element);
  element.hidden = true;
  return element;
}
