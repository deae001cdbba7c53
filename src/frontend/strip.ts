/** The film strip: the steps that change something, or those that are chosen, as small pictures of the one layout. */

import { button, drawing, h, scroller } from "./dom";
import type { Run } from "./payload";
import type { Picture } from "./picture";
import type { View } from "./view";

const MOST = 24; // frames at once: each is a drawing of its own
const MOST_SAVED = 60; // as Python's strip
const [WIDE, GAP, COLUMNS, LINE] = [460, 14, 3, 20]; // of the saved strip
const LETTERS = 54; // of a caption's line there

export interface Strip extends View {
  /** The positions that are chosen; null for all that change something. */
  chosen: readonly number[] | null;
  open(isOpen: boolean): void;
  /** Takes the position shown in, or out when it is in. */
  choose(): void;
  /** The strip as one drawing, or null when there is nothing to draw. */
  drawn(): SVGSVGElement | null;
}

/** The positions after which something looks different. */
function changing(run: Run): number[] {
  return run.moments.flatMap(({ c, h: hot }, position) => (c.some(([item]) => hot.includes(item)) ? [position] : []));
}

export function stripView(run: Run, picture: Picture, go: (position: number) => void): Strip {
  const element = scroller("div", "Film strip", { role: "group", class: "strip" });
  const told = h("span", { class: "quiet", role: "status" });
  const add = button("Takes the step into the film strip, or out of it (K)", "", () => self.choose());
  const all = button("Shows every step that changes something", "All changing steps", () => take(null));
  const frames = h("ol");
  const more = h("p", { class: "quiet" });
  const made = new Map<number, HTMLElement>();
  let [now, isDrawn] = [0, false];
  element.append(h("div", { class: "head" }, add, all, told), frames, more);
  element.hidden = true;

  const positions = (): readonly number[] => (self.chosen ?? changing(run)).filter((position) => position <= run.steps.length);
  const take = (chosen: readonly number[] | null): void => {
    self.chosen = chosen?.length ? [...chosen].sort((a, b) => a - b) : null;
    const had = element.querySelector(":focus");
    draw();
    if (had && !element.querySelector(":focus")) element.focus({ preventScroll: true });
  };
  const frame = (position: number): HTMLElement => {
    const jump = button("go there", h("span", {}, caption(run, position)), () => go(position), "frame");
    jump.removeAttribute("aria-label"); // its words are its name
    const svg = picture.still(position);
    if (svg) jump.prepend(svg);
    const out = button(`Take step ${position} out of the film strip`, "×", () => take(positions().filter((one) => one !== position)), "out");
    out.setAttribute("aria-label", out.title);
    made.set(position, jump);
    return h("li", {}, jump, out);
  };
  const draw = (): void => {
    isDrawn = true;
    made.clear();
    const wanted = positions();
    frames.replaceChildren(...wanted.slice(0, MOST).map(frame));
    const left = wanted.length - MOST;
    more.textContent = left > 0 ? `+${left} more ${self.chosen ? "chosen" : "changing"} steps` : wanted.length ? "" : "No step changes anything.";
    all.hidden = self.chosen === null;
    told.textContent = self.chosen ? `${wanted.length} chosen` : "Every step that changes something.";
    show(now);
  };
  const show = (position: number): void => {
    made.get(now)?.removeAttribute("aria-current");
    made.get(position)?.setAttribute("aria-current", "step");
    now = position;
    add.textContent = self.chosen === null ? `Only step ${now}` : self.chosen.includes(now) ? `Take step ${now} out` : `Add step ${now}`;
  };
  const open = (isOpen: boolean): void => {
    element.hidden = !isOpen;
    if (isOpen && !isDrawn) draw();
  };
  const grow = (): void => {
    isDrawn = false;
    if (!element.hidden) draw();
  };
  const choose = (): void => {
    const chosen = self.chosen ?? [];
    take(chosen.includes(now) ? chosen.filter((one) => one !== now) : [...chosen, now]);
  };
  const self: Strip = { element, chosen: null, show, grow, open, choose, drawn: () => film(run, picture, positions()) };
  return self;
}

function caption(run: Run, position: number): string {
  return position ? `${position}. ${run.steps[position - 1]?.text ?? ""}` : "before step 1";
}

/** The frames row by row in one drawing, their words above them. */
function film(run: Run, picture: Picture, positions: readonly number[]): SVGSVGElement | null {
  const svg = drawing("svg", { class: "sslrefs-picture", role: "img", "aria-label": `Film strip of ${positions.length} steps` }) as SVGSVGElement;
  let [top, bottom] = [GAP, GAP];
  positions.slice(0, MOST_SAVED).forEach((position, at) => {
    const still = picture.still(position);
    if (!still) return;
    if (at % COLUMNS === 0) top = bottom;
    const x = GAP + (at % COLUMNS) * (WIDE + GAP);
    const lines = caption(run, position).match(new RegExp(`.{1,${LETTERS}}(?:\\s|$)|\\S{${LETTERS}}`, "g")) ?? [];
    lines.forEach((line, index) => svg.append(words(x, top + LINE * (index + 1) - 5, line)));
    const { width, height } = still.viewBox.baseVal;
    const high = (height * WIDE) / width;
    for (const [name, value] of Object.entries({ x, y: top + LINE * lines.length, width: WIDE, height: high })) still.setAttribute(name, value.toFixed(1));
    svg.append(still);
    bottom = Math.max(bottom, top + LINE * lines.length + high + GAP);
  });
  if (!svg.childElementCount) return null;
  const left = positions.length - MOST_SAVED;
  if (left > 0) svg.append(words(GAP, (bottom += LINE) - 5, `+${left} more steps`));
  svg.setAttribute("viewBox", `0 0 ${GAP + Math.min(COLUMNS, positions.length) * (WIDE + GAP)} ${bottom.toFixed(1)}`);
  return svg;
}

function words(x: number, y: number, text: string): SVGElement {
  return drawing("text", { class: "caption", x: String(x), y: y.toFixed(1) }, document.createTextNode(text));
}
