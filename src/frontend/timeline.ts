/** The slider with the run's marks: where counts change, what is wrong, what is undefined. */

import { drawing, h, QUIET } from "./dom";
import { icon } from "./icons";
import type { Run } from "./payload";
import { label, type Sign, stepAt, undefinedFrom } from "./story";
import type { View } from "./view";

const SHARP = 200; // signs side by side that can be told apart

export function timelineView(run: Run, go: (position: number) => void): View {
  const slider = h("input", { type: "range", min: "0", value: "0", "aria-label": "Step", ...QUIET });
  slider.addEventListener("input", () => go(Number(slider.value)));
  const track = h("div", { class: "track" });
  const marks = h("div", { class: "marks", "aria-hidden": "true" });
  const element = h("div", { class: "timeline" }, track, slider, marks);
  const grow = (): void => {
    const count = run.steps.length;
    slider.max = String(count);
    const from = undefinedFrom(run);
    const shade = from <= count ? [h("span", { class: "undefined", style: `left:${share(from - 1, count)}` })] : [];
    track.replaceChildren(...shade, ticks(run));
    marks.replaceChildren(...findingMarks(run, go));
  };
  grow();
  const show = (position: number): void => {
    slider.value = String(position);
    const code = stepAt(run, position)?.text ?? "";
    slider.setAttribute("aria-valuetext", code ? `${label(run, position)}: ${code}` : label(run, position));
  };
  return { element, show, grow };
}

export function share(position: number, count: number): string {
  return `${((100 * position) / Math.max(1, count)).toFixed(3)}%`;
}

/** One path for all ticks, however many steps there are. */
function ticks(run: Run): SVGElement {
  const path = (mark: string, top: number): SVGElement => {
    const moves = run.steps.map((step, index) => (step.marks.includes(mark) ? `M${index + 1} ${top}V10` : ""));
    return drawing("path", { d: moves.join(""), class: `tick-${mark}`, "vector-effect": "non-scaling-stroke" });
  };
  const box = { class: "ticks", viewBox: `0 0 ${Math.max(1, run.steps.length)} 10`, preserveAspectRatio: "none", "aria-hidden": "true" };
  return drawing("svg", box, path("c", 5), path("d", 0));
}

/** ▲ where it goes wrong, ✖ where it shows. For the mouse; the keyboard has the list of findings. */
function findingMarks(run: Run, go: (position: number) => void): HTMLElement[] {
  const marks: HTMLElement[] = [];
  const made = new Set<string>();
  const add = (sign: Sign, index: number | null): void => {
    if (index === null) return;
    // Signs that would lie upon each other are one.
    const key = `${sign}${Math.round((SHARP * index) / run.steps.length)}`;
    if (made.has(key)) return;
    made.add(key);
    const title = `${sign} here: step ${index + 1}`;
    const mark = h("span", { class: `mark ${sign}`, title, style: `left:${share(index + 1, run.steps.length)}` }, icon(sign));
    mark.addEventListener("click", () => go(index + 1));
    marks.push(mark);
  };
  for (const finding of run.findings) {
    add("wrong", finding.wrong_step);
    if (finding.shows_step !== finding.wrong_step) add("shows", finding.shows_step);
  }
  return marks;
}
