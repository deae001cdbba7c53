/** The ownership graph: one drawing for the whole run; a step changes classes and texts. */

import { boxOf, objectsOf } from "./boxes";
import { h, scroller } from "./dom";
import type { Run } from "./payload";
import { Replay } from "./replay";
import { sightOf } from "./sight";
import { ABSENT, type Look, label, lookChanges, undefinedFrom } from "./story";
import { adopt, plainClass, renew } from "./svg";
import type { View } from "./view";

const VEIL = "From here on anything may happen; the model shows what the program believes.";
const SMALLEST = 0.55; // of the natural size: below it a big picture scrolls instead of shrinking
const LARGEST = 1.35;
const STILL_ABOVE = 150;

export interface Picture extends View {
  select(object: number | null): void;
  /** Marks the objects that another run says something else about. */
  differ(objects: ReadonlySet<number>): void;
  /** The arrows there are now, in words. */
  arrows(): Arrow[];
  /** One moment as a drawing of its own, or null when there is nothing to draw. */
  still(position: number): SVGSVGElement | null;
}

/** `state` is counted, borrowed or dangling; `times` is empty or such as "×2". */
export interface Arrow {
  readonly name: string;
  readonly state: string;
  readonly times: string;
}

interface Item {
  readonly group: Element;
  readonly text: Element | null;
  readonly base: string;
}

/** `choose` hears the objects of a box that is clicked on: several for the box of a group. */
export function pictureView(run: Run, choose: (objects: number[]) => void): Picture {
  const frame = scroller("div", "", { role: "img", class: "picture" });
  const element = h("div", { class: "stage" }, frame);
  if (run.empty !== null || !run.svg) {
    frame.append(h("p", { class: "nothing" }, run.empty ?? "There is nothing to draw."));
    frame.setAttribute("aria-label", frame.textContent ?? "");
    return { element, show: () => undefined, select: () => undefined, differ: () => undefined, arrows: () => [], still: () => null };
  }
  const svg = adopt(run.svg);
  size(svg);
  frame.append(svg);
  const sight = sightOf(frame, svg);
  let drawn = run.svg;
  let items: (Item | undefined)[] = [];
  let painted: Painter;
  let focus: ReturnType<typeof focusing>;
  const veil = h("p", { class: "veil-line" }, VEIL);
  let from = Infinity;
  const grow = (): void => {
    if (run.svg !== drawn) {
      renew(svg, run.svg);
      size(svg);
    }
    drawn = run.svg;
    items = index(run, svg);
    sight.take(items.flatMap((item) => item?.group ?? []));
    painted = painter(run, items);
    focus = focusing(run, items, painted.now);
    // Many things that move at once are noise, and slow.
    element.classList.toggle("still", items.length > STILL_ABOVE);
    from = undefinedFrom(run);
    // The line keeps its place from the start, so that nothing moves when it appears.
    if (from < Infinity) frame.after(veil);
    else veil.remove();
  };
  grow();
  svg.addEventListener("click", (event) => {
    const id = (event.target as Element).closest("g.node")?.id ?? "";
    const objects = objectsOf(run, id.slice((svg.getAttribute("data-ids") ?? "").length));
    if (objects.length) choose(objects);
  });
  let [now, isScrolling] = [0, false];
  const sized = new ResizeObserver(() => {
    isScrolling = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
    if (isScrolling) follow();
  });
  for (const part of [frame, svg]) sized.observe(part); // it dies with them
  const show = (position: number, tick = 0): void => {
    painted.seek(position);
    now = position;
    if (isScrolling) requestAnimationFrame(follow);
    focus.event(tick ? (run.steps[position]?.events?.[tick - 1]?.[1] ?? -1) : -1);
    element.classList.toggle("veiled", position >= from);
    frame.setAttribute("aria-label", `Ownership picture, ${label(run, position)}. The ledger below says the same in words.`);
  };
  /** Of a drawing that is larger than its place, what the step touched comes into view. */
  const follow = (): void => {
    const touched = (run.moments[now]?.h ?? []).flatMap((item) => items[item]?.group.querySelector(".box") ?? []);
    // Of many the rightmost: sessions stand there, and they are what it is about.
    const [most] = touched.sort((a, b) => Number(b.getAttribute("x")) - Number(a.getAttribute("x")));
    if (most) bringIntoView(frame, svg, most);
  };
  const arrows = (): Arrow[] =>
    items.flatMap((item, at) => {
      const look = painted.now[at] ?? ABSENT;
      if (!item?.base.includes("edge") || look.words === "absent") return [];
      return [{ name: item.group.querySelector("title")?.textContent ?? "", state: look.words, times: look.text }];
    });
  const differ = (objects: ReadonlySet<number>): void => {
    const names = new Set([...objects].map((object) => boxOf(run, object)));
    items.forEach((item, at) => item?.group.classList.toggle("differs", names.has(run.items[at] ?? "")));
  };
  const select = (object: number | null): void => focus.select(object);
  return { element, show, grow, select, differ, arrows, still: (position) => stillOf(run, position) };
}

