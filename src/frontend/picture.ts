/** The ownership graph: one drawing for the whole run; a step changes classes and texts. */

import { h, scroller } from "./dom";
import type { Run } from "./payload";
import { Replay } from "./replay";
import { ABSENT, type Look, label, lookChanges, undefinedFrom } from "./story";
import { adopt } from "./svg";
import type { View } from "./view";

const VEIL = "From here on anything may happen; the model shows what the program believes.";
const SMALLEST = 0.55; // of the natural size: below it a big picture scrolls instead of shrinking
const LARGEST = 1.35;

interface Item {
  readonly group: Element;
  readonly text: Element | null;
  readonly base: string;
}

export function pictureView(run: Run): View {
  const frame = scroller("div", "", { role: "img", class: "picture" });
  const element = h("div", { class: "stage" }, frame);
  if (run.empty !== null || !run.svg) {
    frame.append(h("p", { class: "nothing" }, run.empty ?? "There is nothing to draw."));
    frame.setAttribute("aria-label", frame.textContent ?? "");
    return { element, show: () => undefined };
  }
  const svg = adopt(run.svg);
  size(svg);
  frame.append(svg);
  const paint = painter(run, svg);
  const from = undefinedFrom(run);
  // The line keeps its place from the start, so that nothing moves when it appears.
  if (from < Infinity) element.append(h("p", { class: "veil-line" }, VEIL));
  const show = (position: number): void => {
    paint(position);
    element.classList.toggle("veiled", position >= from);
    frame.setAttribute("aria-label", `Ownership picture, ${label(run, position)}. The ledger below says the same in words.`);
  };
  return { element, show };
}

function painter(run: Run, svg: SVGSVGElement): (position: number) => void {
  const items = index(run, svg);
  const replay = new Replay<Look>(items.length, ABSENT, lookChanges(run));
  let hot: number[] = items.map((_, item) => item); // so that the first call paints every item
  return (position) => {
    const touched = replay.seek(position);
    for (const item of hot) touched.add(item);
    hot = run.moments[position]?.h ?? [];
    for (const item of hot) touched.add(item);
    for (const item of touched) paint(items[item], replay.now[item] ?? ABSENT, hot.includes(item));
  };
}

function index(run: Run, svg: SVGSVGElement): (Item | undefined)[] {
  const prefix = svg.getAttribute("data-ids") ?? "";
  const groups = new Map([...svg.querySelectorAll("g[id]")].map((group) => [group.id, group]));
  return run.items.map((id) => {
    const group = groups.get(prefix + id);
    if (!group) return undefined;
    const text = group.querySelector(".count, .times");
    return { group, text, base: group.getAttribute("class") ?? "" };
  });
}

function paint(item: Item | undefined, look: Look, isHot: boolean): void {
  if (!item) return;
  const states = look.words.split(" ").map((word) => `s-${word}`);
  item.group.setAttribute("class", [item.base, ...states, ...(isHot ? ["hot"] : [])].join(" ").trim());
  if (item.text && item.text.textContent !== look.text) item.text.textContent = look.text;
}

/** As big as there is room for, within limits of its natural size. */
function size(svg: SVGSVGElement): void {
  const { width, height } = svg.viewBox.baseVal;
  for (const name of ["width", "height"]) svg.removeAttribute(name);
  if (!width || !height) return;
  svg.style.minWidth = `${width * SMALLEST}px`;
  svg.style.minHeight = `${height * SMALLEST}px`;
  svg.style.maxWidth = `${width * LARGEST}px`;
}
