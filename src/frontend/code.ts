/** The C text with the line of the current step. */

import { h, scroller } from "./dom";
import { differsSign, signImage } from "./icons";
import type { Run } from "./payload";
import { type Sign, stepAt } from "./story";
import type { View } from "./view";

const LONG = 300; // lines; of more, the browser leaves out those that are not in view

interface Mark {
  readonly element: Element;
  from: number;
}

export interface CodeView extends View {
  /** Shows which lines have a stop. */
  mark(stops: ReadonlySet<number>): void;
  /** Points at the lines that only this text has. */
  point(own: readonly number[]): void;
}

/** `stop` hears a click on a line number. */
export function codeView(run: Run, stop: (line: number) => void): CodeView {
  const element = scroller("ol", "C program", { class: "code" });
  const lines: HTMLElement[] = [];
  let texts: string[] = [];
  let marks: Mark[] = [];
  let current: HTMLElement[] = [];
  let [isFresh, shown] = [false, 1];
  const toLine = (): void => reveal(element, lines.length, shown);
  new ResizeObserver(toLine).observe(element); // it dies with it

  const grow = (): void => {
    const source = run.source;
    for (const gone of lines.splice(source.length)) gone.remove();
    source.forEach((text, index) => {
      if (lines[index] && texts[index] === text) return;
      const made = line(text, index + 1);
      if (lines[index]) lines[index].replaceWith(made);
      else element.append(made);
      lines[index] = made;
    });
    for (const { element: sign } of marks) sign.remove();
    marks = gutterMarks(run, lines);
    texts = [...source];
    element.classList.toggle("long", source.length > LONG);
    isFresh = true;
  };

  const show = (position: number, tick = 0): void => {
    const step = tick ? run.steps[position] : stepAt(run, position);
    const next = step ? lines.slice(step.line - 1, Math.max(step.line, step.end)) : [];
    // Before anything is written, so that reading sizes costs no layout; new lines are written already.
    shown = step?.line ?? 1;
    if (isFresh) requestAnimationFrame(toLine);
    else toLine();
    isFresh = false;
    for (const old of current) mark(old, null);
    next.forEach((now, index) => mark(now, index === 0 ? "step" : "part"));
    for (const { element: sign, from } of marks) sign.classList.toggle("hidden", position < from);
    current = next;
  };
  element.addEventListener("click", (event) => {
    const number = (event.target as Element).closest(".number");
    if (number) stop(Number(number.textContent));
  });
  const markStops = (stops: ReadonlySet<number>): void => {
    lines.forEach((item, index) => item.classList.toggle("stop", stops.has(index + 1)));
  };
  const point = (own: readonly number[]): void => {
    for (const number of own) lines[number - 1]?.querySelector(".signs")?.prepend(differsSign("only in this text"));
  };
  grow();
  isFresh = false;
  return { element, show, grow, mark: markStops, point };
}

function line(text: string, number: number): HTMLElement {
  // For the mouse; the keyboard has a field for the line.
  const gutter = h("span", { class: "number", "aria-hidden": "true", title: "Set or clear a stop" }, String(number));
  return h("li", {}, gutter, h("span", { class: "signs" }), h("code", {}, text || " "));
}

function mark(element: HTMLElement, how: "step" | "part" | null): void {
  element.classList.toggle("now", how !== null);
  if (how === "step") element.setAttribute("aria-current", "step");
  else element.removeAttribute("aria-current");
}

/** Signs of the findings beside their lines; each appears when its step has run. */
function gutterMarks(run: Run, lines: HTMLElement[]): Mark[] {
  const marks: Mark[] = [];
  const made = new Map<string, Mark>();
  const add = (sign: Sign, index: number | null): void => {
    const step = index === null ? undefined : run.steps[index];
    const place = step && lines[step.line - 1]?.querySelector(".signs");
    if (!place || index === null) return;
    // A line in a loop may go wrong a thousand times: one sign, from the first time on.
    const key = `${sign} ${step.line}`;
    const before = made.get(key);
    if (before) return void (before.from = Math.min(before.from, index + 1));
    const element = signImage(sign);
    place.append(element);
    const mark = { element, from: index + 1 };
    made.set(key, mark);
    marks.push(mark);
  };
  for (const finding of run.findings) {
    add("wrong", finding.wrong_step);
    if (finding.shows_step !== finding.wrong_step) add("shows", finding.shows_step);
  }
  return marks;
}

/** Scrolls the list, never the page. All lines are equally high. */
function reveal(list: HTMLElement, count: number, number: number): void {
  const height = list.scrollHeight / Math.max(1, count);
  const top = (number - 1) * height;
  if (top < list.scrollTop + height || top > list.scrollTop + list.clientHeight - 2 * height) {
    list.scrollTop = Math.round((top - list.clientHeight / 3) / height) * height; // no line is cut at the top
  }
}
