/** The controls: one line with buttons, the timeline and the step's number. */

import { button, h, QUIET } from "./dom";
import { icon } from "./icons";
import type { Run } from "./payload";
import { label } from "./story";
import type { View } from "./view";

/** What a hand or a key can do. Each is also a visible control. */
export interface Controls {
  first(): void;
  back(): void;
  forward(): void;
  last(): void;
  inward(): void;
  outward(): void;
  go(position: number): void;
  togglePlay(): void;
  nextFinding(): void;
  previousFinding(): void;
  change(way: 1 | -1): void;
  toStop(): void;
  stop(line: number): void;
  answer(number: number): void;
  toggleHelp(): void;
  toggleMore(): void;
  toggleTable(): void;
  /** Takes the step shown into the film strip, or out of it. */
  frame(): void;
  togglePredict(): void;
  /** Opens or closes the change of a line. */
  fork(): void;
  /** To where two runs first disagree. */
  difference(): void;
}

export interface Transport extends View {
  showPlaying(isPlaying: boolean): void;
  showMore(isOpen: boolean): void;
}

export function transportView(run: Run, controls: Controls, timeline: HTMLElement, library: HTMLElement): Transport {
  const backward = [
    button("First (Home)", icon("first"), controls.first),
    button("Back (Left arrow)", icon("back"), controls.back),
  ];
  const forward = [
    button("Forward (Right arrow)", icon("forward"), controls.forward),
    button("Last (End)", icon("last"), controls.last),
  ];
  const play = button("Play or pause (Space)", "Play", controls.togglePlay, "play");
  const where = stepField(run, controls.go);
  const finding = button("Next finding (F)", "Next finding", controls.nextFinding);
  const more = button("More controls (M)", "More", controls.toggleMore);
  const help = button("How to read the picture (?)", "?", controls.toggleHelp);
  const buttons = h("div", { class: "buttons" }, ...backward, ...forward, play);
  const parts = [buttons, timeline, where.element, finding, library, more, help];
  const element = h("div", { class: "bar", role: "group", "aria-label": "Steps" }, ...parts);

  const show = (position: number): void => {
    where.show(position);
    // Not "disabled": that would drop the focus, and the next key would reach the notebook.
    for (const control of backward) control.setAttribute("aria-disabled", String(position === 0));
    for (const control of forward) control.setAttribute("aria-disabled", String(position === run.steps.length));
  };
  const showPlaying = (isPlaying: boolean): void => {
    play.textContent = isPlaying ? "Pause" : "Play";
  };
  const showMore = (isOpen: boolean): void => more.setAttribute("aria-expanded", String(isOpen));
  const grow = (): void => {
    where.grow?.();
    finding.hidden = !run.findings.length;
  };
  grow();
  showMore(false);
  return { element, show, grow, showPlaying, showMore };
}

/** "step 6 of 12", whose number can be typed over. */
function stepField(run: Run, go: (position: number) => void): View {
  let now = "";
  const field = numberField("Step number", go, () => now);
  const count = document.createTextNode("");
  const element = h("label", { class: "where" }, "step ", field, count);
  const grow = (): void => {
    count.data = ` of ${run.steps.length}`;
  };
  grow();
  if (!run.steps.length) element.replaceChildren("no steps");
  const show = (position: number): void => {
    field.value = now = String(position);
    element.title = label(run, position);
  };
  return { element, show, grow };
}

/** A field for a whole number; Enter or leaving it takes the number. `settled` is what it shows then. */
export function numberField(name: string, take: (value: number) => void, settled: () => string): HTMLInputElement {
  const field = h("input", { type: "text", inputmode: "numeric", size: "4", "aria-label": name, ...QUIET });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("change", () => {
    if (/^\d+$/.test(field.value.trim())) take(Number(field.value));
    field.value = settled();
  });
  return field;
}