/** A drawing of one moment beside the others: a frame of a film strip, or a file. */
function stillOf(run: Run, position: number): SVGSVGElement {
  const svg = adopt(run.svg);
  painter(run, index(run, svg)).seek(position);
  return svg;
}

interface Painter {
  readonly now: readonly Look[];
  seek(position: number): void;
}

function painter(run: Run, items: (Item | undefined)[]): Painter {
  const replay = new Replay<Look>(items.length, ABSENT, lookChanges(run));
  let hot: number[] = items.map((_, item) => item); // so that the first call paints every item
  const seek = (position: number): void => {
    const touched = replay.seek(position);
    for (const item of hot) touched.add(item);
    hot = run.moments[position]?.h ?? [];
    for (const item of hot) touched.add(item);
    for (const item of touched) paint(items[item], replay.now[item] ?? ABSENT, hot.includes(item));
  };
  return { now: replay.now, seek };
}

/** Dims what has nothing to do with the selected object, and marks what an event is about. */
function focusing(run: Run, items: (Item | undefined)[], now: readonly Look[]): { select(object: number | null): void; event(object: number): void } {
  const at = new Map(run.items.map((id, item) => [id, item]));
  let marked: Element | undefined;
  const near = (chosen: string): Set<string> => {
    const found = new Set([chosen]);
    run.items.forEach((id, item) => {
      const ends = /^e_(.+)__(.+)$/.exec(id)?.slice(1).map((end) => `n_${end}`);
      if (!ends || now[item]?.words === "absent") return;
      const homes = ends.map((end) => end.replace(/^n_row(\d+)_.+$/, "n_ctx$1"));
      if (![...ends, ...homes].includes(chosen)) return;
      for (const name of [id, ...ends, ...homes]) found.add(name);
    });
    return found;
  };
  const select = (object: number | null): void => {
    const name = object === null ? null : boxOf(run, object);
    const kept = name === null ? null : near(name);
    items.forEach((item, index) => item?.group.classList.toggle("dim", kept !== null && !kept.has(run.items[index] ?? "")));
    if (name !== null) items[at.get(name) ?? -1]?.group.classList.add("chosen");
  };
  const event = (object: number): void => {
    marked?.classList.remove("event");
    marked = items[at.get(boxOf(run, object)) ?? -1]?.group;
    marked?.classList.add("event");
  };
  return { select, event };
}

function index(run: Run, svg: SVGSVGElement): (Item | undefined)[] {
  const prefix = svg.getAttribute("data-ids") ?? "";
  const groups = new Map([...svg.querySelectorAll("g[id]")].map((group) => [group.id, group]));
  return run.items.map((id) => {
    const group = groups.get(prefix + id);
    if (!group) return undefined;
    const text = group.querySelector(".count, .times");
    return { group, text, base: plainClass(group) };
  });
}

function paint(item: Item | undefined, look: Look, isHot: boolean): void {
  if (!item) return;
  const states = look.words.split(" ").map((word) => `s-${word}`);
  const words = [item.base, ...states, ...(isHot ? ["hot"] : [])].join(" ").trim();
  if (item.group.getAttribute("class") !== words) item.group.setAttribute("class", words);
  if (item.text && item.text.textContent !== look.text) item.text.textContent = look.text;
}

/** Scrolls a drawing to one of its boxes, whose numbers say where it is though it may not be laid out. */
function bringIntoView(frame: HTMLElement, svg: SVGSVGElement, box: Element): void {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const numbers = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
  const [left = 0, top = 0, wide = 0, high = 0] = numbers;
  const across = { from: (left - x) / width, to: (left + wide - x) / width };
  const down = { from: (top - y) / height, to: (top + high - y) / height };
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = frame;
  const placed = (range: typeof across, now: number, whole: number, seen: number): number => {
    const isSeen = range.from * whole >= now && range.to * whole <= now + seen;
    return isSeen ? now : ((range.from + range.to) * whole - seen) / 2;
  };
  frame.scrollTo(placed(across, scrollLeft, scrollWidth, clientWidth), placed(down, scrollTop, scrollHeight, clientHeight));
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
