/** The controls: one line with buttons, the timeline and the step's number. */

import { button, h } from "./dom";
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
  togglePlay(): void;
  nextFinding(): void;
  toggleHelp(): void;
}

export interface Transport extends View {
  showPlaying(isPlaying: boolean): void;
}

export function transportView(run: Run, controls: Controls, timeline: HTMLElement, library: HTMLElement): Transport {
  const count = run.steps.length;
  const backward = [
    button("First (Home)", icon("first"), controls.first),
    button("Back (Left arrow)", icon("back"), controls.back),
  ];
  const forward = [
    button("Forward (Right arrow)", icon("forward"), controls.forward),
    button("Last (End)", icon("last"), controls.last),
  ];
  const play = button("Play or pause (Space)", "Play", controls.togglePlay, "play");
  const where = h("span", { class: "where" });
  const finding = run.findings.length ? [button("Next finding (F)", "Next finding", controls.nextFinding)] : [];
  const help = button("How to read the picture (?)", "?", controls.toggleHelp);
  const buttons = h("div", { class: "buttons" }, ...backward, ...forward, play);
  const element = h("div", { class: "bar", role: "group", "aria-label": "Steps" }, buttons, timeline, where, ...finding, library, help);

  const show = (position: number): void => {
    where.textContent = label(run, position);
    // Not "disabled": that would drop the focus, and the next key would reach the notebook.
    for (const control of backward) control.setAttribute("aria-disabled", String(position === 0));
    for (const control of forward) control.setAttribute("aria-disabled", String(position === count));
  };
  const showPlaying = (isPlaying: boolean): void => {
    play.textContent = isPlaying ? "Pause" : "Play";
  };
  return { element, show, showPlaying };
}
